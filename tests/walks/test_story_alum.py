"""An alum in the workspace, on every surface: lists themselves, says yes, pauses, leaves.

FEATURES K4, Words 9: two students have them asked; the second hears a kind no, nothing of leaving.
"""

import pytest

from bot.domain.asks import Ask
from bot.domain.cohort import Member, Role
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Alum
from tests.walks.chats.chat import Chat, Someone
from tests.walks.test_story_class import chooses_the_channel, looks_into_the_dm

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = "Dear Ben, may I ask you about first novels for 20 minutes? Advice, not a job."


async def test_an_alum_volunteers_and_leaves(chat: Chat) -> None:
    """Each step is the alum's own; students hear what they need and no more."""
    hannah = await chat.person("Hannah Vogel", admin=True)
    await hannah.joins()
    await chooses_the_channel(hannah)
    await looks_into_the_dm(hannah)
    ben = await chat.person("Ben Okafor")
    await he_lists_himself(chat, ben)
    ana = await chat.member("Ana Ruiz")
    await has_him_asked(ana)
    await he_says_yes(chat, ana, ben)
    await he_pauses(ana, ben)
    await has_him_asked(hannah)
    await he_leaves(chat, hannah, ben)


async def he_lists_himself(chat: Chat, ben: Someone) -> None:
    """A form, then the requests come here; no student's check-in does."""
    await ben.types("/alum volunteer")
    await ben.sees("List me as alum")
    await ben.fills_in(
        field="publishing", title="Editor", topics="first novels", asks_per_month="2"
    )
    await ben.sees("You’re in the directory", "2 requests a month", "You get no check-ins")
    await ben.presses("Bring me requests here")
    if not ben.has_zone:
        await ben.presses("Set my time zone")
        await ben.fills_in(zone="Chicago")
    await ben.sees("10:00")
    await chat.passes()
    await ben.sees("this is where I’ll write", "too many requests")
    assert chat.keeps(Member, name="Ben Okafor")[0].role is Role.ALUM


async def has_him_asked(student: Someone) -> None:
    """Found, the manners, and the student's own words, put to him by us."""
    await student.types("/alum find", field="publishing")
    await student.sees("Ben Okafor")
    await student.presses("Draft an ask", beside="Ben Okafor")
    await student.sees("Before your first note")
    await student.presses("I’ll do it this way")
    await student.sees("A note to Ben Okafor")
    await student.presses("Let me ask them")
    await student.sees("They read this and your name")
    await student.fills_in(words=WORDS)
    await student.sees("Ben Okafor gets it at a good hour")


async def he_says_yes(chat: Chat, ana: Someone, ben: Someone) -> None:
    await chat.passes()
    await ben.sees("Ana Ruiz, a student, would like", "your first request this month", WORDS)
    await ben.presses("Yes")
    await ben.sees("opening a chat for the two of you")
    await chat.passes()
    await ana.sees("Ben Okafor said yes")
    (meeting,) = chat.keeps(Owed, command="ask together")
    assert meeting.state is OwedState.SENT


async def he_pauses(ana: Someone, ben: Someone) -> None:
    """In plain words; he comes back when he likes."""
    await ben.says("pause")
    await ben.sees("Pause requests")
    await ben.presses("Pause requests")
    await ben.sees("until you say so")
    await ben.fills_in(until="2026-03-20")
    await ben.sees("students don’t find you before")
    await ana.types("/alum find", field="publishing")
    await ana.sees("I find nobody")
    await ben.presses("Back again")
    await ben.sees("You’re back in the directory")


async def he_leaves(chat: Chat, hannah: Someone, ben: Someone) -> None:
    await chat.passes("2026-03-11 10:30")
    await ben.sees("Hannah Vogel, a student, would like", "your second request this month")
    await ben.presses("Leave the list")
    await ben.sees("You’re off the list, and Hannah hears a kind no")
    await chat.passes()
    heard = await hannah.sees("Ben Okafor can’t this time, and sends a kind no")
    assert "list" not in heard.replace("your list", "")
    await hannah.types("/alum find", field="publishing")
    await hannah.sees("I find nobody")
    (entry,) = chat.keeps(Alum)
    assert entry.left is not None
    assert {each.outcome for each in chat.keeps(Ask)} == {"replied", "declined"}
