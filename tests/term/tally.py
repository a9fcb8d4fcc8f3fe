"""The term in numbers: what came each week, and what came of it."""

from collections import Counter
from collections.abc import Iterator

from whenever import Date, Instant

from bot.domain.asks import Ask
from bot.domain.people import Contact
from bot.domain.talks import Talk
from tests.front_door import BERLIN
from tests.term.student import Letter, Student

KINDS = {
    "check-in": ("checkin",),
    "thanks": ("thanks",),
    "asks": ("ask",),
    "talks booked": ("interview",),
    "promises": ("promise",),
    "touch": ("touch",),
    "names": ("network", "introduced"),
    "internship": ("internship",),
    "other": ("settings",),
}
"""What a column counts: the families of its reminders."""


def kind_of(command: str) -> str:
    """The column that a reminder counts in."""
    family = command.split(" ", maxsplit=1)[0]
    return next((name for name, families in KINDS.items() if family in families), "other")


def week_number(term: Student, day: Date) -> int:
    """1 is the week that the term begins in."""
    first = term.said[0].at.to_tz(BERLIN).date()
    return int(day.since(first, total="days")) // 7 + 1


def letters_by_week(term: Student) -> dict[int, list[Letter]]:
    """The messages of each week."""
    found: dict[int, list[Letter]] = {week: [] for week in range(1, 13)}
    for each in term.letters:
        found[week_number(term, each.at.to_tz(BERLIN).date())].append(each)
    return found


def results(term: Student) -> dict[str, Counter[int]]:
    """Asks, talks, thanks and names, by week."""

    def weeks(moments: list[Instant | None]) -> Counter[int]:
        there = [each for each in moments if each is not None]
        return Counter(week_number(term, each.to_tz(BERLIN).date()) for each in there)

    asks, talks = term.person.keeps(Ask), term.person.keeps(Talk)
    named = [each for each in term.person.keeps(Contact) if each.referred_by is not None]
    return {
        "asked": weeks([each.sent for each in asks]),
        "talked": Counter(week_number(term, each.held) for each in talks),
        "thanked": weeks([each.thanked for each in talks]),
        "names": weeks([each.added for each in named]),
    }


def table(term: Student) -> Iterator[str]:
    """A row a week: messages by kind, and what Ana did."""
    weeks = letters_by_week(term)
    came = {week: Counter(kind_of(c) for e in letters for c in e.about)
            for week, letters in weeks.items()}  # fmt: skip
    shown = [kind for kind in KINDS if any(counts[kind] for counts in came.values())]
    did = results(term)
    yield "Messages that Ana got, what they were about (one may bring several things), and what she"
    yield "did.\n"
    yield f"| week | messages | {' | '.join(shown)} | {' | '.join(did)} |"
    yield "|" + " --: |" * (2 + len(shown) + len(did))
    for week, letters in weeks.items():
        counts = [came[week][kind] for kind in shown] + [each[week] for each in did.values()]
        yield f"| {week} | {len(letters)} | {' | '.join(str(n or '·') for n in counts)} |"
    sums = [sum(c[kind] for c in came.values()) for kind in shown]
    sums += [each.total() for each in did.values()]
    yield f"| all | {len(term.letters)} | {' | '.join(map(str, sums))} |"
