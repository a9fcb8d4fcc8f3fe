"""Our clock jumps by an hour or a day, there and back, while messages fall due and get lost.

Early: before the row is due by the true time, other than by as much as the clock itself ran ahead.
"""

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.domain.cohort import Member
from bot.domain.owed import OwedState, Urgency
from bot.ports import AtLeast, Outcome, Unclear
from tests.bot.delivery.house import House, Letter, at, build
from tests.chaos.table import Shown

HOUR = TimeDelta(hours=1)
ERRORS = (HOUR, -HOUR, 24 * HOUR, -24 * HOUR)
STEP = TimeDelta(minutes=30)
BEGIN = at("2026-11-23 00:00")
SEED = 7


@dataclass
class Watch:
    """The true time, and how wrong the clock is."""

    house: House
    true: Instant = BEGIN
    error: TimeDelta = field(default_factory=TimeDelta)
    made: list[tuple[Letter, Instant, TimeDelta]] = field(default_factory=list)

    def make(self, letter: Letter) -> Outcome:
        """The message appears: twice, if it is made twice."""
        self.made.append((letter, self.true, self.error))
        return self.house.paper.make(letter)

    async def lost(self, letter: Letter) -> Outcome:
        """Made, and the answer got lost."""
        self.make(letter)
        return Unclear("no answer")

    async def dropped(self, letter: Letter) -> Outcome:
        """Not made, and no answer either."""
        del letter
        return Unclear("no answer")

    async def well(self, letter: Letter) -> Outcome:
        """Made."""
        return self.make(letter)


def jumps(long: bool) -> Shown:
    """Four kinds of jump, there and back."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_jumped(Path(folder), 30 if long else 6, 6 if long else 1))


async def _jumped(folder: Path, members: int, days: int) -> Shown:
    house = build(folder, now=BEGIN)
    house.paper.repeatable = False
    chance = random.Random(SEED)
    watch = Watch(house)
    try:
        dues = _owe(house, chance, members, days)
        jumped = 0
        while watch.true < BEGIN + TimeDelta(hours=24 * (days + 4)):
            if chance.random() < 0.15:
                watch.error = chance.choice(ERRORS) if not watch.error else TimeDelta()
                jumped += 1
            house.clock.move_to(watch.true + watch.error)
            house.paper.troubles = [
                chance.choices((watch.well, watch.lost, watch.dropped), (8, 1, 1))[0]
                for _ in range(4 * members)
            ]
            await house.engine.tick()
            _all_react(house)
            watch.true += STEP
        return _line(house, watch, dues, jumped)
    finally:
        await house.engine.stop()
        house.database.close()


def _all_react(house: House) -> None:
    """Who reacts is not left in peace."""
    with house.database.writing(house.cohort.id) as store:
        for each in store.find(Member, ignored=AtLeast(1)):
            house.claims.unanswered(store, each.id, -each.ignored)


def _owe(house: House, chance: random.Random, members: int, days: int) -> dict[str, Instant]:
    """Reminders of booked talks, answers and nudges, each of which can be told from the others."""
    dues: dict[str, Instant] = {}
    for number in range(members):
        member = house.member(f"m{number}", off_days=())
        for which in range(2 * days):
            due = BEGIN + TimeDelta(minutes=chance.randrange(days * 24 * 60))
            about = f"{member.name}-{which}"
            urgency = chance.choice((Urgency.ANSWER, Urgency.NUDGE))
            house.note(member, about, due, urgency=urgency)
            dues[about] = due
    return dues


def _line(house: House, watch: Watch, dues: dict[str, Instant], jumped: int) -> Shown:
    seen: Counter[str] = Counter()
    early = 0
    for letter, true, error in watch.made:
        for about, due in dues.items():
            if f"think of {about}." in letter.words:
                seen[about] += 1
                early += true + max(error, TimeDelta()) < due
    doubled = sum(many > 1 for many in seen.values())
    waiting = len(house.rows(state=(OwedState.DUE, OwedState.SENDING), command="note"))
    unknown = len([row for row in house.rows(state=OwedState.UNKNOWN) if row.command == "note"])
    return Shown(
        "clock ±1 h, ±1 day, back and forth",
        "0 doubled, 0 early",
        f"{jumped} jumps, {len(dues)} messages due, {len(watch.made)} made, answers lost and so "
        f"{unknown} unknown; {doubled} doubled, {early} early, {waiting} still waiting",
        doubled == 0 and early == 0 and waiting == 0 and len(seen) > len(dues) // 2,
    )
