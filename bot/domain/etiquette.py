"""Good manners as rules: titles that are too high to begin with, and the hour for a call."""

import re

from whenever import Instant, Time, TimeDelta

from bot.domain.cadence import at_local, local_day
from bot.domain.people import Contact, ContactKind

_EXECUTIVE = re.compile(
    r"\bc[efoimtphsdrl]o\b"
    r"|\bchief (?:[\w&-]+ ){1,4}officers?\b|\bchief executive\b"
    r"|\b(?:senior |executive |first )?vice[- ]president\b|\b[se]?vp\b"
    r"|\bpresident\b|\bchair(?:man|woman|person)?\b(?= of| and|,|$)|\bboard member\b"
    r"|\b(?:managing|executive) director\b|\b(?:managing|senior|general) partner\b"
    r"|\b(?:vice )?chancellor\b|\bprovost\b|\bsecretary[- ]general\b|\bgeneral counsel\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\bassistant\b|\bsecretary to\b|\boffice of\b|\b(?:student|club|class)\b|\bchief of staff to\b"
    r"|\b(?:to|for) the \w+$",
    re.IGNORECASE,
)
KNOWN = frozenset({ContactKind.FAMILY, ContactKind.COWORKER, ContactKind.PROFESSOR})


def is_executive(title: str) -> bool:
    """Whether the title is one of those at the top; those who work for one are not."""
    return bool(_EXECUTIVE.search(title)) and not _NOT.search(title)


def too_senior(contact: Contact) -> bool:
    """Whether to think twice: at the top, and neither known nor introduced (FEATURES B7, K1)."""
    known = contact.kind in KNOWN or contact.referred_by or contact.will_introduce
    return is_executive(contact.title) and not known


GOOD_DAYS = (2, 3, 4)
"""Tuesday to Thursday: nobody is starting the week or leaving it."""
GOOD_HOURS = (Time(10), Time(14))
AHEAD = TimeDelta(hours=1)


def good_hour(now: Instant, zone: str) -> Instant:
    """The next hour at which a call is welcome there: mid-morning or early afternoon."""
    day = local_day(now, zone)
    for ahead in range(8):
        there = day.add(days=ahead)
        if there.day_of_week().value in GOOD_DAYS:
            for hour in GOOD_HOURS:
                moment = at_local(there, hour, zone)
                if moment >= now + AHEAD:
                    return moment
    raise AssertionError("eight days hold a Tuesday")
