"""An internship; something that felt wrong; two cards made one, undone, taken along, deleted.

FEATURES A1, A5, B9, J1, J3, K2.
"""

import io
import json
import zipfile

import pytest

from bot.domain.cohort import Member
from tests.builders import an_alum
from tests.walks.chats.chat import Chat, Someone

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_internship(chat: Chat) -> None:
    """K2: asked once about the boss, one idea a week, and at the end whom she did not meet."""
    ana = await chat.member("Ana Ruiz")
    await ana.types("/network internship")
    await ana.sees("Internship", "Only you can read this")
    await ana.fills_in(
        company="Waldfunk", starts="16 march", ends="3 april", objective="how a show is planned"
    )
    await ana.sees("one idea a week for meeting people at Waldfunk", "is your boss fine")
    await ana.presses("Not asked yet")
    await ana.sees("Ask first, in a sentence")
    await ana.types("/contact add", name="Lee Chan", company="Waldfunk", title="Editor")
    await ana.sees("Lee Chan is on your list")
    ideas = [await an_idea(chat, ana, tuesday=day) for day in (17, 24)]
    assert ideas[0] != ideas[1]
    await she_skips_the_check_in(chat, ana, monday=30)
    await chat.passes("2026-03-31 09:01")
    last = await ana.sees("Your last days at Waldfunk", "Lee Chan")
    assert "Your week at Waldfunk" not in last
    await ana.presses("Note", beside="Lee Chan")
    await ana.sees("Dear Lee", "how a show is planned", "20 minutes")
    await ana.presses("Sent")
    await ana.sees("Well done")


async def an_idea(chat: Chat, ana: Someone, tuesday: int) -> str:
    await she_skips_the_check_in(chat, ana, monday=tuesday - 1)
    await chat.passes(f"2026-03-{tuesday} 09:01")
    return await ana.sees("Your week at Waldfunk.", "Log a talk")


async def she_skips_the_check_in(chat: Chat, ana: Someone, monday: int) -> None:
    await chat.passes(f"2026-03-{monday} 09:01")
    await ana.sees("Your weekly check-in")
    await ana.presses("Skip this week")
    await ana.sees("A week off is fine")


async def test_something_felt_wrong(chat: Chat) -> None:
    """B9: one button; the organiser hears, the student is thanked, nobody is offered them."""
    chat.holds([an_alum("Gil Roth", company="Kornblum"), an_alum("Mia Weber", company="Kornblum")])
    hannah = await chat.person("Hannah Vogel", admin=True)
    await hannah.types("/snowball")
    await hannah.sees("organis")
    ana = await chat.member("Ana Ruiz")
    await ana.types("/alum find", company="Kornblum")
    await ana.presses("Add", beside="Gil Roth")
    await ana.sees("Gil Roth is on your list")
    await ana.types("/contact show", person="Gil Roth")
    await ana.sees("Where it stands")
    await ana.takes("Something felt wrong")
    await ana.sees("Your organisers read this, with your name. Nobody else does.")
    await ana.fills_in(words="He asked for my address.")
    await ana.sees("Thank you for telling me. Your organiser knows now.")
    await chat.passes()
    await hannah.sees("Ana Ruiz says that something felt wrong with Gil Roth", "He asked for my")
    await ana.types("/alum find", company="Kornblum")
    assert "Gil Roth" not in await ana.sees("Mia Weber")
    await hannah.presses("Looked at it")
    await hannah.sees("Gil Roth can be found again")
    await ana.types("/alum find", company="Kornblum")
    await ana.sees("Gil Roth")


async def test_my_people_and_my_data(chat: Chat) -> None:
    """A1, A5, J1, J3: warned of a double, made one, brought back, taken along, all deleted."""
    ana = await chat.member("Ana Ruiz")
    await two_cards_become_one(ana)
    await one_is_removed_and_brought_back(ana)
    await ana.types("/mydata export")
    await ana.sees("Everything I keep of you, as of now")
    assert names_in(await ana.gets("snowball-2026-03-10.zip")) == ["Rosa Martines", "Rosa Martinez"]
    await ana.types("/mydata delete")
    await ana.sees("What is left")
    await ana.presses("Delete everything")
    await ana.sees("Type your name as I know it")
    await ana.fills_in(name="Ana Ruiz")
    await ana.sees("everything I kept of you is deleted")
    assert chat.keeps(Member) == []


async def two_cards_become_one(ana: Someone) -> None:
    await ana.types("/contact add", name="Rosa Martinez", company="Acme")
    await ana.sees("Rosa Martinez is on your list")
    await ana.types("/contact add", name="Rosa Martines")
    await ana.sees("You already have Rosa Martinez (Acme)")
    await ana.presses("Somebody else: save")
    await ana.sees("Rosa Martines is on your list")
    await ana.types("/contact merge")
    await ana.sees("Perhaps the same person")
    await ana.presses("Look")
    await ana.sees("Nothing is changed yet")
    await ana.presses("Make them one")
    await ana.sees("One card now")


async def one_is_removed_and_brought_back(ana: Someone) -> None:
    await ana.types("/contact remove", person="Rosa Martinez")
    await ana.sees("is off your list")
    await ana.presses("Undo")
    await ana.sees("Rosa Martinez is back on your list")


def names_in(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        everything = json.loads(opened.read("everything.json"))
    return sorted(each["name"] for each in everything["contacts"])
