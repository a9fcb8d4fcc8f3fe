"""A day inside typed words: "next tue", "in 2 weeks", "14.3.", "the 2nd friday of may".

`take_day` cuts it out and hands back what is left, so that nothing is overlooked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from whenever import Date

from bot.domain.time_phrases import UnreadableError

Prefer = Literal["past", "future", "any"]


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day; `other` is the second way to read it."""

    day: Date
    other: Date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader needs to know: when it is, which way to look, how 3/4 is meant here."""

    today: Date
    prefer: Prefer
    day_first: bool


_MONTHS: Sequence[str] = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAYS: tuple[str, ...] = (
    r"mon(?:days?)?|montags?|lundi|lunes",
    r"tue(?:s(?:days?)?)?|dienstags?|mardi|martes",
    r"wed(?:s|nesdays?)?|mittwochs?|mercredi|miercoles|miércoles",
    r"thu(?:rs?(?:days?)?)?|donnerstags?|jeudi|jueves",
    r"fri(?:days?)?|freitags?|vendredi|viernes",
    r"sat(?:urdays?)?|samstags?|samedi|sabado|sábado",
    r"sun(?:days?)?|sonntags?|dimanche|domingo",
)
_WEEKDAY = "(?P<weekday>" + "|".join(_WEEKDAYS) + r")\b\.?"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "a couple of": 2, "couple of": 2,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>days?|weeks?|wks?|fortnights?|months?|years?|yrs?)"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_ORDINALS |= {"4th": 4, "last": -1}
_YEARS_AWAY = 10  # a year further off is a slip of the finger

FAR_AWAY = "That year is far away. Please check it."
NO_SUCH_DAY = "There is no such day in the calendar."
Groups = dict[str, str]


def take_day(text: str, reading: Reading) -> tuple[DayFound | None, str]:
    """The one day in `text` and the words around it; `UnreadableError` for 31 April."""
    for pattern, read in _READERS:
        for found in pattern.finditer(text):
            groups = {name: value for name, value in found.groupdict().items() if value}
            day = read(groups, reading)
            if day is None:  # 9.30 is no date but may be a time
                continue
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return _check_weekday(day, rest, read)
    return None, text


def _check_weekday(day: DayFound, rest: str, read: object) -> tuple[DayFound, str]:
    """ "Fri 13 March" says it twice, and must say the same."""
    said = _SAID_WEEKDAY.search(rest)
    if said is None or read in (_read_weekday, _read_nth, _read_from_weekday):
        return day, rest
    weekday = _weekday(said["weekday"])
    rest = f"{rest[: said.start()]} {rest[said.end() :]}"
    if day.day.day_of_week().value == weekday:
        return DayFound(day.day), rest
    if day.other and day.other.day_of_week().value == weekday:
        return DayFound(day.other), rest
    raise UnreadableError("That date falls on another day of the week. Which of the two is right?")


def _weekday(word: str) -> int:
    return next(n for n, names in enumerate(_WEEKDAYS, 1) if re.fullmatch(names, word))


def _date(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _year(written: str, today: Date) -> int:
    year = int(written) if len(written) == 4 else today.year - today.year % 100 + int(written)
    return check_year(year, today)


def check_year(year: int, today: Date) -> int:
    """`year`, unless it is a slip of the finger."""
    if abs(year - today.year) > _YEARS_AWAY:
        raise UnreadableError(FAR_AWAY)
    return year


def _written_year(groups: Groups) -> str:
    return groups.get("year") or groups.get("short", "")


def _nearest(month: int, day: int, reading: Reading) -> Date | None:
    """That day of the year which lies in the wanted direction."""
    today = reading.today
    years = (today.year - 1, today.year, today.year + 1)
    dates = [date for year in years if (date := _date(year, month, day))]
    match reading.prefer:
        case "future":
            return next((date for date in dates if date >= today), None)
        case "past":
            return next((date for date in reversed(dates) if date <= today), None)
        case "any":
            return min(dates, key=lambda date: abs(_days(today, date)), default=None)


def _days(start: Date, end: Date) -> int:
    return (end.to_stdlib() - start.to_stdlib()).days


def _day_of(month: int, day: int, year: str, reading: Reading) -> Date:
    found = _date(_year(year, reading.today), month, day) if year else _nearest(month, day, reading)
    if found is None:
        raise UnreadableError(NO_SUCH_DAY)
    return found


def _read_iso(groups: Groups, reading: Reading) -> DayFound:
    return DayFound(_day_of(int(groups["month"]), int(groups["day"]), groups["year"], reading))


def _read_numbers(groups: Groups, reading: Reading) -> DayFound | None:
    """ "14.3.", "3/14", "3/4": the point is the day's side of the world."""
    one, two, year = int(groups["one"]), int(groups["two"]), _written_year(groups)
    point = groups["mark"] == "."
    if point and two > 12:
        return None
    if not (1 <= one <= 31 and 1 <= two <= 31) or (one > 12 and two > 12):
        raise UnreadableError(NO_SUCH_DAY)
    day_first = point or one > 12 or (reading.day_first and two <= 12)
    day, month = (one, two) if day_first else (two, one)
    sure = point or one > 12 or two > 12 or one == two
    other = None if sure else _day_of(day, month, year, reading)
    return DayFound(_day_of(month, day, year, reading), other)


