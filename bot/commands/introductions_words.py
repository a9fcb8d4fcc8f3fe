"""Sentences that several steps of an introduction say, so that they say the same."""

from bot.domain.intro_texts import inside
from bot.invocation import call
from bot.reply import Answer, Buttons, answer, button, text

PROMISE = text("If somebody can introduce you, you hear it; nobody has to say why not.")
DONE = text("There is nothing left to do here. Thank you all the same.")


def done() -> Answer:
    """To a press whose time has passed, whatever happened meanwhile."""
    return answer(DONE)


def asked_of_nobody(field: str) -> Answer:
    """Nobody shares anybody there: the whole class can be asked, and the directory."""
    return answer(
        text("Nobody in your class shares somebody in {field} yet.", field=inside(field)),
        Buttons(
            (
                button("Ask the whole class", call("intro who-knows", about=field), style="main"),
                button("Find alumni", call("alum find", field=field)),
            )
        ),
    )
