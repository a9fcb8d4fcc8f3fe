"""The term of a class in numbers: messages, pairs, introductions, asks."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from whenever import Date

from bot.domain.asks import Ask
from bot.domain.introductions import Introduction
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing, Partnership
from bot.domain.talks import Talk
from tests.cohort_term.held import students
from tests.cohort_term.story import FIRST, Class
from tests.front_door import BERLIN, at

WEEKS = 12


def week_of(day: Date) -> int:
    """1 is the first week of the class."""
    first = at(FIRST).to_tz(BERLIN).date()
    return int(day.since(first, total="days")) // 7 + 1


def unasked_by_week(made: Class) -> dict[int, list[int]]:
    """For each week, how many unasked messages each student got."""
    counts = {week: Counter[str]() for week in range(1, WEEKS + 1)}
    for each in made.term.came:
        week = week_of(each.day)
        if each.unasked and week in counts:
            counts[week][each.to] += 1
    names = students(made)
    return {week: [count[name] for name in names] for week, count in counts.items()}


def numbers(made: Class) -> Iterator[str]:
    """The table, then what came of it."""
    by_week = unasked_by_week(made)
    yield "Messages that nobody asked for, by student and week:\n"
    yield "| week | " + " | ".join(str(week) for week in by_week) + " |"
    yield "|" + " --: |" * (len(by_week) + 1)
    yield "| median | " + " | ".join(f"{median(each):g}" for each in by_week.values()) + " |"
    yield "| most | " + " | ".join(str(max(each)) for each in by_week.values()) + " |"
    yield ""
    yield from (f"- {line}" for line in sums(made))


def sums(made: Class) -> Iterator[str]:
    """One thing a line."""
    rows = made.term.house.rows
    asks = [each for each in rows(Ask) if each.sent is not None]
    here = [each for each in asks if each.carried is not None]
    talks = rows(Talk)
    thanked = sum(each.thanked is not None for each in talks)
    yield f"Notes sent: {len(asks)}, {len(here)} of them put to an alum in the chat"
    yield f"Talks: {len(talks)}, {thanked} of them thanked for"
    sizes = Counter(len(members_of(each)) for each in rows(Pairing))
    met = sum(each.met is not None for each in rows(Pairing))
    yield (
        f"Practice: {sizes[2]} pairs and {sizes[3]} groups of three, left without anybody: "
        f"{sizes[1]}; {met} said that they practised"
    )
    intros = rows(Introduction)
    ends = Counter(each.state.value for each in intros)
    said = ", ".join(f"{count} {state}" for state, count in sorted(ends.items()))
    yield f"Introductions: {len(intros)}: {said}"
    partners = rows(Partnership)
    agreed = sum(each.student_said == "yes" and each.alum_said == "yes" for each in partners)
    yield f"Partners for the term: {len(partners)} students asked, {agreed} times both said yes"
