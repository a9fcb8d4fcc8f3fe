"""A student's path on Discord, through the real client: from the opt-in to Monday's check-in."""

from pathlib import Path

from whenever import Instant

from bot.clocks import MovableClock
from bot.command import registry
from tests.adapters.discord_.home import connected, engine_for, make_house
from tests.servers.discord import schemas
from tests.servers.discord.person import Person
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.world import StoredFile

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
THURSDAY_9 = Instant.from_utc(2026, 11, 19, 8, 1)
MONDAY_9 = Instant.from_utc(2026, 11, 23, 8, 1)
ALUMNI = b"""name,company,title,field,city,class_year,consent
Dana Ortiz,Acme,Brand manager,Marketing,Berlin,2012,yes
Lee Wong,Northwind,Marketing lead,Marketing,Paris,2015,yes
Sam Field,Contoso,Sales manager,Sales,Berlin,2010,yes
"""


def shown(seen: Shown | Form | None) -> Shown:
    assert isinstance(seen, Shown), seen
    return seen


def opened(seen: Shown | Form | None) -> Form:
    assert isinstance(seen, Form), seen
    return seen


async def test_the_whole_path(tmp_path: Path) -> None:
    """Every step is answered, every reminder comes when it is due, and only then."""
    clock = MovableClock(WEDNESDAY)
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, registry(), clock)
        async with connected(house, discord) as wing:
            engine = engine_for(house, wing)
            await the_organiser_imports(discord.person("Prof Lee", admin=True))
            ana, ben = discord.person("Ana", locale="de"), discord.person("Ben")
            await she_joins(ana)
            assert await engine.tick() == 1
            assert "this is where I’ll write" in (await ana.gets_dm()).text
            await she_finds_adds_and_asks(ana)
            await she_logs_a_talk(ana)
            await she_brings_her_people(ana)
            assert await engine.tick() == 0

            clock.move_to(THURSDAY_9)
            assert await engine.tick() == 1
            await she_says_thank_you(ana)

            clock.move_to(MONDAY_9)
            assert await engine.tick() == 1
            await she_checks_in(ana)
            assert await engine.tick() == 0
            assert ben.screen == []
            await engine.stop()
        house.stores.close()
        assert schemas.problems(discord) == []


async def the_organiser_imports(boss: Person) -> None:
    file = StoredFile("alumni.csv", ALUMNI, "text/csv")
    assert (
        "nothing is written yet" in shown(await boss.types("/cohort import", {"file": file})).text
    )
    assert "3 new" in shown(await boss.presses("Import 3")).text


async def she_joins(ana: Person) -> None:
    assert "I write to nobody without your yes" in shown(await ana.types("/snowball")).text
    await ana.presses("Opt in")
    opened(await ana.presses("Set my time zone"))
    seen = shown(await ana.fills_in({"Zone": "Berlin"}))
    assert "15:00" in seen.text
    await ana.presses("Yes, that’s right")


async def she_finds_adds_and_asks(ana: Person) -> None:
    found = shown(await ana.types("/alum find", {"field": "maketing"}))
    assert "Dana Ortiz" in found.text
    assert found.private
    added = shown(await ana.presses("Add", on=found, beside="Dana Ortiz"))
    assert "Dana Ortiz is on your list" in added.text
    assert await ana.completes("/question", "person", "dan") == ["Dana Ortiz (Acme)"]
    question = shown(await ana.types("/question", {"person": "Dana"})).text
    assert shown(await ana.presses("Another")).text != question


async def she_logs_a_talk(ana: Person) -> None:
    form = opened(await ana.types("/interview log", {"person": "Dana"}))
    assert "Only you can read this" in form.text
    seen = shown(
        await ana.fills_in(
            {"Takeaways": "How a brand is *made*", "Tip": "Learn SQL first.", "Names": "Kim Park"}
        )
    )
    assert "Kim Park" in seen.text
    assert "I’ll have your thank-you ready" in seen.text
    assert "Dana Ortiz" in shown(await ana.types("/contact show", {"person": "Kim Park"})).text


async def she_brings_her_people(ana: Person) -> None:
    """A file in the direct messages, and the same by the option of the command."""
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Rosa Vale\nEND:VCARD\n"
    file = StoredFile("people.vcf", card, "text/vcard")
    preview = shown(await ana.says_in_dm("", (file,)))
    assert "Preview: nothing is saved yet" in preview.text
    assert "Added: one person" in shown(await ana.presses("Add 1")).text
    again = shown(await ana.types("/contact add", {"file": file}))
    assert "Rosa Vale is on your list" in again.text


async def she_says_thank_you(ana: Person) -> None:
    reminder, draft, buttons = ana.inbox[-3:]
    assert "Yesterday" in reminder.text
    assert "Learn SQL first." in reminder.text
    assert draft.text.startswith("Dear Dana")
    assert buttons.selects, "it can be put off"
    assert "is thanked" in shown(await ana.presses("Sent", on=buttons)).text


async def she_checks_in(ana: Person) -> None:
    assert "weekly check-in" in ana.inbox[-1].text
    await ana.presses("2")
    await ana.presses("1")
    mood = shown(ana.sees).buttons[0]
    saved = shown(await ana.presses(mood))
    assert "Your teacher sees the numbers" in saved.text
    history = shown(await ana.types("/checkin"))
    assert history.private
