"""The two libraries that know more ways to say a day, asked only when our own rules do not, and
believed only when they used every word. They load slowly, so they are imported here when asked.
"""

import datetime as dt
import re
import threading
import warnings

from whenever import Date

from bot.domain.day_phrases import DayFound, Reading

_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"]
_LETTERS = re.compile(r"[^\W\d_]{3}")
# What parsedatetime drops or turns round in silence.
_NOT_FOR_IT = re.compile(r"\b(?:after|before|end|mid|or|and|not|except|until|every|between)\b")
_FIRST = re.compile(r"\b(?:0?1|1st|first|beginning|start)\b")
_DATE_ONLY = 1  # parsedatetime's word for "a date and no time"
# Both libraries warn of their own ways with dates; the filters are the whole process's, so one
# thread at a time may change them.
_QUIET = threading.Lock()


def ask_libraries(text: str, reading: Reading) -> DayFound | None:
    """The day in `text`, when one of them is sure of all of it."""
    text = text.strip()
    if not _LETTERS.search(text):
        return None
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _ask_parsedatetime(text, reading) or _ask_dateparser(text, reading)
    return DayFound(found) if found else None


def _noon(reading: Reading) -> dt.datetime:
    return dt.datetime.combine(reading.today.to_stdlib(), dt.time(12))


def _ask_parsedatetime(text: str, reading: Reading) -> Date | None:
    import parsedatetime  # noqa: PLC0415

    if _NOT_FOR_IT.search(text):
        return None
    calendar = parsedatetime.Calendar()
    matches = calendar.nlp(text, sourceTime=_noon(reading)) or ()
    if len(matches) != 1:
        return None
    moment, kind, start, end, _ = matches[0]
    used_all = not text[:start].strip() and not text[end:].strip()
    if kind != _DATE_ONLY or not used_all:
        return None
    if moment.day == 1 and not _FIRST.search(text):
        return None  # a month alone, of which it takes the first
    return Date(moment.date())


def _ask_dateparser(text: str, reading: Reading) -> Date | None:
    import dateparser  # noqa: PLC0415

    base = _noon(reading)
    found = dateparser.parse(
        text,
        languages=_LANGUAGES,
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "past" if reading.prefer == "past" else "future",
            "DATE_ORDER": "DMY" if reading.day_first else "MDY",
            "REQUIRE_PARTS": ["day"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None or found.time() not in (base.time(), dt.time(0)):
        return None  # it took a part of the words for a time of day
    return Date(found.date())