def _read_month(groups: Groups, reading: Reading) -> DayFound:
    month = _MONTHS.index(groups["month"][:3]) + 1
    return DayFound(_day_of(month, int(groups["day"]), _written_year(groups), reading))


def _read_weekday(groups: Groups, reading: Reading) -> DayFound:
    today, weekday = reading.today, _weekday(groups["weekday"])
    which = groups.get("which") or groups.get("after", "")
    ahead = (weekday - today.day_of_week().value) % 7
    if which in _NEXT:
        next_week = today.add(days=weekday + 7 - today.day_of_week().value)
        nearest = today.add(days=ahead or 7)
        return DayFound(next_week, None if nearest == next_week else nearest)
    if which in _LAST or (not which and reading.prefer == "past"):
        return DayFound(today.subtract(days=(7 - ahead) % 7 or (7 if which else 0)))
    return DayFound(today.add(days=ahead), today.add(days=7) if not ahead else None)


def _read_nth(groups: Groups, reading: Reading) -> DayFound:
    """ "The second Friday of March": of the year that makes it fit."""
    nth, weekday = _ORDINALS[groups["nth"]], _weekday(groups["weekday"])
    month = _MONTHS.index(groups["month"][:3]) + 1
    years = [reading.today.year + n for n in (-1, 0, 1)]
    days = [_nth_day(year, month, nth, weekday) for year in years]
    if reading.prefer == "past":
        return DayFound(next(day for day in reversed(days) if day <= reading.today))
    return DayFound(next(day for day in days if day >= reading.today))


def _nth_day(year: int, month: int, nth: int, weekday: int) -> Date:
    first = Date(year, month, 1)
    if nth < 0:
        last = first.add(months=1).subtract(days=1)
        return last.subtract(days=(last.day_of_week().value - weekday) % 7)
    return first.add(days=(weekday - first.day_of_week().value) % 7 + 7 * (nth - 1))


def _read_word(groups: Groups, reading: Reading) -> DayFound:
    return DayFound(reading.today.add(days=_DAY_WORDS[groups["word"]]))


def _read_span(groups: Groups, reading: Reading) -> DayFound:
    number = _NUMBERS.get(groups.get("number", "a")) or int(groups["number"])
    if groups.get("back"):
        number = -number
    match groups["unit"][:1], groups["unit"][:2]:
        case "d", _:
            return DayFound(reading.today.add(days=number))
        case "f", _:
            return DayFound(reading.today.add(weeks=2 * number))
        case "w", _:
            return DayFound(reading.today.add(weeks=number))
        case "m", _:
            return DayFound(reading.today.add(months=number))
        case _:
            if abs(number) > _YEARS_AWAY:
                raise UnreadableError(FAR_AWAY)
            return DayFound(reading.today.add(years=number))


def _read_from_weekday(groups: Groups, reading: Reading) -> DayFound:
    """ "A week from Friday", "two weeks from tomorrow"."""
    number = _NUMBERS.get(groups["number"]) or int(groups["number"])
    if word := groups.get("word"):
        return DayFound(reading.today.add(days=7 * number + _DAY_WORDS[word]))
    start = _read_weekday({"weekday": groups["weekday"]}, Reading(reading.today, "future", True))
    return DayFound(start.day.add(weeks=number))


