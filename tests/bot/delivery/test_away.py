"""Who shows others that they are on holiday is left in peace; what they booked still comes (F8)."""

import pytest
from whenever import TimeDelta

from bot.domain.owed import OwedState, Urgency
from tests.bot.delivery.house import MONDAY, House, at

FRIDAY = at("2026-11-27 00:00")


def heads(house: House) -> list[str]:
    """The first line of each message that Ana got."""
    return [words.split("\n")[0] for words in house.paper.words_to("ana")]


async def test_a_nudge_waits_for_the_end_and_the_next_good_hour(house: House) -> None:
    """And does not say that we were away: they were."""
    row = house.note(house.member(), "Dana")
    house.paper.holidays["ana"] = FRIDAY
    assert await house.engine.tick() == 0
    for moment in ("2026-11-25 10:00", "2026-11-26 19:00", "2026-11-27 08:00"):
        assert await house.tick_at(moment) == 0
    assert house.state(row) is OwedState.DUE
    house.paper.holidays.clear()
    assert await house.tick_at("2026-11-27 09:00") == 1
    assert heads(house) == ["ana, think of Dana."]


async def test_ended_early_the_nudge_comes_within_the_hour(house: House) -> None:
    house.note(house.member(), "Dana")
    house.paper.holidays["ana"] = FRIDAY
    assert await house.engine.tick() == 0
    house.paper.holidays.clear()
    assert await house.tick_at(MONDAY + TimeDelta(minutes=59)) == 0
    assert await house.tick_at(MONDAY + TimeDelta(minutes=60)) == 1


async def test_what_is_booked_and_what_was_asked_for_come_alone(house: House) -> None:
    """The nudge beside them stays behind."""
    ana = house.member()
    nudge = house.note(ana, "Dana")
    house.note(ana, "the talk", urgency=Urgency.BOOKED)
    house.note(ana, "the answer", urgency=Urgency.ANSWER)
    house.paper.holidays["ana"] = FRIDAY
    assert await house.engine.tick() == 2
    assert heads(house) == ["ana, think of the answer.", "ana, think of the talk."]
    assert house.state(nudge) is OwedState.DUE


async def test_held_too_long_it_is_left_to_the_due_list(house: House) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.holidays["ana"] = at("2026-12-24 00:00")
    assert await house.engine.tick() == 0
    assert await house.tick_at(MONDAY + TimeDelta(hours=24 * 7 + 1)) == 0
    assert house.state(row) is OwedState.SKIPPED


async def test_it_is_asked_once_a_message_and_only_when_one_would_go(house: House) -> None:
    """Not at night, not for what is booked, not for a digest's every part."""
    ana = house.member()
    await house.tick_at("2026-11-23 22:00")
    for about in ("Dana", "Li"):
        house.note(ana, about)
    house.note(ana, "the answer", urgency=Urgency.ANSWER)
    assert await house.engine.tick() == 1
    assert house.paper.questions == []
    assert await house.tick_at("2026-11-24 09:00") == 1
    assert house.paper.questions == ["ana"]


async def test_a_question_without_an_answer_holds_nothing(house: House) -> None:
    house.note(house.member(), "Dana")
    house.paper.speechless = True
    assert await house.engine.tick() == 1
    assert heads(house) == ["ana, think of Dana."]


async def test_a_question_that_hangs_is_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some seconds; here, at once."""
    monkeypatch.setattr("bot.delivery.sending.PATIENCE_TO_ASK", 0.0)
    house.note(house.member(), "Dana")
    house.paper.hangs = True
    assert await house.engine.tick() == 1
