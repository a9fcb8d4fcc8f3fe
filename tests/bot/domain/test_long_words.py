"""Ten thousand characters of anything are read in a moment: no pattern tries them all in turn.

Processor time is held to a tenth of a second or so; a pattern that backtracks takes ten seconds.
"""

import time
from collections.abc import Callable

import pytest
from whenever import Date, Instant

from bot.command import Command, registry
from bot.content.load_fields import load_fields
from bot.domain.cohort import Numbers
from bot.domain.dates import understand_day, understand_moment, understand_time
from bot.domain.meeting_people import acquaintances
from bot.domain.names import match_name, suggest_names
from bot.domain.note_check import check_note
from bot.domain.plain import guess
from bot.domain.promises import split_names, split_promises
from bot.domain.tidy import fold, tidy_line, tidy_text
from bot.domain.zones import parse_zone, suggest_zones
from bot.files.cells import is_email, read_class_year, read_email, read_profile
from bot.typed import take_apart

LONG = 10_000
MOST_SECONDS = 0.4
"""What was measured stays under 0.05; the rest is room for a slow machine."""
NOW = Instant.from_utc(2026, 11, 23, 9)
TODAY = Date(2026, 11, 23)
NAMES = [f"Ann Number{n} Lee" for n in range(200)]
BRICKS = (
    "a", " ", "\t", "\n", "\u00a0", "a ", "9", "9 ", ",", "a,", ", a", ":", "a:", ".", "a@", "(",
    "- ", " - ", '"', "'", "I ", "my ", "by ", "by a ", "and ", "talked to ", "with Dana at ",
    "next ", "in 3 ", "monday ", "3/4/", "12:30 ", "https://a.", "What? ", "my aunt, a cook, ",
    "龘", "Z\u0335", "👩🏽‍🚀", "…", "\n ", "[x](",
)  # fmt: skip


def logging() -> Command:
    """A command of many values."""
    found = registry().get("interview log")
    assert found is not None
    return found


READERS: dict[str, Callable[[str], object]] = {
    "plain words": guess,
    "a note": lambda words: check_note(words, Numbers()),
    "a day": lambda words: understand_day(words, TODAY),
    "a moment": lambda words: understand_moment(words, NOW, "Europe/Berlin"),
    "an hour": understand_time,
    "a zone": lambda words: parse_zone(words, NOW),
    "a zone half typed": lambda words: suggest_zones(words[:200], NOW),
    "a line": tidy_line,
    "a text": tidy_text,
    "a comparison": fold,
    "a name": lambda words: match_name(words, NAMES),
    "a name half typed": lambda words: suggest_names(words, NAMES),
    "people known": acquaintances,
    "promises": split_promises,
    "names given": split_names,
    "a field": load_fields().ids_of,
    "a field half typed": lambda words: load_fields().suggest(words[:200]),
    "a command": registry().match,
    "a command's values": lambda words: take_apart(f"person: {words}", logging()),
    "an address": read_email,
    "whether it is an address": is_email,
    "a profile": read_profile,
    "a class year": lambda words: read_class_year(words, 2026),
}


@pytest.mark.parametrize("what", READERS)
def test_ten_thousand_characters_take_no_time(what: str) -> None:
    """Repeated bricks, alone and with something else at the end."""
    read = READERS[what]
    read("warm")
    for brick in BRICKS:
        for last in ("", "x"):
            words = (brick * LONG)[:LONG] + last
            assert any(_seconds(read, words) < MOST_SECONDS for _ in range(3)), (brick, last)


def _seconds(read: Callable[[str], object], words: str) -> float:
    """This thread's own time; a rare long one is Python's tidying up, and not the pattern."""
    began = time.thread_time()
    read(words)
    return time.thread_time() - began


def test_what_is_longer_than_a_name_is_nobody() -> None:
    """Whoever pastes a page names nobody."""
    assert match_name("Ann " * 100, NAMES).kind == "none"
    assert suggest_names("Ann " * 100, NAMES) == []
    assert suggest_names("Ann", NAMES)


def test_wide_gaps_are_gaps() -> None:
    """Spaces and tabs in a row part words as one space does."""
    assert split_names("Lee \t  (Acme) ,   Kim   from  the bank") == (
        ("Lee", "Acme"), ("Kim", "the bank"),
    )  # fmt: skip
    (promise,) = split_promises("Send   the report ,  by   Friday")
    assert (promise.what, promise.when) == ("Send the report", "Friday")
