"""What a class does together, on every surface: a partner, an event from its post on, and a win.

FEATURES E5, G3, G4.
"""

import pytest

from bot.domain.events import Going
from bot.domain.pairings import Pairing
from bot.domain.people import Contact, ContactKind
from tests.walks.chats.chat import Chat, Someone
from tests.walks.chats.in_the_playground import InTheBrowser
from tests.walks.chats.on_discord import OnDiscord
from tests.walks.chats.on_slack import OnSlack

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_partner_an_event_and_a_win(chat: Chat) -> None:
    """Two practise; one of them posts an event, the other goes, meets somebody, shares a win."""
    hannah = await chat.person("Hannah Vogel", admin=True)
    await chooses_the_channel(hannah)
    ana, ben = await chat.member("Ana Ruiz"), await chat.member("Ben Okafor")
    await two_are_partners(chat, ana, ben)
    await ben_posts_an_event(chat, ben)
    await ana_goes(chat, ana)
    await chat.passes("2026-03-13 09:01")
    await ana.sees("Did you practise with Ben Okafor this week?")
    await ana.presses("Write them down")
    await ana.sees("Only you can read this")
    await ana.fills_in(people="Priya Nair, Kornblum")
    await ana.sees("Met at Careers Night", "Priya Nair", "Kornblum")
    (priya,) = chat.keeps(Contact)
    assert priya.kind is ContactKind.EVENT
    assert [each.went for each in chat.keeps(Going)] == [True]
    await ana.presses("Yes")
    await ana.sees("who is the real talk with?")
    assert chat.keeps(Pairing)[0].met is not None
    await ana_shares_a_win(chat, ana)


async def two_are_partners(chat: Chat, ana: Someone, ben: Someone) -> None:
    await ana.types("/intro pair")
    await ana.sees("Your partner sees your name and your time zone, nothing else")
    await ana.presses("Every week")
    await ana.sees("You’re in: every week", "You are the first")
    await ben.types("/intro pair")
    await ben.sees("half an hour with a classmate")
    await ben.presses("Every week")
    await ben.sees("you practise with Ana Ruiz")
    await chat.passes()
    await ana.sees("you practise with Ben Okafor", "Your three questions")
    await ana.presses("Open a chat")
    await ana.sees("Opening a chat with Ben Okafor")
    await chat.passes()


async def ben_posts_an_event(chat: Chat, ben: Someone) -> None:
    await ben.types("/event add")
    await ben.sees("Everybody in the cohort’s channel reads this, with your name.")
    await ben.fills_in(name="Careers Night", when="thursday 6pm", place="Hall B")
    await ben.sees("On its way to the channel", "Careers Night", "18:00", "Hall B")
    await chat.passes()


async def ana_goes(chat: Chat, ana: Someone) -> None:
    """From the post in the channel to the last word before it."""
    await looks_into_the_channel(ana)
    await ana.sees("An event, from Ben Okafor:", "Careers Night", "18:00")
    await ana.presses("I’m going")
    await ana.sees("You’re going: Careers Night")
    await looks_into_the_dm(ana)
    await ana.types("/event list")
    await ana.sees("Careers Night", "you’re going")
    await chat.passes("2026-03-11 09:01")
    await ana.sees("Tomorrow 18:00: Careers Night, Hall B", "three people you would like to meet")
    await chat.passes("2026-03-12 17:45")
    await ana.sees("Careers Night begins 18:00, Hall B")


async def ana_shares_a_win(chat: Chat, ana: Someone) -> None:
    await ana.says("share a win")
    await ana.sees("Share as a win")
    await ana.presses("Share as a win")
    await ana.sees("Your class reads this in the channel, with your name")
    await ana.fills_in(words="I spoke to a stranger first.")
    await ana.sees("This is what the channel will see", "Ana Ruiz: I spoke to a stranger first.")
    await ana.presses("Post it")
    await ana.sees("Posted. Well done")
    await chat.passes()
    await looks_into_the_channel(ana)
    await ana.sees("Ana Ruiz: I spoke to a stranger first.")


async def chooses_the_channel(teacher: Someone) -> None:
    """As an organiser does; the playground has one from the start."""
    match teacher:
        case OnSlack():
            await teacher.person.types("/snowball cohort channel")
            await teacher.sees("cohort’s channel now")
        case OnDiscord():
            await teacher.person.types("/snowball", {"words": "cohort channel"})
        case _:
            await teacher.types("/snowball")


async def looks_into_the_channel(somebody: Someone) -> None:
    """Another room in the browser; elsewhere it is on the screen already."""
    await _goes_to(somebody, "channel")


async def looks_into_the_dm(somebody: Someone) -> None:
    """And back."""
    await _goes_to(somebody, "dm")


async def _goes_to(somebody: Someone, room: str) -> None:
    if isinstance(somebody, InTheBrowser):
        key = somebody.name.split()[0].casefold()
        await somebody.page.goto(f"{somebody.address}/?as={key}&in={room}")
        somebody._seen = {}
