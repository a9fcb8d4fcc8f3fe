"""At most one unasked message a day, and fewer still to somebody who does not react."""

from whenever import TimeDelta

from bot.domain.owed import OwedState, Urgency
from bot.invocation import call
from bot.ports import Refused, Unclear
from tests.bot.delivery.house import MONDAY, House, at


async def a_week(house: House, *, answers: tuple[int, ...] = ()) -> list[str]:
    """A nudge falls due each morning from Monday on; the first line of what came each day."""
    ana = house.member()
    said: list[str] = []
    for day in range(23, 28):
        house.note(ana, f"day {day}", at(f"2026-11-{day} 08:00"))
        await house.tick_at(f"2026-11-{day} 09:00")
        words = house.paper.words_to("ana")
        said.append(words[-1] if len(words) == len([*filter(None, said)]) + 1 else "")
        if day in answers:
            house.says("ana")
    return said


async def test_after_two_ignored_it_offers_less_and_after_three_it_is_quiet(house: House) -> None:
    monday, tuesday, wednesday, thursday, friday = await a_week(house)
    assert "think of" in monday
    assert "Less often" not in tuesday
    assert "think of" in wednesday
    assert "You’ve let two of these pass" in wednesday
    assert "I’ll be quiet now" in thursday
    assert "think of" not in thursday
    assert friday == ""


async def test_any_reaction_counts(house: House) -> None:
    said = await a_week(house, answers=(24, 26))
    assert all("think of" in words for words in said)
    assert not any("You’ve let two" in words for words in said)


async def test_a_word_from_them_starts_it_again_with_what_is_not_too_old(house: House) -> None:
    await a_week(house)
    house.says("ana")
    await house.tick_at("2026-11-28 09:00")
    words = house.paper.words_to("ana")[-1]
    assert "day 26" in words
    assert "day 27" in words
    assert "quiet" not in words


async def test_what_was_held_while_it_was_quiet_ends_in_the_due_list(house: House) -> None:
    await a_week(house)
    await house.tick_at("2026-12-10 09:00")
    states = {row.state for row in house.rows(command="note")}
    assert states == {OwedState.SENT, OwedState.SKIPPED}


async def test_the_quiet_message_survives_a_refusal(house: House) -> None:

    ana = house.member(ignored=3)
    house.note(ana, "Dana")
    house.paper.fails(Refused("busy"))
    await house.engine.tick()
    await house.tick_at(house.clock.now() + TimeDelta(seconds=30))
    (words,) = house.paper.words_to("ana")
    assert "I’ll be quiet now" in words
    assert house.fresh(ana).ignored == 4


async def test_one_unasked_message_a_local_day(house: House) -> None:
    ana = house.member()
    for hour in (10, 11, 15):
        house.note(ana, f"{hour} o’clock", at(f"2026-11-23 {hour}:00"))
        await house.tick_at(f"2026-11-23 {hour}:00")
    assert len(house.paper.letters) == 1
    await house.tick_at("2026-11-24 09:00")
    (_, second) = house.paper.words_to("ana")
    assert "11 o’clock" in second
    assert "15 o’clock" in second


async def test_a_booked_talks_reminder_comes_besides(house: House) -> None:
    ana = house.member()
    house.note(ana, "Dana")
    await house.engine.tick()
    house.note(ana, "the talk at three", at("2026-11-23 14:45"), urgency=Urgency.BOOKED)
    await house.tick_at("2026-11-23 14:45")
    assert len(house.paper.letters) == 2


async def test_an_unknown_message_counts_as_the_one_of_that_day(house: House) -> None:
    """It may have arrived."""

    house.paper.repeatable = False
    ana = house.member()
    house.note(ana, "Dana")
    house.paper.fails(Unclear("reset"))
    await house.engine.tick()
    house.note(ana, "Li")
    await house.tick_at("2026-11-23 12:00")
    assert house.paper.letters == []
    await house.tick_at("2026-11-24 09:00")
    assert len(house.paper.letters) == 1


async def test_what_only_tells_is_neither_counted_nor_taken_back(house: House) -> None:
    """Refused or sent, it leaves the count as it is."""
    ana = house.member(ignored=1)
    house.owe(ana, call("leaving soon"))
    house.paper.fails(Refused("busy", retry_after=30))
    await house.engine.tick()
    assert house.fresh(ana).ignored == 1
    await house.tick_at(MONDAY + TimeDelta(seconds=30))
    assert house.paper.words_to("ana") != []
    assert house.fresh(ana).ignored == 1
