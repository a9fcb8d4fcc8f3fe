"""The trash for contacts: a month to change one's mind, then they are gone (FEATURES J3)."""

from whenever import Instant, TimeDelta

from bot.domain.people import Contact
from bot.ports import Before, Store

TRASH_DAYS = 30
"""How long a removed contact can be brought back."""
KEPT = TimeDelta(hours=24 * TRASH_DAYS)


def can_return(contact: Contact, now: Instant) -> bool:
    """Whether a removed contact can still be brought back."""
    return contact.removed is None or now - contact.removed <= KEPT


def to_empty(store: Store, now: Instant) -> list[Contact]:
    """Whose month has passed."""
    return store.find(Contact, removed=Before(now - KEPT))


def empty_trash(store: Store, now: Instant) -> int:
    """Delete whose month has passed, with their asks, talks and the rest; how many."""
    gone = to_empty(store, now)
    for each in gone:
        store.remove(each)
    return len(gone)
