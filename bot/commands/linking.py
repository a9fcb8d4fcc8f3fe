"""One person on two platforms, one class in two workspaces: joined by a code."""

from dataclasses import replace
from typing import Annotated

from bot import linking
from bot.command import Ask, command
from bot.context import Context
from bot.domain.codes import Code, CodeFor
from bot.domain.cohort import Member, Role
from bot.domain.linking import LIVES, read_code, shown
from bot.invocation import call
from bot.ports import NotEmptyError
from bot.refusal import refuse
from bot.reply import Buttons, Copyable, Note, Paragraph, Reply, answer, button, text

MINUTES = round(LIVES.total("minutes"))


@command("settings link", "Use Snowball here and elsewhere as one person.")
def link(
    ctx: Context,
    code: Annotated[str | None, "the code that you were given elsewhere", Ask.OPTION] = None,
) -> Reply:
    """Without a code one is made; with it, this account and the other become one."""
    if code is None:
        return _made(ctx)
    meant = read_code(code)
    found = linking.find_code(ctx, meant) if meant else None
    if found is None and meant and ctx.organises:
        joined = _join(ctx, meant)
        if joined is not None:
            return _workspace_joined(joined)
    if found is None or found.joins is not CodeFor.ACCOUNT:
        raise refuse(
            "That code does not fit, or its {n} minutes are over. Type /settings link where your "
            "contacts are, and use the code it gives you here.",
            n=MINUTES,
        )
    return _joined(ctx, found)


def _made(ctx: Context) -> Reply:
    code = shown(linking.make_code(ctx, CodeFor.ACCOUNT))
    more = [button("Where I write to you", call("settings where"))]
    if ctx.organises:
        more.append(button("Join a whole workspace", call("settings workspace")))
    return answer(
        text(
            "In your other chat app, in this same class, type this within {n} minutes:", n=MINUTES
        ),
        Copyable(f"/settings link {code}"),
        Note(text("You are one person in both then. Give the code to nobody: it opens your list.")),
        Buttons(tuple(more)),
    )


def _joined(ctx: Context, found: Code) -> Reply:
    other = ctx.store.get(Member, found.member_id)
    if other is None or other.id == ctx.member.id:
        raise refuse("That is the code of this very account. Type it in your other chat app.")
    if linking.share_a_workspace(ctx, ctx.member, other):
        raise refuse(
            "That code was made by somebody else in this workspace. Codes join one person’s own "
            "accounts; to introduce two people, try /intro."
        )
    if linking.both_keep_something(ctx, (ctx.member, other)):
        raise refuse(
            "Both accounts keep something already, and I cannot melt them together. Take along "
            "what is on one of them with /mydata export, delete it there with /mydata delete, then "
            "link again. Nothing has changed so far."
        )
    ctx.store.save(replace(found, used=ctx.now))
    together = linking.make_one(ctx, ctx.member, other)
    return _where(replace(ctx, member=together), "Linked: you are one person in both.")


@command("settings where", "Choose where I write to you.", listed=False)
def where(ctx: Context) -> Reply:
    """One button for each place that the member can be written to."""
    if len(linking.accounts_of(ctx)) < 2:
        raise refuse("You use me in one place; that is where I write. /settings link adds another.")
    return _where(ctx, "")


def _where(ctx: Context, said: str) -> Reply:
    places = list(dict.fromkeys(each.surface for each in linking.accounts_of(ctx)))
    now = ctx.member.prefers
    sentence = (
        text("I write to you on {place}.", place=now.title())
        if now in places
        else text("I write to you where you last wrote to me. Or always on one of them:")
    )
    buttons = [
        button(text("Always on {place}", place=each.title()), call("settings prefer", place=each))
        for each in places
        if each != now
    ]
    if now:
        buttons.append(button("Where I last wrote", call("settings prefer", place="last")))
    told = [Paragraph(text("{said}", said=said))] if said else []
    return answer(*told, Paragraph(sentence), Buttons(tuple(buttons)))


@command("settings prefer", "Write to me there.", listed=False)
def prefer(ctx: Context, place: Annotated[str, "", Ask.HIDDEN]) -> Reply:
    """Kept only while the member has an account there."""
    here = {each.surface for each in linking.accounts_of(ctx)}
    member = replace(ctx.member, prefers=place if place in here else "")
    ctx.store.save(member)
    return _where(replace(ctx, member=member), "")


@command(
    "settings workspace", "Join another workspace to this class.", listed=False, who=Role.ORGANISER
)
def workspace(ctx: Context) -> Reply:
    """For a class on two platforms, or in two workspaces."""
    code = shown(linking.make_code(ctx, CodeFor.WORKSPACE))
    return answer(
        text(
            "In the other workspace, somebody who runs it types this within {n} minutes:", n=MINUTES
        ),
        Copyable(f"/settings link {code}"),
        Note(
            text(
                "It joins {cohort} then. It must be new: a workspace in which somebody has begun "
                "to work stays on its own.",
                cohort=ctx.cohort.name or "this class",
            )
        ),
    )


def _join(ctx: Context, code: str) -> str | None:
    actor = ctx.said.actor
    try:
        return ctx.store.join_workspace(code, actor.surface, actor.workspace, ctx.now)
    except NotEmptyError:
        raise refuse(
            "Somebody has begun to work in this workspace already, so it stays a class of its own. "
            "Nothing has changed."
        ) from None


def _workspace_joined(name: str) -> Reply:
    return answer(
        text(
            "Joined: this workspace belongs to {cohort} now. Type /cohort start in the channel "
            "that the class reads here.",
            cohort=name or "the other class",
        )
    )
