"""Getting through to somebody again whose direct messages are closed (FEATURES I5)."""

from typing import Annotated

from bot.command import Ask, command, reminder
from bot.context import Context
from bot.domain.cohort import Account, Member
from bot.domain.owed import Urgency
from bot.invocation import call
from bot.reaching import ASK
from bot.reply import Answer, Buttons, Mention, Note, Reply, answer, button, text


@reminder(ASK)
def ask(ctx: Context, account: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Nothing private: only that there is something, and what to do."""
    theirs = ctx.store.get(Account, account)
    member = ctx.store.get(Member, theirs.member_id) if theirs is not None else None
    if theirs is None or member is None or theirs.reachable or member.stopped is not None:
        return None
    who = Mention(theirs.external_id, theirs.name or member.name)
    return answer(
        text(
            "{who}, I have something for you, and direct messages from me do not get through. "
            "Please allow them, then press the button.",
            who=who,
        ),
        Buttons((button("Try again", call("reach me", account=account)),)),
        Note(text("I ask this here once. What the button answers, only you see.")),
    )


@command("reach me", "Try again to write to me.", listed=False)
def me(ctx: Context, account: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """A first line tells whether it works; whoever else presses hears that it is not for them."""
    theirs = ctx.store.get(Account, account)
    if theirs is None or theirs.member_id != ctx.member.id:
        return answer(text("That button is for somebody else. My messages reach you."))
    ctx.owe(
        call("reach hello"),
        ctx.now,
        subject=f"account:{account}",
        occurrence=ctx.now.format_iso(),
        urgency=Urgency.ANSWER,
    )
    return answer(
        text("I am writing to you now. If nothing comes, my messages are still blocked."),
        Note(
            text(
                "In your privacy settings here, direct messages have to be allowed, and I must not "
                "be blocked. Nothing is lost: what waits stays in your list."
            )
        ),
        Buttons((button("My list", call("network due")),)),
    )


@reminder("reach hello")
def hello(ctx: Context) -> Answer:
    """The first message that gets through."""
    return answer(
        text(
            "This got through, {name}. What waited is in your list.",
            name=ctx.member.name,
        ),
        Buttons((button("My list", call("network due")),)),
    )
