"""A palm tree in a Slack status: no nudge until it is over, what is booked comes (FEATURES F8)."""

from pathlib import Path

from whenever import Instant

from adapters.engine import Engine
from adapters.slack.manifest import manifest
from bot.clocks import MovableClock
from bot.command import registry
from tests.adapters.slack.house import database, engine_for, house, joined, settings_for
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
THURSDAY_9 = Instant.from_utc(2026, 11, 19, 8, 1)
THURSDAY_EVENING = Instant.from_utc(2026, 11, 19, 17)
FRIDAY_11 = Instant.from_utc(2026, 11, 20, 10, 1)
FRIDAY_NOON = Instant.from_utc(2026, 11, 20, 11)
FRIDAY_QUARTER_TO = Instant.from_utc(2026, 11, 20, 13, 45)
MONDAY_9 = Instant.from_utc(2026, 11, 23, 8, 1)
DECEMBER = Instant.from_utc(2026, 12, 9, 10)
PALM_TREE = ":palm_tree:"


async def test_a_holiday_on_slack(tmp_path: Path) -> None:
    """With an end, then without one; the talk booked in the midst of it is prepared as ever."""
    clock = MovableClock(WEDNESDAY)
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, "socket"), registry(), clock)
            async with joined(home, slack) as wing:
                engine = engine_for(home, wing)
                ana = slack.person("Ana", tz="Europe/Berlin")
                await she_has_something_to_come(ana)
                await engine.tick()

                async def until(moment: Instant) -> int:
                    clock.move_to(moment)
                    ana.acts()
                    return await engine.tick()

                ana.sets_status(PALM_TREE, FRIDAY_NOON.timestamp())
                assert await until(THURSDAY_9) == 0
                assert await until(THURSDAY_EVENING) == 1
                assert "Five questions" in ana.read(await ana.sees("Lee Wong"))
                assert "Dana" not in "".join(ana.read(message) for message in ana.new)
                assert await until(FRIDAY_11) == 0
                assert await until(FRIDAY_NOON) == 1
                thanks = ana.read(await ana.sees("Dana Ortiz", "Learn SQL first."))
                assert "I was away" not in thanks
                assert await until(FRIDAY_QUARTER_TO) == 1
                await ana.sees("Lee Wong")
                await without_an_end(ana, engine, clock)
                await engine.stop()
        assert slack.complaints == []


async def she_has_something_to_come(ana: Person) -> None:
    """A thank-you tomorrow morning, a talk the day after."""
    await ana.types("/snowball")
    await ana.presses("Opt in")
    await ana.sees("15:00")
    await ana.types("/interview log Dana Ortiz tip: Learn SQL first.")
    await ana.sees("Dana Ortiz")
    await ana.types("/interview book Lee Wong friday 3pm")
    await ana.sees("Book a talk")
    await ana.fills_in({"Place": "Room 4"})
    await ana.sees("15:00")


async def without_an_end(ana: Person, engine: Engine, clock: MovableClock) -> None:
    """Looked at again every hour; what is too old by then is in the due list."""
    await ana.types("/interview log Lee Wong tip: Start small.")
    await ana.sees("Lee Wong")
    ana.sets_status(PALM_TREE)
    ana.acts()
    for moment in (MONDAY_9, DECEMBER):
        clock.move_to(moment)
        assert await engine.tick() == 0
    ana.sets_status("")
    clock.move_to(DECEMBER.add(hours=1))
    assert await engine.tick() == 1
    assert "Start small." not in ana.read(await ana.sees("Stop any time"))
    await ana.types("/network due")
    await ana.sees("To thank", "Lee Wong")
