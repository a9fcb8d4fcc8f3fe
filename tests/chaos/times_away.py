"""Nobody was sending for an hour, a day, five weeks: what each member gets when we are back."""

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.delivery.away import ALIVE, note_return
from bot.domain.owed import OwedState
from storage.leases import SqlLeases
from tests.bot.delivery.house import House, at, build
from tests.chaos.table import Shown

MINUTE, DAY = TimeDelta(minutes=1), TimeDelta(hours=24)
STALE = 7 * DAY
LEAST, MOST = TimeDelta(minutes=30), TimeDelta(minutes=31)
EVERY = TimeDelta(hours=9)
"""A row each falls due so often: one a working day, and some at night."""
DUE = re.compile(r"think of (\S+Z)\.")


@dataclass(frozen=True, slots=True)
class Stop:
    """How long, from when on."""

    name: str
    begins: str
    lasts: TimeDelta


STOPS = (
    Stop("1 hour", "2026-11-23 10:00", TimeDelta(hours=1)),
    Stop("1 day", "2026-11-23 10:00", DAY),
    Stop("1 day, back at three at night", "2026-11-23 03:00", DAY),
    Stop("5 weeks", "2026-11-23 10:00", 35 * DAY),
)


def away(long: bool) -> Iterator[Shown]:
    """A line a stop; with 300 members, or with some."""
    for stop in STOPS if long else (STOPS[0], STOPS[3]):
        with tempfile.TemporaryDirectory() as folder:
            yield asyncio.run(_shown(stop, Path(folder), 300 if long else 30))


async def _shown(stop: Stop, folder: Path, members: int) -> Shown:
    begins = at(stop.begins)
    house = build(folder, now=begins)
    try:
        _owe(house, stop, begins, members)
        SqlLeases(house.database).hold(f"{ALIVE}one", "one", begins, 60)
        await _return(house, begins + stop.lasts)
        return _line(house, stop, members)
    finally:
        await house.engine.stop()
        house.database.close()


def _owe(house: House, stop: Stop, begins: Instant, members: int) -> None:
    """For each member, what would have come meanwhile."""
    for number in range(members):
        member = house.member(f"m{number}", off_days=(), zone="Europe/Berlin")
        due = begins + TimeDelta(minutes=30)
        while due < begins + stop.lasts:
            house.note(member, due.format_iso(), due)
            due += EVERY if stop.lasts <= DAY else 3 * DAY
    SqlLeases(house.database).forget(begins - DAY)


async def _return(house: House, back: Instant) -> None:
    """The first minutes one by one, and the day after them."""
    house.clock.move_to(back)
    assert note_return(SqlLeases(house.database), house.claims, back), "nobody noticed"
    opens = max(back, at(f"{back.to_tz('Europe/Berlin').date()} 09:00"))
    moments = [back, *(opens + MINUTE * number for number in range(34))]
    for moment in [*moments, *(opens + TimeDelta(hours=hours) for hours in (2, 5, 8, 24, 25, 30))]:
        await house.tick_at(moment)


def _line(house: House, stop: Stop, members: int) -> Shown:
    letters = house.paper.letters
    each = Counter(letter.to for letter in letters)
    dues = [
        (letter.at, Instant.parse_iso(found))
        for letter in letters
        for found in DUE.findall(letter.words)
    ]
    stale = sum(sent - due > STALE for sent, due in dues)
    first, last = min(letter.at for letter in letters), max(letter.at for letter in letters)
    spread = last - first
    waiting = len(house.rows(state=OwedState.DUE, command="note"))
    dropped = len(house.rows(state=OwedState.SKIPPED, command="note"))
    most = max(each.values())
    holds = (len(each), most, stale, waiting) == (
        members,
        1,
        0,
        0,
    ) and LEAST - MINUTE <= spread <= MOST
    return Shown(
        f"down for {stop.name}, {members} members",
        "≤ 1 catch-up each, nothing stale, spread ≥ 30 min",
        f"{len(letters)} messages to {len(each)} members with {len(dues)} reminders in them, at "
        f"most {most} each; {stale} stale, {dropped} of over a week left to the due list; spread "
        f"over {spread.total('minutes'):.0f} min",
        holds,
    )
