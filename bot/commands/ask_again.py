"""Asking somebody for another talk: after thanks, and never with a first note (FEATURES B1, F2)."""

from bot.asking import open_ask, way_out_for
from bot.context import Context
from bot.domain.asking_again import draft_another
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import call
from bot.reply import Answer, Buttons, Copyable, Day, answer, button, text


def another(ctx: Context, whom: Contact, talk: Talk) -> Answer:
    """They have met, so nothing of it reads like a first note; thanks come before it."""
    line = button("Just a line", call("touch write", person=whom.id))
    day = Day(talk.held)
    if talk.thanked is None:
        return answer(
            text(
                "You talked with *{name}* on {day}. Thank them first; then a next talk is easily "
                "asked for.",
                name=whom.name,
                day=day,
            ),
            Buttons((button("Thank them", call("thanks draft", talk=talk.id), style="main"), line)),
        )
    open_ask(ctx, whom)  # keeps their place, as with any draft
    return answer(
        text(
            "You talked with *{name}* on {day}, so this asks for another talk. Make it sound like "
            "you, send it yourself, press Sent.",
            name=whom.name,
            day=day,
        ),
        Copyable(
            draft_another(whom, talk, ctx.member, ctx.cohort.numbers, ctx.today)
            + way_out_for(ctx, whom)
        ),
        Buttons(
            (
                button("Sent", call("ask sent", person=whom.id), style="main"),
                line,
                button("Not now", call("ask leave", person=whom.id), replaces=True),
            )
        ),
    )
