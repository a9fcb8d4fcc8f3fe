"""Wins: in the student's own words, previewed, then posted to the channel; and the goal (G3)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import TimeDelta

from bot.channel import channels
from bot.command import Ask, command, reminder
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.events import Win
from bot.invocation import call
from bot.parameters import NumberKind
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    text,
)
from bot.team import COUNTED, LENGTH, together

ONCE = TimeDelta(hours=24)
"""The same words within so long are the same win, pressed twice."""
MOST = 3
"""Posts of one member in that time: everybody reads each."""


def _kept(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del ctx
    return {"words": given.get("before")}


@command(
    "win write",
    "Share a win with your class, in your own words.",
    listed=False,
    title="Share a win",
    submit="Preview",
    note="Your class reads this in the channel, with your name. Leave other people’s names out.",
    prefill=_kept,
)
def write(
    ctx: Context,
    words: Annotated[str, "what went well, in a sentence", Ask.FORM, LENGTH],
    before: Annotated[str | None, "", Ask.HIDDEN, LENGTH] = None,
) -> Reply:
    """Nothing is posted yet: this is what the channel would see."""
    del before
    _need_channel(ctx)
    return answer(
        text("This is what the channel will see:"),
        *_post(ctx, ctx.member, words),
        Note(text("Nothing is posted until you press.")),
        Buttons(
            (
                button("Post it", call("win post", words=words), style="main", replaces=True),
                button("Change it", call("win write", before=words)),
                button("Rather not", call("win drop"), replaces=True),
            )
        ),
    )


def _need_channel(ctx: Context) -> None:
    if not channels(ctx.store):
        raise refuse("Your class has no channel yet; an organiser can choose one.")


def _post(ctx: Context, by: Member, words: str) -> list[Part]:
    said = text("*{name}*: {words}", name=by.name, words=words)
    bar = together(ctx)
    return [Paragraph(said), *([Note(bar)] if bar is not None else [])]


@command("win post", "Post a win to the channel.", listed=False)
def post(ctx: Context, words: Annotated[str, "", Ask.HIDDEN, LENGTH]) -> Reply:
    """Once, however often it is pressed."""
    _need_channel(ctx)
    lately = ctx.store.find(Win, member_id=ctx.member.id, posted=AtLeast(ctx.now - ONCE))
    if any(each.words == words for each in lately):
        return answer(text("That is posted already."))
    if len(lately) >= MOST:
        raise refuse("{most} wins in a day! The next one is worth a day of its own.", most=MOST)
    win = ctx.store.add(
        Win(cohort_id=ctx.cohort.id, member_id=ctx.member.id, words=words, posted=ctx.now)
    )
    ctx.owe_channel(call("win show", win=win.id), subject=f"win:{win.id}", occurrence="once")
    return answer(text("Posted. Well done, {name}.", name=ctx.member.name))


@command("win drop", "Rather not post it.", listed=False, reads=True)
def drop(ctx: Context) -> Reply:
    """It stays the student's own."""
    del ctx
    return answer(text("Not posted. It’s a win all the same."))


@reminder("win show")
def show(ctx: Context, win: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """In the channel: the words, the name, and the way to the shared goal."""
    found = ctx.store.get(Win, win)
    by = ctx.store.get(Member, found.member_id) if found is not None else None
    return answer(*_post(ctx, by, found.words)) if found is not None and by is not None else None


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    return {"talks": ctx.cohort.team_goal or 0}


@command(
    "cohort goal",
    "Set a number of talks that the class hopes to have together.",
    who=Role.ORGANISER,
    listed=False,
    title="The shared goal",
    note="The whole class sees the goal.",
    prefill=_present,
)
def goal(
    ctx: Context,
    talks: Annotated[int, "talks of all together; 0: no shared goal", Ask.FORM,
                     NumberKind(0, 100_000)],
) -> Reply:  # fmt: skip
    """Everybody sees how far the class is, nobody who did what."""
    saved = replace(ctx.cohort, team_goal=talks or None)
    ctx.store.save_cohort(saved)
    bar = together(replace(ctx, cohort=saved))
    said: Text = bar if bar is not None else text("No shared goal now.")
    what = text("It stands below wins and in everybody’s progress: {counted}.", counted=COUNTED)
    return answer(said, Note(what))
