"""Days and moments as people type them: our own rules, then parsedatetime, then dateparser.

What was understood is a value to echo, with the other reading where there are two. Words that
were not used make it `Unclear`: better to ask than to book the wrong day.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import LiteralString

from whenever import (
    Date,
    Instant,
    OffsetDateTime,
    PlainDateTime,
    RepeatedTime,
    SkippedTime,
    Time,
    TimeDelta,
)

from bot.domain.day_phrases import DayFound, Prefer, Reading, check_year, take_day
from bot.domain.foreign_dates import ask_libraries
from bot.domain.tidy import tidy_line
from bot.domain.time_phrases import (
    TimeFound,
    UnreadableError,
    take_bare_time,
    take_hours,
    take_time,
    without_part_of_day,
)
from bot.domain.typed_zones import take_zone
from bot.domain.zones import writes_month_first


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing certain; `why` is a sentence without any of the words typed."""

    why: LiteralString


@dataclass(frozen=True, slots=True)
class UnderstoodDay:
    """A day to echo; `other` is a second way to read it, to be offered."""

    day: Date
    other: Date | None = None


@dataclass(frozen=True, slots=True)
class UnderstoodMoment:
    """A moment to echo in `zone`; `other` is a second way to read it; `note` says what is odd."""

    moment: Instant
    zone: str
    other: Instant | None = None
    note: LiteralString = ""


NO_DAY = "I cannot read a day in that. Try “tomorrow”, “Friday”, “14 March” or “2026-03-14”."
NO_MOMENT = "I cannot read that. Try “tomorrow 15:00”, “Friday 3pm” or “14 March 9:30”."
NO_TIME = "At what time? Add one, such as 9:30 or 3pm."
LEFT_OVER_DAY = "I understood only a part of that. Try “Friday”, “14 March” or “2026-03-14”."
LEFT_OVER = "I understood only a part of that. Try “Friday 3pm” or “14 March 9:30”."
DAY_IS_PAST = "That day has passed. Which day do you mean?"
DAY_IS_AHEAD = "That day is still to come. Which day do you mean?"
TIME_IS_PAST = "That time has passed. When do you mean?"
TIME_IS_AHEAD = "That time is still to come. When do you mean?"
SKIPPED = "The clocks go forward that night and skip this time, so I took the time just after."
REPEATED = "The clocks go back that night and this time comes twice, so I took the first."

_LONGEST = 100
_FILLER = re.compile(r"(?:at|on|the|um|am|by|for|von|à|a|las?|le|el|de|uhr|@|-|\.|,)")
_POINTS = str.maketrans(dict.fromkeys(",;?!()", " ") | {"’": "'", "‘": "'", "–": "-", "—": "-"})
_ISO = re.compile(
    r"(?P<plain>\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?P<offset>z|[+-]\d\d:?\d\d)?"
)


# ---- Days -------------------------------------------------------------------------------------


def understand_day(
    text: str, today: Date, zone: str = "", prefer: Prefer = "future"
) -> UnderstoodDay | Unclear:
    """The day that `text` names. `zone` tells whether 3/4 is in March or in April."""
    reading = Reading(today, prefer, day_first=not writes_month_first(zone))
    try:
        found, rest = _take_any_day(_plain(text), reading)
        if found and _left(rest):  # "Friday at 3pm" and "Friday afternoon" are Fridays
            _, rest = take_time(without_part_of_day(rest))
    except UnreadableError as error:
        return Unclear(error.why)
    if found is None:
        return Unclear(NO_DAY)
    if _left(rest):
        return Unclear(LEFT_OVER_DAY)
    return _in_direction(found, today, prefer)


def _in_direction(found: DayFound, today: Date, prefer: Prefer) -> UnderstoodDay | Unclear:
    """A reading that points the wrong way gives place to the other one, or is asked about."""

    def fits(day: Date) -> bool:
        return prefer == "any" or (day >= today if prefer == "future" else day <= today)

    readings = [day for day in (found.day, found.other) if day and fits(day)]
    if not readings:
        return Unclear(DAY_IS_PAST if prefer == "future" else DAY_IS_AHEAD)
    return UnderstoodDay(*readings)


def _take_any_day(text: str, reading: Reading) -> tuple[DayFound | None, str]:
    found, rest = take_day(text, reading)
    if found is None and (found := ask_libraries(" ".join(_words(text)), reading)):
        rest = ""
    return found, rest


# ---- Moments ----------------------------------------------------------------------------------


def understand_moment(
    text: str,
    now: Instant,
    zone: str,
    their_zone: str | None = None,
    prefer: Prefer = "future",
) -> UnderstoodMoment | Unclear:
    """The moment that `text` names, on the wall of `zone` unless it names another.

    Day words ("tomorrow") count from the day it is in `zone`.
    """
    plain = _plain(text)
    try:
        found = _exactly(plain, now, zone) or _in_words(plain, now, zone, their_zone, prefer)
    except UnreadableError as error:
        return Unclear(error.why)
    except ValueError:  # beyond the calendar
        return Unclear(NO_MOMENT)
    if isinstance(found, Unclear) or prefer == "any":
        return found
    past = found.moment <= now
    if past == (prefer == "past"):
        return found
    if found.other and _same_time(found) and (found.other <= now) != past:
        return UnderstoodMoment(found.other, found.zone)
    return Unclear(TIME_IS_PAST if past else TIME_IS_AHEAD)


