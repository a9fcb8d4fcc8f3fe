"""Nobody knows whether a message came: its reader is told within the day, and a press shows it."""

from typing import Any

from whenever import TimeDelta

from bot.dispatch import NoLimits
from bot.domain.cohort import Member, Role, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import Actor, Call, Invocation, Place
from bot.plaintext import plain
from bot.ports import Refused, Trouble, Unclear
from bot.reply import Answer, Buttons
from tests.bot.delivery.house import MONDAY, House, at

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
EVENING = at("2026-11-23 19:40")
UNSURE = "m not sure that this reached you"


async def lose(house: House, row: Owed) -> None:
    """The row's message goes, and nobody hears of it again."""
    house.paper.repeatable = False
    moment = house.clock.now()
    house.paper.fails(Unclear("no answer"))
    for seconds in range(0, 300, 10):
        await house.tick_at(moment + TimeDelta(seconds=seconds))
        if house.state(row) is OwedState.UNKNOWN:
            break
    else:
        raise AssertionError(house.state(row))


def told(house: House, to: str = "ana") -> list[str]:
    """The messages that say that something may not have come."""
    return [words for words in house.paper.words_to(to) if UNSURE in words]


def press(house: House, called: Call, name: str = "ana") -> str:
    """A button of theirs, and the words that come back."""
    actor = Actor("paper", "paper", name, name)
    given: dict[str, Any] = dict(called.arguments)
    said = house.dispatcher(
        Invocation(called.command, actor, Place(), "", given, how="pressed"), NoLimits()
    )
    assert said is not None
    assert isinstance(said.reply, Answer)
    return plain(said.reply)


def button_of(house: House, label: str) -> Call:
    """In the last message."""
    found = [
        each.call
        for part in house.paper.letters[-1].answer.parts
        if isinstance(part, Buttons)
        for each in part.buttons
        if each.label.template == label
    ]
    return found[0]


async def test_it_is_said_with_the_next_message_that_goes(house: House) -> None:
    """Not by one of its own, and once."""
    ana = house.member()
    await lose(house, house.note(ana, "the answer", urgency=Urgency.ANSWER))
    house.note(ana, "Dana", MONDAY + HOUR)
    assert await house.tick_at(MONDAY + HOUR) == 1
    (words,) = told(house)
    assert "think of Dana" in words
    for hours in (20, 30, 60):
        await house.tick_at(MONDAY + hours * HOUR)
    assert len(told(house)) == 1


async def test_alone_it_comes_within_a_day_and_in_a_waking_hour(house: House) -> None:
    """Lost at nine in the evening, told before the next nine in the evening; whatever else came."""
    ana = house.member()
    evening = at("2026-11-24 20:55")
    house.clock.move_to(evening)
    await lose(house, house.note(ana, "the answer", urgency=Urgency.ANSWER))
    moment = evening
    while not told(house):
        moment += HOUR
        assert moment <= evening + 24 * HOUR
        await house.tick_at(moment)
    local = house.paper.letters[-1].at.to_tz("Europe/Berlin")
    assert 9 <= local.hour < 20


async def test_the_press_shows_the_words_that_were_sent(house: House) -> None:
    """They are kept for it, and nobody else can see them."""
    ana = house.member()
    house.member("ben")
    await lose(house, house.note(ana, "the answer", urgency=Urgency.ANSWER))
    await house.tick_at(EVENING)
    show = button_of(house, "Show it")
    assert "ana, think of the answer." in press(house, show)
    assert "too old" in press(house, show, "ben")
    assert len(house.paper.letters) == 1, "nothing was sent anew"


async def test_words_that_are_not_kept_are_made_anew(house: House) -> None:
    """After a month they are forgotten, and after a restored backup there are none."""
    ana = house.member()
    row = house.note(ana, "the answer", urgency=Urgency.ANSWER)
    await lose(house, row)
    await house.tick_at(EVENING)
    show = button_of(house, "Show it")
    for month, kept in ((29, True), (31, False)):
        now = MONDAY + month * 24 * HOUR
        house.clock.move_to(now)
        house.claims.tidy(now - 30 * 24 * HOUR, now - 30 * 24 * HOUR)
        (found,) = house.rows(id=row.id)
        assert bool(found.reply) is kept
    assert "write it again" in press(house, show)
    await house.engine.tick()
    assert "think of the answer" in house.paper.letters[-1].words


async def test_our_own_mistake_is_told_too(house: House) -> None:
    """A message that the surface refused for how it is made: its reader need not miss it."""
    row = house.note(house.member(), "Dana")
    house.paper.fails(Refused("invalid_blocks", Trouble.OURS))
    await house.engine.tick()
    assert house.state(row) is OwedState.UNDELIVERABLE
    await house.tick_at(EVENING)
    assert len(told(house)) == 1


async def test_a_line_about_a_line_is_not_owed(house: House) -> None:
    """When that one gets lost as well, the due list has both."""
    await lose(house, house.note(house.member(), "Dana"))
    note = house.rows(command="missed unsure")[0]
    house.clock.move_to(EVENING)
    await lose(house, note)
    assert len(house.rows(command="missed unsure")) == 1


async def test_each_of_several_together_is_told(house: House) -> None:
    ana, ben = house.member(), house.member("ben")
    row = house.note(None, "you two", to=f"together:{ana.id}-{ben.id}", urgency=Urgency.ANSWER)
    await lose(house, row)
    await house.tick_at(EVENING)
    assert (len(told(house)), len(told(house, "ben"))) == (1, 1)
    assert "think of you two" in press(house, button_of(house, "Show it"), "ben")


async def test_a_post_that_may_be_missing_is_told_to_organisers(house: House) -> None:
    """Who can post it again by a press, once."""
    with house.database.writing(house.cohort.id) as store:
        (home,) = store.find(Workspace)
        store.save(Workspace(cohort_id=home.cohort_id, id=home.id, surface="paper",
                             external_id="paper", channel="class"))  # fmt: skip
    olga: Member = house.member("olga", role=Role.ORGANISER, named=True)
    await lose(house, house.note(None, "the news", urgency=Urgency.ANSWER))
    await house.engine.tick()
    assert "not sure that my post" in house.paper.words_to("olga")[-1]
    again = button_of(house, "It isn’t there: post it")
    assert "I post it again" in press(house, again, olga.name)
    assert "once is enough" in press(house, again, olga.name)
    await house.engine.tick()
    assert len(house.paper.words_to("#class")) == 1
    assert "Only an organiser" in press(house, again)


async def test_a_row_with_nothing_to_say_takes_nobodys_turn(house: House) -> None:
    """The next one goes in the same look."""
    ana = house.member()
    over = house.note(ana, "over", urgency=Urgency.ANSWER)
    row = house.note(ana, "Dana", urgency=Urgency.ANSWER)
    nudge = house.note(ana, "Li")
    assert await house.engine.tick() == 2
    assert house.state(over) is OwedState.SKIPPED
    assert {house.state(row), house.state(nudge)} == {OwedState.SENT}
