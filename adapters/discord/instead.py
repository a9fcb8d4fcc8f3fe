"""What can no longer be answered where it was asked is told by direct message.

What changed something is told in any case, with tries again; what only looked now and then, for it
need only be pressed again. And the other way round: words that could not be kept there.
"""

import asyncio

import structlog

from adapters.discord.late import Seldom
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.parse import Event
from bot.dispatch import Said
from bot.forms import in_words
from bot.outcomes import Outcome, Refused, Trouble, Unclear
from bot.reply import Answer, answer, text

log = structlog.get_logger(__name__)
AGAIN = (2.0, 10.0, 30.0)
"""Seconds between tries; one nonce, so it comes once."""
LONGEST_WAIT = 40.0
"""Seconds; Discord forgets a nonce after some minutes."""

CLOSED = text(
    "Copy these words now: your direct messages are closed to me. To keep such words there, allow "
    "direct messages in this server’s privacy settings."
)
NOT_THERE = text("Copy these words now: they may not have come to your direct messages.")


def here_instead(words: Answer, outcome: Outcome) -> Answer:
    """Words to keep, where they could not be brought to the direct messages."""
    closed = isinstance(outcome, Refused) and outcome.trouble is Trouble.PERSON
    return answer(CLOSED if closed else NOT_THERE, *words.parts)


class Instead:
    """Direct messages in an answer's place."""

    def __init__(self, messenger: DiscordMessenger) -> None:
        self._messenger = messenger
        self._seldom = Seldom()

    async def tell(self, event: Event, said: Said | None) -> None:
        """``said``: the answer that came too late; None where there was nothing to say."""
        if said is None or (event.looks and not self._seldom.may(event.user)):
            return
        pauses = () if event.looks else AGAIN
        for pause in (*pauses, None):
            told = in_words(said.reply)
            outcome = await self._messenger.to_user(event.user, told, said.cohort, event.id)
            wait = _wait(outcome)
            if wait is None:
                return
            if pause is None:
                log.warning("an answer by direct message was given up")
                return
            await asyncio.sleep(max(pause, wait))


def _wait(outcome: Outcome) -> float | None:
    """Seconds after which the same message is worth another try; None where none is."""
    if isinstance(outcome, Unclear):
        return 0.0
    if isinstance(outcome, Refused) and outcome.trouble is Trouble.SOON:
        return min(outcome.retry_after, LONGEST_WAIT)
    return None
