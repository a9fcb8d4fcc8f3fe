"""What an organiser sees of a student: counts, and who could use a word (FEATURES H1, H3). Pure.

No word of theirs, nobody they know, nothing of when they were last here or why they pause.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from whenever import Date

from bot.domain.cohort import Numbers
from bot.domain.weeks import monday_of

FULL_WEEKS = 4
"""Being on track is judged over so many weeks."""
WEEK = 7
OPEN_ASKS = 2
"""So many notes without an answer, and no talk meanwhile, are hard to bear alone."""


class Reason(StrEnum):
    """Why somebody could use a word, the most pressing first."""

    BLOCKED = "my messages do not get through"
    UNANSWERED = "notes without an answer"
    NO_ASK = "no ask lately"
    NOT_JOINED = "not joined yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """What is known of a student, as far as an organiser's view needs it."""

    id: int
    name: str
    goal: int
    """Talks a week that they aim for."""
    joined: Date | None = None
    """The day they opted in; None: not yet."""
    quiet: bool = False
    """They paused or stopped."""
    reachable: bool = True
    """Whether messages get through: the chat takes them, and the student reacts to them."""
    asks: tuple[Date, ...] = ()
    """When a note was sent."""
    waiting: tuple[Date, ...] = ()
    """When those were sent that nobody has answered."""
    talks: tuple[Date, ...] = ()
    names: int = 0
    """People they know through somebody they talked to."""
    new_names: int = 0
    """Of those, who came within the last week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One student, as organisers see them, and as the student can see that they do."""

    id: int
    name: str
    asks: int
    talks: int
    names: int
    goal: int
    on_track: bool
    joined: bool
    paused: bool
    reachable: bool
    reasons: tuple[Reason, ...] = ()
    lately: tuple[int, int, int] = (0, 0, 0)
    """Asks, talks and names of the last seven days."""

    @property
    def does_well(self) -> bool:
        """On the way to a goal of their own, with a talk to show for it."""
        return self.joined and self.on_track and self.talks > 0 and not self.reasons


def line(student: Student, today: Date, numbers: Numbers, *, over: bool = False) -> Line:
    """``over``: the class has ended, so nobody needs a word any more."""
    return Line(
        id=student.id,
        name=student.name,
        asks=_until(student.asks, today),
        talks=_until(student.talks, today),
        names=student.names,
        goal=student.goal,
        on_track=is_on_track(student, today),
        joined=student.joined is not None,
        paused=student.quiet,
        reachable=student.reachable,
        reasons=() if over else reasons(student, today, numbers),
        lately=(_lately(student.asks, today), _lately(student.talks, today), student.new_names),
    )


def _lately(days: Iterable[Date], today: Date) -> int:
    return sum(is_new(day, today) for day in days)


def is_new(day: Date, today: Date) -> bool:
    """In the seven days before today: since the brief of a week ago."""
    return today.subtract(days=WEEK) <= day < today


def is_on_track(student: Student, today: Date) -> bool:
    """As many talks in the last weeks as the goal asks for; who has just begun always is."""
    if student.joined is None:
        return False
    weeks = min(FULL_WEEKS, days_between(student.joined, today) // 7)
    since = today.subtract(days=7 * weeks)
    lately = sum(1 for day in student.talks if since <= day <= today)
    return lately >= student.goal * weeks


def reasons(student: Student, today: Date, numbers: Numbers) -> tuple[Reason, ...]:
    """Whoever paused is left in peace."""
    if student.quiet:
        return ()
    if student.joined is None:
        return (Reason.NOT_JOINED,)
    found: list[Reason] = [] if student.reachable else [Reason.BLOCKED]
    since = today.subtract(days=numbers.attention_days)
    talked = any(since < day <= today for day in student.talks)
    patience = today.subtract(days=numbers.no_reply_days)
    if not talked and sum(1 for day in student.waiting if day <= patience) >= OPEN_ASKS:
        found.append(Reason.UNANSWERED)
    asked = any(since < day <= today for day in student.asks)
    if not (asked or talked) and student.joined <= since:
        found.append(Reason.NO_ASK)
    return tuple(found)


def attention_first(lines: Iterable[Line]) -> list[Line]:
    """Who could use a word, the most pressing first; then the others by name."""
    order = list(Reason)

    def rank(each: Line) -> tuple[int, str, int]:
        first = order.index(each.reasons[0]) if each.reasons else len(order)
        return first, each.name.casefold(), each.id

    return sorted(lines, key=rank)


def with_told(
    logged: Iterable[Date], told: Iterable[tuple[Date, int]], today: Date
) -> tuple[Date, ...]:
    """The days that were logged, and for each week as many more as the check-in counted."""
    days = list(logged)
    by_week = Counter(monday_of(day) for day in days)
    for monday, count in told:
        days += [min(monday.add(days=6), today)] * (count - by_week[monday])
    return tuple(days)


def _until(days: Iterable[Date], last: Date) -> int:
    return sum(1 for day in days if day <= last)


def days_between(first: Date, last: Date) -> int:
    """Whole days, never fewer than none."""
    return max(0, int(last.since(first, total="days")))
