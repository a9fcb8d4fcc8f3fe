"""The twenty worst inputs through the real client: shown as typed, pinging nobody, lost never."""

from pathlib import Path

import pytest

from bot.clocks import MovableClock
from bot.command import registry
from bot.domain.people import Contact
from tests.adapters.discord_.home import connected, make_house
from tests.servers.discord import schemas
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.typing_in import CannotTypeError
from tests.servers.discord.world import StoredFile

NAMES = {
    "everyone": "@everyone",
    "here": "@here",
    "a channel for Slack": "<!channel>",
    "a member": "<@123456789012345678>",
    "a masked link": "[x](<https://evil.example>)",
    "a closing bracket": "x](https://evil.example",
    "a heading": "# Dana",
    "a code fence": "```\nDana",
    "a template": "{user.mention}{0.__class__}",
    "right to left": "\u05d3\u05e0\u05d4 \u05d0\u05d5\u05e8\u05d8\u05d9\u05d6",
    "an override": "Ann\u202egnp.exe",
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467 Park",
    "SQL": "Robert'); DROP TABLE contact;--",
}


@pytest.mark.parametrize("name", NAMES)
async def test_a_contacts_name(tmp_path: Path, name: str) -> None:
    """Added, listed, shown, edited, found again by completion; nobody is pinged."""
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, registry(), MovableClock())
        async with connected(house, discord):
            ana = discord.person("Ana")
            seen = [await ana.types("/contact add", {"name": NAMES[name]})]
            seen.append(await ana.types("/contact list"))
            offered = await ana.completes("/contact show", "person", "")
            value = (ana.last.choices or [])[0]["value"] if ana.last else ""
            seen.append(await ana.types("/contact show", {"person": value}))
            seen.append(await ana.types("/interview log", {"person": value}))
            if ana.form:
                seen.append(await ana.fills_in({}))
            with house.stores.reading(house.cohort_id) as store:
                contacts = store.find(Contact)
        house.stores.close()
        assert len(offered) == len(contacts) == 1
        for each in seen:
            if isinstance(each, Shown):
                assert each.pings == ([], False)
                assert "@everyone" not in each.text
                assert "[x](" not in each.text
        assert schemas.problems(discord) == []


async def test_too_much_of_everything(tmp_path: Path) -> None:
    """Too long, empty, wrong files, unknown words: a sentence each time, and nothing is changed."""
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, registry(), MovableClock())
        async with connected(house, discord):
            boss, ana = discord.person("Boss", admin=True), discord.person("Ana")
            with pytest.raises(CannotTypeError):
                await ana.types("/contact add", {"name": "x" * 10_000})
            said = await ana.says_in_dm("y" * 4000)
            assert said
            assert said.text.strip()
            for content in (b"", b"\x00\xff" * 5000, b"%PDF-1.7", b"a;b\n1;2\n", b'"' * 3000):
                file = StoredFile("alumni.csv", content)
                seen = await boss.types("/cohort import", {"file": file})
                assert isinstance(seen, Shown)
                assert seen.text.strip()
                assert "went wrong" not in seen.text
            no = await ana.types("/cohort import", {"file": StoredFile("a.csv", b"name\nDana\n")})
            assert isinstance(no, Shown)
            assert "organiser" in no.text
            form = await ana.types("/interview log")
            assert isinstance(form, Form)
            seen = await ana.fills_in({"Person": "Dana", "Takeaways": "@everyone\n" * 290})
            assert isinstance(seen, Shown)
            assert seen.pings == ([], False)
            for label in ("Nearer",) * 10:
                if label in ana.sees.buttons:
                    await ana.presses(label)
            await ana.types("/contact show", {"person": "Dana"})
            with house.stores.reading(house.cohort_id) as store:
                assert len(store.find(Contact)) == 1
        house.stores.close()
        assert schemas.problems(discord) == []
