"""A partner for the term, a dry run and the school's sheet, on every surface (FEATURES K5, H4, H5).

The organiser's rows: what she previews is what comes, and what is stored is on the sheet.
"""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asks import Ask
from bot.domain.cohort import Member, Role
from bot.domain.pairings import Partnership
from bot.domain.people import Alum, Volunteer
from tests.walks.chats.chat import Chat, Someone
from tests.walks.test_story_class import chooses_the_channel, looks_into_the_dm

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_partner_for_the_term_and_a_dry_run(chat: Chat) -> None:
    """Proposed, two yeses, a first note that asks nothing anew; Monday as it would be."""
    hannah = await chat.person("Hannah Vogel", admin=True)
    await hannah.joins()
    await chooses_the_channel(hannah)
    await looks_into_the_dm(hannah)
    ana, ben = await chat.member("Ana Ruiz"), await chat.member("Ben Okafor")
    she_wants_publishing_and_he_is_in_it(chat)
    await hannah_proposes(chat, hannah)
    await both_say_yes(chat, ana, ben)
    await the_first_note_asks_nothing_anew(chat, ana)
    await a_number_changes_the_preview(hannah)
    await the_sheet_has_it_all(hannah)


def she_wants_publishing_and_he_is_in_it(chat: Chat) -> None:
    """Ana has said her field, and the manners; Ben is an alum who takes one student."""
    (ana,), (ben,) = chat.keeps(Member, name="Ana Ruiz"), chat.keeps(Member, name="Ben Okafor")
    now, cohort = chat.clock.now(), chat.house.cohort_id
    changes(chat, ana, field="Publishing", agreed_etiquette=now, major="English")
    changes(chat, ben, role=Role.ALUM)
    entry = Alum(
        cohort_id=cohort, name="Ben Okafor", title="Editor", company="Larkfield Press",
        field="Publishing", imported=now,
    )  # fmt: skip
    with chat.house.stores.writing(cohort) as store:
        kept = store.add(entry)
        store.add(Volunteer(cohort_id=cohort, alum_id=kept.id, member_id=ben.id, since=now))


def changes(chat: Chat, member: Member, **fields: Any) -> None:
    """Set what a settings form would."""
    with chat.house.stores.writing(chat.house.cohort_id) as store:
        store.save(replace(member, **fields))


async def hannah_proposes(chat: Chat, hannah: Someone) -> None:
    """A preview, and a press; nobody hears of it before."""
    await hannah.types("/cohort match")
    await hannah.sees("1 student could be partnered until", "Ana Ruiz – Ben Okafor")
    assert chat.keeps(Partnership) == []
    await hannah.presses("Ask 1 student")
    await hannah.sees("Asked: 1 student")


async def both_say_yes(chat: Chat, ana: Someone, ben: Someone) -> None:
    """The student first; the alum hears her name only then."""
    await chat.passes()
    await ana.sees("Your organiser has a partner for you: Ben Okafor, Editor at Larkfield Press")
    await ana.presses("Yes, ask them")
    await ana.sees("Ben is asked now")
    await chat.passes()
    await ben.sees("Ana Ruiz, a student, would like you as a partner in Publishing")
    await ben.presses("Yes")
    await ben.sees("Ana Ruiz begins")
    await chat.passes("2026-03-11 09:05")
    await ana.sees("Ben Okafor, Editor at Larkfield Press, said yes to being your partner")


async def the_first_note_asks_nothing_anew(chat: Chat, ana: Someone) -> None:
    """Its tie is the partnership, and no button asks him again."""
    await ana.presses("Draft the first note")
    await ana.sees("They said yes already")
    await ana.sees("Thank you for saying yes to being my partner this term.", "Publishing")
    assert not await ana.offers("Let me ask them")
    await ana.presses("Sent")
    await ana.sees("Well done.")
    (ask,) = chat.keeps(Ask)
    assert ask.sent is not None


async def a_number_changes_the_preview(hannah: Someone) -> None:
    """Monday has Ana's check-in until she moves it to the next day; nothing is sent by looking."""
    await hannah.types("/cohort preview", day="2026-03-16")
    await hannah.sees("Monday", "messages to 1 student", "weekly check-in", "from 9:00 where")
    await hannah.types("/cohort settings")
    await hannah.presses("Change", beside="Check-in Monday 9:00")
    await hannah.sees("Numbers: weeks")
    await hannah.fills_in(check_in_day="Tuesday", check_in_at="10:30")
    await hannah.sees("Saved", "Tuesday", "10:30")
    await hannah.types("/cohort preview", day="2026-03-16")
    await hannah.sees("Monday", "nothing to any student")
    await hannah.presses("The day after")
    await hannah.sees("Tuesday", "messages to 1 student", "weekly check-in", "from 10:30 where")


async def the_sheet_has_it_all(hannah: Someone) -> None:
    """What this story stored stands on the school's page, and who reads it."""
    await hannah.types("/cohort overview")
    await hannah.sees("1 student")
    await hannah.takes("Privacy sheet")
    sheet = (await hannah.gets("privacy-sheet.html")).decode()
    for said in ("Partners among the alumni", "What the platform’s administrators can read"):
        assert said in sheet
