"""The term as a page: week by week the brief as the organiser read it, and the channel's posts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from whenever import Instant

from tests.cohort_term.story import Class
from tests.cohort_term.tally import numbers, week_of
from tests.front_door import BERLIN, Shown

HEAD = """# A class with Snowball

Judith Orlo organises a class of thirty students. This is what she did and what she read: the brief
of each Monday, and what stood in the channel of the class. What students wrote to Snowball, whom
they know and whom they met stands nowhere here, for she sees none of it.

Three pause for two weeks, two never answer anything, one stops, one leaves and takes every row
along. In brackets stand buttons. All people are invented. This page is made by `make docs` and held
to the code by a test.
"""


@dataclass
class Page:
    """What was shown already, so that it need not be shown again."""

    seen: set[str] = field(default_factory=set)

    def quoted(self, shown: Shown) -> str:
        """A quotation; notes and the menu to put it off are said the first time alone."""
        return "\n".join(f"> {_escaped(each)}  " for each in self._lines(shown))

    def _lines(self, shown: Shown) -> Iterator[str]:
        for line in shown.words.splitlines():
            said = line.strip()
            again = said in self.seen and said.startswith(("(", "Remind me later"))
            self.seen.add(said)
            if said and not again:
                yield said


Told = tuple[Instant, str, Shown]


def page(made: Class) -> str:
    """The whole page."""
    told: list[Told] = [(each.at, "Monday, to Judith:", each.shown) for each in made.briefs]
    told += [(moment, f"Judith: {does}", shown) for moment, does, shown in made.hers]
    told += [(moment, "In the channel:", shown) for moment, shown in made.term.posts]
    weeks: dict[int, list[Told]] = {}
    for each in sorted(told, key=lambda one: one[0]):
        weeks.setdefault(week_of(each[0].to_tz(BERLIN).date()), []).append(each)
    lines, sheet = [HEAD], Page()
    for week in range(min(weeks), max(weeks) + 1):
        lines.append("## Before it begins\n" if week < 1 else f"## Week {week}\n")
        for does, several in groupby(weeks.get(week, []), key=lambda each: each[1]):
            lines.append(f"**{_escaped(does)}**\n")
            lines += [f"{sheet.quoted(shown)}\n" for _, _, shown in several]
        if week not in weeks:
            lines.append("*Nothing to read.*\n")
    return "\n".join([*lines, "## The class in numbers\n", *numbers(made), ""])


def _escaped(words: str) -> str:
    return re.sub(r"([*_<>`])", r"\\\1", words)
