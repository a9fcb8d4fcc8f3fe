"""Real commands whose forms have more than five questions: saved first, the rest by a button."""

from pathlib import Path

from bot.clocks import MovableClock
from bot.command import registry
from bot.domain.people import Contact
from tests.adapters.discord_.home import connected, make_house
from tests.servers.discord import schemas
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown


async def test_a_person_of_ten_questions(tmp_path: Path) -> None:
    """Five are asked and saved; a button asks the other five; the title says how far it is."""
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, registry(), MovableClock())
        async with connected(house, discord):
            ana = discord.person("Ana")
            first = await ana.types("/contact add")
            assert isinstance(first, Form)
            assert first.title == "Add a person (1 of 2)"
            assert "Only you see this" in first.text
            saved = await ana.fills_in({"Name": "Kim Park", "Kind": "professor or adviser"})
            assert isinstance(saved, Shown)
            assert "Kim Park is on your list" in saved.text
            second = await ana.presses("Add the rest")
            assert isinstance(second, Form)
            assert second.title == "Edit a person (2 of 2)"
            assert not {*first.labels} & {*second.labels}
            await ana.fills_in({"City": "Bern", "Notes": "Met at the fair"})
            with house.stores.reading(house.cohort_id) as store:
                (kim,) = store.find(Contact)
        house.stores.close()
        assert (kim.name, kim.kind, kim.city) == ("Kim Park", "professor", "Bern")
        assert kim.notes == "Met at the fair"
        assert schemas.problems(discord) == []
