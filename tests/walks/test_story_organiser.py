"""A class from its first minute to Monday's brief, on every surface, as its organiser lives it.

FEATURES G5, H1–H3, H5, I6.
"""

import pytest
from whenever import Date

from bot.domain.asks import Ask
from bot.domain.cohort import Member
from bot.domain.people import Contact, Standing
from bot.domain.talks import Talk
from tests.walks.chats.chat import Chat, Someone
from tests.walks.chats.on_slack import OnSlack
from tests.walks.test_story_class import looks_into_the_channel, looks_into_the_dm

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHOM = ("Dana Whitfield", "Lee Chan", "Priya Nair")
"""Whom the students know; nobody else is to read these names."""


async def test_a_class_begins_and_one_is_stuck(chat: Chat) -> None:
    """Two join from the channel; Monday says who is stuck; a nudge goes; he sees what is seen."""
    hannah = await chat.person("Hannah Vogel", admin=True)
    ana, ben = await chat.person("Ana Ruiz"), await chat.person("Ben Okafor")
    await she_begins(chat, hannah)
    for each in (ana, ben):
        await joins_from_the_channel(each)
    await looks_into_the_dm(hannah)
    they_do_something(chat)
    await chat.passes("2026-03-17 12:00")
    await ben.types("/snowball")
    await hannah.marks()
    await chat.passes("2026-03-23 09:05")
    await mondays_brief(hannah)
    await she_nudges_ben(chat, hannah, ben)
    await he_sees_what_she_sees(ben)
    await the_school_gets_its_sheet(hannah)
    await ana.types("/cohort overview")
    await ana.sees("Only an organiser of this cohort can do that.")


async def she_begins(chat: Chat, hannah: Someone) -> None:
    """One command in the channel, one form; the invitation is in it by itself."""
    await hannah.joins()
    await looks_into_the_channel(hannah)
    if isinstance(hannah, OnSlack):
        await hannah.person.types("/cohort start")
    else:
        await hannah.types("/cohort start")
    await hannah.sees("Start the class")
    await hannah.fills_in(name="Spring 2026", school="Larkfield", ends="29 May 2026")
    await hannah.sees("Spring 2026", "Larkfield", "29 May", "on its way to your channel")
    await chat.passes()


async def joins_from_the_channel(made: Someone) -> None:
    """A press in the channel, answered in private; nothing comes before the opt-in."""
    await looks_into_the_channel(made)
    await made.sees("Spring 2026, Larkfield", "I write to nobody without your yes")
    await made.presses("Join")
    await made.sees("Your teacher sees counts")
    await made.presses("Opt in")
    if not made.has_zone:
        await made.presses("Set my time zone")
        await made.fills_in(zone="Chicago")
    await made.sees("10:00")
    await looks_into_the_dm(made)


def they_do_something(chat: Chat) -> None:
    """Ana talks to Dana twice; two notes of Ben's stay without an answer."""
    (ana,) = chat.keeps(Member, name="Ana Ruiz")
    (ben,) = chat.keeps(Member, name="Ben Okafor")
    now, cohort = chat.clock.now(), chat.house.cohort_id
    chat.holds(
        [
            Contact(
                cohort_id=cohort, owner_id=ana.id, name=WHOM[0], standing=Standing.THANKED,
                added=now,
            ),
            *(
                Contact(
                    cohort_id=cohort, owner_id=ben.id, name=name, standing=Standing.ASKED,
                    added=now,
                )
                for name in WHOM[1:]
            ),
        ]
    )  # fmt: skip
    (dana,) = chat.keeps(Contact, owner_id=ana.id)
    chat.holds(
        [
            *(
                Talk(
                    cohort_id=cohort, member_id=ana.id, contact_id=dana.id,
                    held=Date(2026, 3, day), logged=now, thanked=now,
                )
                for day in (10, 17)
            ),
            *(
                Ask(cohort_id=cohort, member_id=ben.id, contact_id=each.id, drafted=now, sent=now)
                for each in chat.keeps(Contact, owner_id=ben.id)
            ),
        ]
    )  # fmt: skip


async def mondays_brief(hannah: Someone) -> None:
    """Names of students, and of nobody they know."""
    said = await hannah.sees("Your class this week", "Stuck", "Ben Okafor", "Doing well")
    assert not [each for each in WHOM if each in said]
    await hannah.presses("Overview")
    seen = await hannah.sees("2 students, 1 could use a word", "notes without an answer")
    assert seen.index("Ben Okafor") < seen.index("Ana Ruiz")
    assert not [each for each in WHOM if each in seen]


async def she_nudges_ben(chat: Chat, hannah: Someone, ben: Someone) -> None:
    """Shown first, sent on a press, at his next good hour, with her name on it."""
    await hannah.presses("Nudge", beside="Ben Okafor")
    await hannah.sees("This goes to Ben Okafor", "rarely about you")
    await hannah.presses("Send it")
    await hannah.sees("On its way to Ben Okafor")
    await chat.passes("2026-03-24 09:05")
    await ben.sees("Hannah Vogel, who organises your class, asked me to look in on you")


async def he_sees_what_she_sees(ben: Someone) -> None:
    """Her view of him, by the same function."""
    await ben.types("/mydata teacher")
    said = await ben.sees(
        "all that your organisers can see", "2 asks", "nudge, an organiser asked for it"
    )
    assert not [each for each in WHOM if each in said]


async def the_school_gets_its_sheet(hannah: Someone) -> None:
    """A file to print, made from the tables."""
    await hannah.types("/cohort overview")
    await hannah.sees("2 students")
    await hannah.takes("Privacy sheet")
    sheet = (await hannah.gets("privacy-sheet.html")).decode()
    assert "Larkfield" in sheet
    assert "What the platform’s administrators can read" in sheet
