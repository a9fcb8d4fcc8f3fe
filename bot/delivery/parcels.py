"""A parcel: one message on its way, made of one row or several."""

from dataclasses import dataclass

from whenever import Instant

from bot.delivery.routes import Route
from bot.domain.cohort import Account, Member
from bot.domain.owed import Owed
from bot.reply import Answer


@dataclass(frozen=True, slots=True)
class Question:
    """Something that nobody asked for would go: are they on holiday (FEATURES F8)?

    The answer comes over the network, so it is asked between two transactions."""

    route: Route
    account: Account
    now: Instant


@dataclass(frozen=True, slots=True)
class Holiday:
    """What a :class:`Question` brought. ``until`` is None when they are not away, or not known."""

    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message, claimed: its rows are ``sending`` and this worker's.

    ``again``: it was tried before and nobody knows whether it was made; ``look``: so it is only
    looked for, because it would be made twice. ``more``: another message for the same recipient
    may go right after it."""

    lead: Owed
    route: Route
    member: Member | None
    answer: Answer
    again: bool = False
    look: bool = False
    more: bool = False

    @property
    def nonce(self) -> str:
        """The same for every attempt at this message."""
        return f"sb{self.lead.id}"
