"""What organisers hear when nothing can be sent in a workspace, and when it works again (I5)."""

from typing import Annotated

from bot.command import Ask, reminder
from bot.context import Context
from bot.domain.cohort import Workspace
from bot.invocation import call
from bot.reply import Answer, Buttons, Note, answer, button, text
from bot.stopping import (
    MENDED,
    STOPPED,
    cannot_send,
    elsewhere,
    place_of,
    what_to_do,
)

Number = Annotated[int, "", Ask.HIDDEN]


@reminder(STOPPED)
def stopped(ctx: Context, workspace: Number) -> Answer | None:
    """Goes by another way than the one that is closed; nothing once it works again."""
    of = ctx.store.get(Workspace, workspace)
    if of is None or of.stopped is None or not elsewhere(ctx.store, ctx.member, of.id):
        return None
    return answer(
        cannot_send(of, of.stopped),
        Note(what_to_do(of)),
        Buttons((button("Overview", call("cohort overview")),)),
        Note(text("You get this because you organise the cohort; I say so once.")),
    )


@reminder(MENDED)
def mended(ctx: Context, workspace: Number, waited: Number = 0) -> Answer | None:
    """Said once; nothing when it has stopped again meanwhile."""
    of = ctx.store.get(Workspace, workspace)
    if of is None or of.stopped is not None:
        return None
    held = text("1 message waited") if waited == 1 else text("{n} messages waited", n=waited)
    return answer(
        text(
            "I can send again in {place}; {held}. Each person gets one catch-up within half an"
            " hour, without what is over a week old.",
            place=place_of(of),
            held=held,
        ),
        Note(text("You get this because you organise the cohort.")),
    )
