"""Ana, who does what the bot proposes: each thing she does and each message she gets is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from whenever import Date, Instant, TimeDelta

from bot.domain.asks import Ask
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.talks import Talk
from bot.invocation import Given, write_id
from bot.plaintext import words_of
from bot.reply import Form
from tests.front_door import BERLIN, House, Person, Shown
from tests.term.done import is_done

STEP = TimeDelta(hours=24)
THE_REST = ("Add the rest", "Change the rest")
"""What a surface of short forms offers after the first one."""
Speaker = Literal["Ana", "Snowball", "world"]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: who, when, and either words or what was shown."""

    who: Speaker
    at: Instant
    words: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that came, and the rows that it carried."""

    at: Instant
    shown: Shown
    rows: tuple[Owed, ...]

    @property
    def unasked(self) -> bool:
        """Whether nobody asked for it and no talk is booked."""
        return any(each.urgency is Urgency.NUDGE for each in self.rows)

    @property
    def about(self) -> tuple[str, ...]:
        """Its reminders' commands."""
        return tuple(each.command for each in self.rows)

    def brings(self, command: str) -> bool:
        """Whether this reminder is in it."""
        return command in self.about


@dataclass
class Student:
    """Somebody at the front door whose term is written down."""

    house: House
    person: Person
    said: list[Said] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    stale: list[str] = field(default_factory=list)
    """Reminders that came about something done already."""

    @property
    def now(self) -> Instant:
        """The clock's."""
        return self.house.clock.now()

    @property
    def today(self) -> Date:
        """The day in Berlin."""
        return self.now.to_tz(BERLIN).date()

    @property
    def last(self) -> Shown:
        """What she looks at."""
        assert self.person.last is not None
        return self.person.last

    def did_in(self, week: Date) -> tuple[int, int]:
        """Asks sent and talks had in the week of this Monday."""
        days = [each.sent.to_tz(BERLIN).date() for each in self.person.keeps(Ask) if each.sent]
        held = [each.held for each in self.person.keeps(Talk)]
        there = [
            sum(1 for day in one if week <= day < week.add(days=7)) for one in (days, held)
        ]  # fmt: skip
        return there[0], there[1]

    # ---- What she does ----------------------------------------------------------------------

    def types(self, line: str) -> Shown:
        """A command."""
        return self._then(line, self.person.types(line))

    def says(self, words: str) -> Shown:
        """Plain words."""
        return self._then(words, self.person.says(words))

    def presses(self, label: str, on: Shown | None = None) -> Shown:
        """A button of the last reply or of a message, or an option of its menu."""
        seen = on if on is not None else self.last
        in_menu = label not in seen.labels and label in seen.options
        does = self.person.picks if in_menu else self.person.presses
        return self._then(f"[{label}]", does(label, on))

    def presses_call(self, command: str, name: str, value: str, on: Shown) -> Shown:
        """The button that does this about that: a digest may hold two of one label."""
        found = next(
            each for each in on.buttons
            if each.call.command == command and each.call.arguments.get(name) == value
        )  # fmt: skip
        written = write_id(found.call, on.cohort, 7, replaces=found.replaces)
        label = words_of(found.label, BERLIN)
        return self._then(f"[{label}]", self.person.presses_id(written))

    def taps(self, labels: Sequence[str], on: Shown) -> Shown:
        """Several presses, one after the other, told as one."""
        shown = on
        for label in labels:
            shown = self.person.presses(label, shown)
        return self._then(" ".join(f"[{label}]" for label in labels), shown)

    def fills_in(self, **values: Given) -> Shown:
        """The form that is open; what it has no room for in the form after it."""
        here = {name: value for name, value in values.items() if name in self.last.asked}
        told = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in here.items())
        shown = self._then(told, self.person.fills_in(**here))
        left = {name: value for name, value in values.items() if name not in here}
        if not left:
            return shown
        self.presses(next(each for each in shown.labels if each in THE_REST))
        return self.fills_in(**left)

    def _then(self, words: str, shown: Shown) -> Shown:
        self.said += [Said("Ana", self.now, words), Said("Snowball", self.now, shown=shown)]
        assert isinstance(shown.reply, Form) is False or not shown.errors, shown.errors
        return shown

    def tells(self, words: str) -> None:
        """What happened outside of the chat."""
        self.said.append(Said("world", self.now, words))

    # ---- What comes -------------------------------------------------------------------------

    def waits_until(self, moment: Instant) -> Iterator[Letter]:
        """Time goes by; what is due comes at its own minute, and may be answered at once."""
        while self.now < moment:
            yield from self._moves(min(moment, self.now + STEP, self._next_due()))

    def _next_due(self) -> Instant:
        rows = self.house.rows(Owed, state=OwedState.DUE)
        looked_at = [each.lease_until or each.due for each in rows]
        ahead = [each for each in (*looked_at, *(row.due for row in rows)) if each > self.now]
        return min(ahead, default=self.now + STEP)

    def _moves(self, moment: Instant) -> list[Letter]:
        before = len(self.person.letters)
        self.house.moves_to(moment)
        came = [
            Letter(self.now, shown, rows)
            for shown, rows in zip(self.person.letters[before:], self._fresh(), strict=True)
        ]
        self.stale += [
            each.call for one in came for each in one.rows if is_done(self.house, each)
        ]  # fmt: skip
        self.letters += came
        self.said += [Said("Snowball", each.at, shown=each.shown) for each in came]
        return came

    def _fresh(self) -> list[tuple[Owed, ...]]:
        """The rows sent now, by message, in the order of sending."""
        sent: Sequence[Owed] = self.house.rows(Owed, state=OwedState.SENT)
        fresh = [each for each in sent if each.id not in self.known]
        self.known |= {each.id for each in fresh}
        heads = sorted({each.batch or each.id for each in fresh})
        return [
            tuple(each for each in fresh if (each.batch or each.id) == head) for head in heads
        ]  # fmt: skip