def _read_edge(groups: Groups, reading: Reading) -> DayFound:
    """Beginnings and ends of weeks and months."""
    today = reading.today
    step = 1 if groups.get("which") in _NEXT else 0
    monday = today.subtract(days=today.day_of_week().value - 1).add(weeks=step)
    if groups.get("weekend"):
        return DayFound(monday.add(days=5))
    if groups["unit"] == "week":
        return DayFound(monday.add(days=4 if groups.get("end") else 0))
    first = today.replace(day=1).add(months=step)
    return DayFound(first.add(months=1).subtract(days=1) if groups.get("end") else first)


def _read_ordinal(groups: Groups, reading: Reading) -> DayFound:
    """ "The 14th": of this month or the next that has one."""
    day, today = int(groups["day"]), reading.today
    step = -1 if reading.prefer == "past" else 1
    for months in range(4):
        first = today.replace(day=1).add(months=step * months)
        found = _date(first.year, first.month, day)
        if found and (found <= today if step < 0 else found >= today):
            return DayFound(found)
    raise UnreadableError(NO_SUCH_DAY)


_NEXT = ("next", "nächsten", "nächster", "nächste", "kommenden", "prochain", "proximo", "próximo")
_LAST = ("last", "past", "letzten", "letzter", "dernier", "pasado")
_DAY_WORDS = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
    "tmrw": 1, "tmr": 1, "tmw": 1, "2morrow": 1, "yesterday": -1, "yday": -1, "heute": 0,
    "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2, "demain": 1, "hier": -1,
    "mañana": 1, "manana": 1, "ayer": -1, "hoy": 0, "day after tomorrow": 2,
    "day before yesterday": -2,
}  # fmt: skip
_WORD = "(?P<word>" + "|".join(sorted(_DAY_WORDS, key=len, reverse=True)) + r")\b"
_WHICH = r"(?:(?P<which>this|coming|" + "|".join((*_NEXT, *_LAST)) + r") )?"
_AFTER = r"(?: (?P<after>prochain|dernier|proximo|próximo|pasado)\b)?"
_ORDINAL_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_LONG_YEAR = r"(?: (?P<year>\d{4})| '(?P<short>\d\d))?"
_SAID_WEEKDAY = re.compile(rf"\b{_WEEKDAY}")
_SLASHED = (
    r"(?<![\w:./-])(?P<one>\d{1,2}) ?(?P<mark>[./]) ?(?P<two>\d{1,2})"
    r"(?:(?P=mark)(?: ?(?P<year>\d{4})|(?P<short>\d{2})(?!:))|\.)?(?![\w:/-]|\.\d| ?[ap]m)"
)
_DASHED = r"(?<![\w:./-])(?P<one>\d{1,2})(?P<mark>-)(?P<two>\d{1,2})-(?P<year>\d{4})(?![\w:./-])"
_ORDINAL_NAMES = "|".join(_ORDINALS)

Reader = Callable[[Groups, Reading], DayFound | None]
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _read_iso),
        (rf"\b(?P<nth>{_ORDINAL_NAMES}) {_WEEKDAY} (?:of|in) {_MONTH}", _read_nth),
        (rf"\b(?:the )?{_ORDINAL_DAY} ?(?:of )?{_MONTH}{_LONG_YEAR}", _read_month),
        (rf"\b{_MONTH} (?:the )?{_ORDINAL_DAY}(?![\d:]| ?[ap]m){_LONG_YEAR}", _read_month),
        (_SLASHED, _read_numbers),
        (_DASHED, _read_numbers),
        (rf"\b{_NUMBER} weeks? from (?:{_WEEKDAY}|{_WORD})", _read_from_weekday),
        (rf"\bin {_NUMBER} ?{_UNIT}(?:'s|')?(?: time)?\b", _read_span),
        (rf"\b{_NUMBER} ?{_UNIT} (?:from now|from today|later|(?P<back>ago))\b", _read_span),
        (r"\b(?P<end>end) of (?:the |this |(?P<which>next) )?(?P<unit>week|month)\b", _read_edge),
        (rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})(?: of)? (?P<which>next) week\b", _read_weekday),
        (rf"\b(?P<which>next) week(?: on)? {_WEEKDAY}", _read_weekday),
        (rf"\b(?:the )?{_WORD}", _read_word),
        (r"\b(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\b", _read_ordinal),
        (rf"\b{_WHICH}{_WEEKDAY}{_AFTER}", _read_weekday),
        (r"\b(?:(?:this|the|(?P<which>next)) )?(?P<weekend>weekend)\b", _read_edge),
        (r"\b(?:beginning of )?(?P<which>next) (?P<unit>week|month)\b", _read_edge),
    )
)
