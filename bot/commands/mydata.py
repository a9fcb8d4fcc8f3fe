"""My data: take it along, or have it deleted (FEATURES J1, J3)."""

from typing import Annotated

from bot.answering_asks import turn_down_all
from bot.command import Ask, command
from bot.commands.trash_list import trash_hint
from bot.context import Context
from bot.domain.owed import Owed, OwedState
from bot.domain.tidy import fold
from bot.files.export import Mine, write_archive
from bot.introducing import leave
from bot.invocation import call
from bot.mine import EXPORTED, INTRODUCTIONS, counts_of_member, rows_of_member
from bot.refusal import refuse
from bot.reply import Attachment, Buttons, Note, Reply, answer, button, text
from bot.together import forget
from bot.volunteering import entry_of, forget_entry

ONE = {"touches": "touch", "entries": "entry in the alumni directory"}
SAID = {"who-knows": "questions to the class"}
"""What the tables' names do not say by themselves."""


@command("mydata export", "Everything of yours in one file.", reads=True)
def export(ctx: Context) -> Reply:
    """Tables, JSON, vCards and a calendar, as they are at this one moment."""
    mine = Mine(
        member=ctx.member,
        tables=rows_of_member(ctx),
        kinds=EXPORTED,
        uid=f"member-{ctx.member.id}.cohort-{ctx.cohort.id}.snowball",
        now=ctx.now,
    )
    return answer(
        text("Everything I keep of you, as of now: tables, contact cards and a calendar."),
        Attachment(f"snowball-{ctx.today}.zip", write_archive(mine), "application/zip"),
        Note(text("It holds your notes. Keep it to yourself.")),
        *trash_hint(ctx),
    )


@command("mydata delete", "Delete everything of yours.", reads=True)
def delete(ctx: Context) -> Reply:
    """What goes and what is left, before anything is asked."""
    counts = [(name, n) for name, n in counts_of_member(ctx).items() if n]
    what = ", ".join(_counted(name, n) for name, n in counts)
    listed = entry_of(ctx.store, ctx.member.id)
    owed = ctx.store.count(Owed, member_id=ctx.member.id, state=OwedState.DUE)
    return answer(
        text(
            "This deletes all I keep of you: {what}your settings and your accounts here{owed}. "
            "It cannot be undone.",
            what=f"{what}, " if what else "",
            owed=text("; planned messages are called off") if owed else "",
        ),
        text(
            "What is left: the messages in this chat, whatever you sent to people yourself, and "
            "backups until they are replaced. The directory of alumni stays as it is{but}.{ends}",
            ends=text(" Introductions under way end; nobody is told why.")
            if dict(counts).get(INTRODUCTIONS)
            else text(""),
            but=text(", but nobody finds you in it") if listed else text(""),
        ),
        Buttons(
            (
                button("Export first", call("mydata export"), style="main"),
                button("Delete everything", call("mydata gone"), style="danger"),
            )
        ),
    )


def _counted(name: str, count: int) -> str:
    words = SAID.get(name, name)
    if count != 1:
        return f"{count} {words}"
    first, _, rest = words.partition(" ")
    return f"1 {ONE.get(name) or ' '.join([first.removesuffix('s'), rest]).strip()}"


@command(
    "mydata gone",
    "Delete everything of mine, for good.",
    listed=False,
    title="Delete everything",
    submit="Delete",
    note="This cannot be undone. Type your name as I know it, to be sure.",
)
def gone(ctx: Context, name: Annotated[str, "your own name", Ask.FORM]) -> Reply:
    """One transaction: the member and all that belongs to them."""
    if fold(name) != fold(ctx.member.name):
        raise refuse(
            "Nothing was deleted: I know you as {name}, and you typed something else.",
            name=ctx.member.name,
        )
    leave(ctx, ctx.member.id)
    forget(ctx.store, ctx.member.id)
    if (entry := entry_of(ctx.store, ctx.member.id)) is not None:
        turn_down_all(ctx.store, entry.id, ctx.now)
    forget_entry(ctx.store, ctx.member.id, ctx.now)
    ctx.store.remove(ctx.member)
    return answer(
        text(
            "Done, {name}: everything I kept of you is deleted, and I write to you no more. If you "
            "ever come back, you begin as new. Good luck.",
            name=ctx.member.name,
        )
    )
