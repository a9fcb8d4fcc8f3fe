"""The channel that the whole cohort reads: chosen by typing in it (FEATURES, G5)."""

from typing import Annotated

from bot.channel import UNPOSTED, choose_channel
from bot.command import Ask, command, reminder
from bot.context import Context
from bot.domain.cohort import Role, Workspace
from bot.invocation import call
from bot.reply import Answer, Note, Reply, answer, text


@command(
    "cohort channel",
    "Make this channel the one that the whole cohort reads.",
    who=Role.ORGANISER,
    listed=False,
    enters=True,
)
def channel(ctx: Context) -> Reply:
    """The first post shows that it works."""
    chosen = choose_channel(ctx)
    ctx.owe_channel(
        call("cohort hello"),
        subject=f"workspace:{chosen.id}",
        occurrence=chosen.channel,
        only=chosen,
    )
    return answer(
        text("This is the cohort’s channel now. I post here only what somebody chose to share."),
        Note(text("My first line should be here in a moment. If not, I tell you why.")),
    )


@reminder("cohort hello")
def hello(ctx: Context) -> Answer:
    """What the channel sees first."""
    return answer(
        text(
            "Hello, {cohort}. I’m Snowball, and this is where I post what one of you chose to "
            "share. Press a button here and only you see the answer.",
            cohort=ctx.cohort.name,
        ),
        Note(text("Type `/snowball` and I begin with you, in private.")),
    )


@reminder(UNPOSTED)
def unposted(ctx: Context, workspace: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Comes when a post to the channel was refused, to who can mend it."""
    of = ctx.store.get(Workspace, workspace)
    if of is None or not of.channel:
        return None
    return answer(
        text(
            "I could not post in the cohort’s channel{where}. Let me in there, or type "
            "`/snowball cohort channel` in another channel.",
            where=text(" ({name})", name=of.name) if of.name else "",
        ),
        Note(text("You get this because you organise the cohort; at most once a day.")),
    )
