"""Closed direct messages: the class's channel asks once, and tells nothing (FEATURES I5)."""

from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Urgency
from bot.invocation import Actor, Invocation, Place
from bot.ports import Refused, Trouble
from bot.reply import Mention, Paragraph
from tests.bot.delivery.house import MONDAY, House

CLOSED = Refused("50007", Trouble.PERSON)


@pytest.fixture
def ana(house: House) -> Member:
    """She has opted in, in a class with a channel."""
    with house.database.writing(house.cohort.id) as store:
        (workspace,) = store.find(Workspace)
        store.save(replace(workspace, channel="class"))
    return house.member("ana")


async def refuses(house: House, ana: Member, day: int, outcome: Refused = CLOSED) -> None:
    """What they are owed that day does not get through."""
    house.clock.move_to(MONDAY + TimeDelta(hours=24 * day))
    house.paper.fails(outcome)
    house.note(ana, f"a secret talk {day} with Dana", urgency=Urgency.ANSWER)
    await house.engine.tick()
    await house.engine.tick()


async def test_she_is_asked_where_the_class_reads_and_nothing_is_told(
    house: House, ana: Member
) -> None:
    await refuses(house, ana, 0)
    (post,) = house.paper.letters
    assert post.to == "#class"
    assert post.words.startswith("@ana, I have something for you")
    assert "Dana" not in post.words
    first = post.answer.parts[0]
    assert isinstance(first, Paragraph)
    assert first.text.values["who"] == Mention("ana", "ana")


async def test_she_is_asked_once_however_often_it_is_tried(house: House, ana: Member) -> None:
    """That she types commands says nothing of her direct messages."""
    for day in range(4):
        await refuses(house, ana, day)
        house.says("ana")
    assert len(house.paper.attempts) == 5
    assert len(house.paper.letters) == 1


async def test_after_a_message_got_through_she_may_be_asked_again(
    house: House, ana: Member
) -> None:
    await refuses(house, ana, 0)
    house.says("ana")
    house.note(ana, "Li", urgency=Urgency.ANSWER)
    await house.tick_at(MONDAY + TimeDelta(hours=1))
    await refuses(house, ana, 1)
    assert [each.to for each in house.paper.letters] == ["#class", "ana", "#class"]


async def test_who_is_gone_is_not_named(house: House, ana: Member) -> None:
    await refuses(house, ana, 0, Refused("user_not_found", Trouble.GONE))
    assert len(house.paper.attempts) == 1


async def test_who_has_not_opted_in_is_not_named(house: House, ana: Member) -> None:
    house.change(ana, opted_in=None)
    await refuses(house, ana, 0)
    assert house.paper.letters == []


async def test_without_a_channel_nobody_is_asked(house: House) -> None:
    await refuses(house, house.member("ana"), 0)
    assert house.paper.letters == []


async def test_who_can_be_reached_by_now_is_not_asked(house: House, ana: Member) -> None:
    """The post is made from the state at that moment."""
    house.paper.fails(CLOSED)
    house.paper.fails(Refused("busy", retry_after=60))
    house.note(ana, "Dana", urgency=Urgency.ANSWER)
    await house.engine.tick()
    await house.engine.tick()
    assert len(house.paper.attempts) == 2
    house.says("ana")
    await house.tick_at(MONDAY + TimeDelta(seconds=120))
    assert house.paper.letters == []


async def test_her_press_tries_again_and_nobody_elses_does(house: House, ana: Member) -> None:
    await refuses(house, ana, 0)
    house.member("bo")
    account = _account(house, ana)
    for name in ("bo", "ana"):
        actor = Actor("paper", "paper", name, name)
        pressed = Invocation("reach me", actor, Place(), "", arguments={"account": str(account.id)})
        assert house.dispatcher(pressed, house.paper.holds) is not None
    await house.engine.tick()
    assert [each.to for each in house.paper.letters] == ["#class", "ana"]
    assert "got through" in house.paper.letters[-1].words


def _account(house: House, member: Member) -> Account:
    with house.database.reading(house.cohort.id) as store:
        (found,) = store.find(Account, member_id=member.id)
    return found
