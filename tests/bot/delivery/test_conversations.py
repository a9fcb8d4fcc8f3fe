"""Where a message to somebody went is kept with their account, so that the next need not ask."""

from dataclasses import replace
from pathlib import Path

from bot.domain.cohort import Account, Member
from bot.domain.owed import OwedState, Urgency
from bot.ports import Refused, Sent, Trouble
from tests.bot.delivery.house import House, another


def account(house: House, member: Member) -> Account:
    """As it is stored now."""
    with house.database.reading(house.cohort.id) as store:
        found = store.first(Account, member_id=member.id)
    assert found is not None
    return found


async def goes(house: House, member: Member, about: str, outcome: Sent | Refused) -> None:
    """A message of theirs, which ends so."""
    house.note(member, about, urgency=Urgency.ANSWER)
    house.paper.fails(outcome)
    assert await house.engine.tick() == 1


async def test_it_is_kept_and_another_process_knows_it(house: House, tmp_path: Path) -> None:
    """The surface is told of it with the next message, by whoever sends that."""
    ana = house.member()
    assert account(house, ana).conversation == ""
    await goes(house, ana, "Dana", Sent("D1/7", conversation="D1"))
    assert account(house, ana).conversation == "D1"
    two = another(house, tmp_path)
    assert account(two, ana).conversation == "D1"
    two.database.close()


async def test_it_is_written_only_when_it_changed(house: House) -> None:
    """A message that went where the last one did costs no write."""
    ana = house.member()
    await goes(house, ana, "Dana", Sent("D1/7", conversation="D1"))
    kept = account(house, ana)
    await goes(house, ana, "Lee", Sent("D1/8", conversation="D1"))
    await goes(house, ana, "Kim", Sent("somewhere"))
    assert account(house, ana) == kept
    await goes(house, ana, "Bo", Sent("D2/1", conversation="D2"))
    assert account(house, ana) == replace(kept, conversation="D2")


async def test_a_refusal_leaves_it(house: House) -> None:
    ana = house.member()
    await goes(house, ana, "Dana", Sent("D1/7", conversation="D1"))
    await goes(house, ana, "Lee", Refused("closed", Trouble.PERSON))
    assert (account(house, ana).conversation, account(house, ana).reachable) == ("D1", False)


async def test_what_somebody_changed_meanwhile_stays(house: House) -> None:
    """The account is written as it is now, not as it was when the message was made."""
    ana = house.member()
    row = house.note(ana, "Dana")

    async def renamed(_letter: object) -> Sent:
        with house.database.writing(house.cohort.id) as store:
            store.save(replace(account(house, ana), name="Ana L.", admin=True))
        return Sent("D1/7", conversation="D1")

    house.paper.troubles.append(renamed)
    await house.engine.tick()
    now = account(house, ana)
    assert (now.name, now.admin, now.conversation) == ("Ana L.", True, "D1")
    assert house.state(row) is OwedState.SENT


async def test_who_left_meanwhile_leaves_nothing(house: House) -> None:
    """Everything of theirs was deleted while the message was on its way."""
    ana = house.member()
    house.note(ana, "Dana")

    async def gone(_letter: object) -> Sent:
        with house.database.writing(house.cohort.id) as store:
            store.remove(ana)
        return Sent("D1/7", conversation="D1")

    house.paper.troubles.append(gone)
    await house.engine.tick()
    with house.database.reading(house.cohort.id) as store:
        assert store.count(Account) == 0
