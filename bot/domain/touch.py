"""Staying in touch: how often with whom, and when the next touch is due (FEATURES F1, F2, K3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from whenever import Date

from bot.domain.people import Contact
from bot.domain.wishlist import KNOWN_TALKED

SOON_DAYS = 7
"""A touch that is due within so many days is shown as soon."""
OVERDUE_DAYS = 14
"""Later than this it is overdue; until then it is simply due."""


class Lateness(StrEnum):
    """How a touch stands. In the order in which the due list shows them."""

    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody with whom a touch is coming up."""

    contact: Contact
    due: Date
    lateness: Lateness


def interval(contact: Contact, usual: Mapping[str, int]) -> int | None:
    """Days between touches: their own number, else the kind's; None means never."""
    days = usual.get(contact.kind.value) if contact.touch_days is None else contact.touch_days
    return days or None


def next_touch(contact: Contact, last: Date | None, usual: Mapping[str, int]) -> Date | None:
    """The day of the next touch, counted from the last one, whatever it was.

    Nobody is due who was never talked with, or who asked not to be written to."""
    days = interval(contact, usual)
    if last is None or days is None or contact.do_not_contact or contact.removed is not None:
        return None
    return last.add(days=days) if contact.standing in KNOWN_TALKED else None


def how_late(due: Date, today: Date) -> Lateness | None:
    """Soon, due or overdue; None while it is far off."""
    late = int(today.since(due, total="days"))
    if late > OVERDUE_DAYS:
        return Lateness.OVERDUE
    if late >= 0:
        return Lateness.DUE
    return Lateness.SOON if late >= -SOON_DAYS else None


def due_list(
    contacts: Iterable[Contact], lasts: Mapping[int, Date], usual: Mapping[str, int], today: Date
) -> list[Next]:
    """Who is soon, due or overdue, the latest first."""
    found: list[Next] = []
    for each in contacts:
        due = next_touch(each, lasts.get(each.id), usual)
        late = how_late(due, today) if due is not None else None
        if due is not None and late is not None:
            found.append(Next(each, due, late))
    return sorted(found, key=lambda each: (each.due, each.contact.id))
