"""A student's path on Slack, through the real client: from the opt-in to Monday's check-in."""

from pathlib import Path

import pytest
from whenever import Instant

from adapters.slack.manifest import manifest
from bot.clocks import MovableClock
from bot.command import registry
from tests.adapters.slack.house import database, engine_for, house, joined, settings_for
from tests.servers.slack import published
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
THURSDAY_9 = Instant.from_utc(2026, 11, 19, 8, 1)
MONDAY_9 = Instant.from_utc(2026, 11, 23, 8, 1)
ALUMNI = b"""name,company,title,field,city,class_year,consent
Dana Ortiz,Acme,Brand manager,Marketing,Berlin,2012,yes
Lee Wong,Northwind,Marketing lead,Marketing,Paris,2015,yes
Sam Field,Contoso,Sales manager,Sales,Berlin,2010,yes
"""


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_the_whole_path(tmp_path: Path, transport: str) -> None:
    """Every step is answered, every reminder comes when it is due, and only then."""
    clock = MovableClock(WEDNESDAY)
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, transport), registry(), clock)
            async with joined(home, slack) as wing:
                engine = engine_for(home, wing)
                await the_organiser_imports(slack.person("Prof Lee", admin=True))
                ana = slack.person("Ana", tz="Europe/Berlin")
                ben = slack.person("Ben", tz="Europe/Berlin")
                await she_joins(ana)
                await engine.tick()
                await she_finds_adds_and_asks(ana)
                await she_logs_a_talk(ana)
                await she_brings_her_people(ana)
                assert await engine.tick() == 0

                clock.move_to(THURSDAY_9)
                ana.acts()
                assert await engine.tick() == 1
                await she_says_thank_you(ana)

                clock.move_to(MONDAY_9)
                ana.acts()
                assert await engine.tick() == 1
                await she_checks_in(ana)
                assert await engine.tick() == 0
                assert ben.messages == []
                await engine.stop()
        assert slack.complaints == []
        assert [m.pings for m in slack.workspace.messages if m.by_bot and m.pings] == []
        if published.DATA.is_dir():
            assert [e for name, a in slack.calls for e in published.errors(name, a)] == []


async def the_organiser_imports(boss: Person) -> None:
    """A file into the form, a preview, and one press."""
    await boss.types("/cohort import")
    await boss.fills_in({"File": {"alumni.csv": ALUMNI}})
    await boss.sees("nothing is written yet")
    await boss.presses("Import 3")
    await boss.sees("3 new")


async def she_joins(ana: Person) -> None:
    """Her zone is known from Slack: joining is one press."""
    await ana.opens_home()
    await ana.sees("I write to nobody without your yes")
    await ana.types("/snowball")
    await ana.sees("I write to nobody without your yes")
    await ana.presses("Opt in")
    await ana.sees("15:00")


async def she_finds_adds_and_asks(ana: Person) -> None:
    """With a typo; one press keeps somebody; a question for them."""
    await ana.types("/alum find maketing")
    found = await ana.sees("Dana Ortiz")
    assert isinstance(found, Message)
    assert found.private_to == ana.id
    await ana.presses("Add", near="Dana Ortiz")
    await ana.sees("on your list")
    await ana.types("/question person: Dana")
    first = ana.read(await ana.sees("[Another]"))
    await ana.presses("Another")
    assert ana.read(await ana.sees("[Another]")) != first


async def she_logs_a_talk(ana: Person) -> None:
    """In under a minute: one form."""
    await ana.types("/interview log Dana")
    await ana.sees("Your talk with Dana", "Only you can read this")
    await ana.fills_in(
        {"Takeaways": "How a brand is *made*", "Tip": "Learn SQL first.", "Names": "Kim Park"}
    )
    await ana.sees("Kim Park", "I’ll have your thank-you ready")
    await ana.types("/contact show Kim Park")
    await ana.sees("Dana Ortiz")


async def she_brings_her_people(ana: Person) -> None:
    """A file in the direct messages: a preview, and one press."""
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Rosa Vale\nEND:VCARD\n"
    await ana.says_in_dm("", {"people.vcf": card})
    await ana.sees("Preview: nothing is saved yet")
    await ana.presses("Add 1")
    await ana.sees("Added: one person")


async def she_says_thank_you(ana: Person) -> None:
    """The next morning: the reminder quotes the tip, the draft stands alone, one press ends it.

    What can be done with the draft stands below it."""
    reminder = await ana.sees("Yesterday", "Learn SQL first.")
    draft = await ana.sees("Dear Dana")
    assert isinstance(draft, Message)
    assert isinstance(reminder, Message)
    assert (draft.private_to, draft.channel, reminder.channel) == (None, ana.dm, ana.dm)
    below = await ana.sees("[Sent]")
    assert isinstance(below, Message)
    assert reminder.order < draft.order < below.order
    await ana.presses("Sent")
    assert await ana.sees("is thanked") is below


async def she_checks_in(ana: Person) -> None:
    """Three taps on one message."""
    asked = await ana.sees("Your week")
    await ana.presses("2")
    await ana.sees("how many talks")
    await ana.presses("1")
    mood = await ana.sees("How does it feel?")
    assert mood is asked
    assert isinstance(mood, Message)
    label = mood.blocks[-1]["elements"][0]["text"]["text"]
    await ana.presses(label)
    await ana.sees("Your teacher sees the numbers")