def _same_time(found: UnderstoodMoment) -> bool:
    """Whether the other reading is the same hour of another day, as for 3/4 or "Friday"."""
    one, two = found.moment.to_tz(found.zone), (found.other or found.moment).to_tz(found.zone)
    return one.time() == two.time() and one.date() != two.date()


def _exactly(text: str, now: Instant, zone: str) -> UnderstoodMoment | None:
    """Lengths of time from now, and what machines write."""
    if seconds := take_hours(text):
        return UnderstoodMoment(now + TimeDelta(seconds=seconds), zone)
    if text == "now":
        return UnderstoodMoment(now, zone)
    if iso := _ISO.fullmatch(text):
        check_year(int(text[:4]), now.to_tz(zone).date())
        if iso["offset"]:
            written = OffsetDateTime.parse_iso(text.upper().replace(" ", "T"))
            return UnderstoodMoment(written.to_instant(), zone)
        return _on_the_wall(PlainDateTime.parse_iso(text.upper().replace(" ", "T")), zone)
    return None


def _in_words(
    text: str, now: Instant, zone: str, their_zone: str | None, prefer: Prefer
) -> UnderstoodMoment | Unclear:
    named, rest = take_zone(text, zone, their_zone, now)
    there = named or zone
    reading = Reading(now.to_tz(zone).date(), prefer, day_first=not writes_month_first(zone))
    day, rest = take_day(rest, reading)
    time, rest = take_time(rest)
    if day is None and _left(rest):
        day, rest = _take_any_day(rest, reading)
    if time is None and (time := take_bare_time(" ".join(_words(rest)))):
        rest = ""
    if day is None and time is None:
        return Unclear(NO_MOMENT)
    if _left(rest):
        return Unclear(LEFT_OVER)
    if time is None:
        return Unclear(NO_TIME)
    if day is None:
        return _next_time(time, now, there, prefer)
    return _at(day, time, there)


def _at(day: DayFound, time: TimeFound, zone: str) -> UnderstoodMoment:
    found = _on_the_wall(day.day.add(days=time.days).at(time.time), zone)
    if found.other:
        return found
    if day.other:
        wall = day.other.add(days=time.days).at(time.time)
    elif time.other:
        wall = day.day.at(time.other)
    else:
        return found
    return UnderstoodMoment(found.moment, zone, _on_the_wall(wall, zone).moment, found.note)


def _next_time(time: TimeFound, now: Instant, zone: str, prefer: Prefer) -> UnderstoodMoment:
    """A time without a day: the next one there is, or the last."""
    today = now.to_tz(zone).date()
    days = [today.add(days=n) for n in (-2, -1, 0, 1, 2)]
    found = [_at(DayFound(day), TimeFound(time.time), zone) for day in days]
    if prefer == "past":
        chosen = next(each for each in reversed(found) if each.moment <= now)
    else:
        chosen = next(each for each in found if each.moment > now)
    if time.other is None or chosen.other:
        return chosen
    other = _next_time(TimeFound(time.other), now, zone, prefer)
    return UnderstoodMoment(chosen.moment, zone, other.moment, chosen.note)


def _on_the_wall(wall: PlainDateTime, zone: str) -> UnderstoodMoment:
    try:
        return UnderstoodMoment(wall.assume_tz(zone, disambiguation="raise").to_instant(), zone)
    except SkippedTime:
        later = wall.assume_tz(zone, disambiguation="later").to_instant()
        return UnderstoodMoment(later, zone, note=SKIPPED)
    except RepeatedTime:
        first = wall.assume_tz(zone, disambiguation="earlier").to_instant()
        second = wall.assume_tz(zone, disambiguation="later").to_instant()
        return UnderstoodMoment(first, zone, second, REPEATED)


def understand_time(text: str) -> Time | None:
    """A time of day for a setting ("20:00", "8pm", "noon"); a bare hour is meant as written."""
    try:
        found, rest = take_time(_plain(text), daytime=False)
        if found is None and (found := take_bare_time(" ".join(_words(rest)), daytime=False)):
            rest = ""
    except UnreadableError:
        return None
    return found.time if found and not _left(rest) else None


# ---- Words ------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Small letters, plain digits and no punctuation that says nothing."""
    text = tidy_line(text)
    if len(text) > _LONGEST:
        return ""  # a story, not a day
    digits = "".join(str(unicodedata.decimal(c, c)) for c in text)
    plain = " ".join(digits.translate(_POINTS).casefold().split())
    return plain.replace("tonight", "today evening")  # a day and a part of it


def _words(text: str) -> list[str]:
    return [word for word in text.split() if not _FILLER.fullmatch(word)]


def _left(text: str) -> bool:
    """Whether any word is left that was not used and says something."""
    return bool(_words(text))
