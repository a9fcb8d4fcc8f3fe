"""Three people on every surface: shared, asked, yes, yes, together, and what came of it.

FEATURES E3, E4, G1, G2.
"""

import pytest

from bot.domain.cohort import Member
from bot.domain.introductions import Introduction, IntroState
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Alum, Contact, Volunteer
from tests.builders import NOW, an_alum
from tests.walks.chats.chat import Chat, Someone
from tests.walks.test_story_class import (
    chooses_the_channel,
    looks_into_the_channel,
    looks_into_the_dm,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

BLURB = "I read manuscripts for our magazine."


async def test_an_introduction_with_two_live_yeses(chat: Chat) -> None:
    """Ben knows Hannah, who is here; Ana asks, and learns nothing before both have said yes."""
    hannah = await chat.person("Hannah Vogel", admin=True)
    await hannah.joins()
    await chooses_the_channel(hannah)
    ana, ben = await chat.member("Ana Ruiz"), await chat.member("Ben Okafor")
    hannah_is_an_alum(chat)
    await ben_shares_her(chat, ben)
    await ana_asks(chat, ana)
    await both_say_yes(chat, ana, ben, hannah)
    await it_goes_on(chat, ana, ben)
    await the_class_is_asked(chat, ana, ben)


def hannah_is_an_alum(chat: Chat) -> None:
    """Of the directory, and here."""
    chat.holds([an_alum("Hannah Vogel", title="Editor", field="Publishing")])
    (alum,), (member,) = chat.keeps(Alum), chat.keeps(Member, name="Hannah Vogel")
    row = Volunteer(cohort_id=alum.cohort_id, alum_id=alum.id, member_id=member.id, since=NOW)
    chat.holds([row])


async def ben_shares_her(chat: Chat, ben: Someone) -> None:
    await ben.types("/alum find", field="publishing")
    await ben.presses("Add", beside="Hannah Vogel")
    await ben.sees("Hannah Vogel is on your list")
    await ben.types("/contact share", person="Hannah Vogel")
    await ben.sees("Nobody but you knows of them")
    await ben.presses("Ask me first")
    await ben.sees("ask me first", "A classmate knows somebody in editing and publishing")
    await ben.presses("Show it in the channel")
    await ben.sees("on its way to the channel")
    await chat.passes()


async def ana_asks(chat: Chat, ana: Someone) -> None:
    await looks_into_the_channel(ana)
    card = await ana.sees("A classmate knows somebody in editing and publishing")
    assert "Hannah" not in card
    assert "Ben" not in card
    await ana.presses("Ask for an introduction")
    await ana.sees("An introduction", "you learn who once both say yes")
    await ana.fills_in(blurb=BLURB)
    await ana.sees("Asked.", "either way")
    await looks_into_the_dm(ana)
    await chat.passes()


async def both_say_yes(chat: Chat, ana: Someone, ben: Someone, hannah: Someone) -> None:
    await ben.sees("A classmate hopes to meet someone in editing and publishing", BLURB)
    await ben.presses("Yes")
    await ben.sees("Now I ask Hannah Vogel, who is here too")
    await ana.says("my introductions")
    await ana.presses("My introductions")
    waiting = await ana.sees("Editing and publishing", "waiting")
    assert "Hannah" not in waiting
    await chat.passes()
    await hannah.sees("Ben Okafor would like to introduce you to Ana Ruiz", BLURB)
    await hannah.presses("Yes, gladly")
    await hannah.sees("bringing you together in a conversation of three")
    await chat.passes()
    await ana.sees("Both said yes: Ben Okafor introduces you to Hannah Vogel")
    (meeting,) = chat.keeps(Owed, command="intro meet")
    assert meeting.state is OwedState.SENT
    (card,) = [each for each in chat.keeps(Contact) if each.notes]
    assert (card.notes, card.email) == ("Introduced by Ben Okafor.", "")


async def it_goes_on(chat: Chat, ana: Someone, ben: Someone) -> None:
    await chat.passes("2026-03-11 10:30")
    await ana.sees("Have you and Hannah Vogel written yet?")
    await ana.presses("We are in touch")
    await ana.sees("In a week I ask what came of it")
    await chat.passes("2026-03-17 12:00")
    await ana.sees("A week ago Ben Okafor introduced you to Hannah Vogel")
    await ana.presses("Tell Ben Okafor")
    await ana.sees("Who introduced you reads this, and nobody else")
    await ana.fills_in(outcome="We talked for half an hour.")
    await ana.sees("Dear Ben", "We talked for half an hour.")
    await chat.passes("2026-03-18 12:00")
    await ben.sees("Ana Ruiz on the introduction to Hannah Vogel", "We talked for half an hour.")
    assert chat.keeps(Introduction)[0].state is IntroState.MET


async def the_class_is_asked(chat: Chat, ana: Someone, ben: Someone) -> None:
    """G2: the answer goes into an introduction, and the channel sees nothing of it."""
    await ana.says("who in my class knows somebody at Lindenhof?")
    await ana.presses("Ask the whole class")
    await ana.sees("Your class sees your name and the question")
    await ana.fills_in(blurb=BLURB)
    await ana.sees("on its way to the channel")
    await chat.passes()
    await looks_into_the_channel(ben)
    await ben.sees("Ana Ruiz asks: who knows someone, Lindenhof?")
    await ben.presses("I do")
    await ben.sees("Whom do you know?")
    await ben.fills_in(person="Priya Nair")
    await ben.sees("Now ask Priya Nair")
    await ben.sees("Hi Priya", "would like to learn about Lindenhof")
