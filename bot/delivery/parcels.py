"""A parcel: one message on its way, made of one row or several."""

from dataclasses import dataclass

from bot.delivery.routes import Route
from bot.domain.cohort import Member
from bot.domain.owed import Owed
from bot.reply import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message, claimed: its rows are ``sending`` and this worker's.

    ``again``: it was tried before and nobody knows whether it was made. ``more``: another message
    for the same recipient may go right after it."""

    lead: Owed
    route: Route
    member: Member | None
    answer: Answer
    again: bool = False
    more: bool = False

    @property
    def nonce(self) -> str:
        """The same for every attempt at this message."""
        return f"sb{self.lead.id}"
