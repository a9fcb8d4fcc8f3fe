"""From a row that is owed to a message that arrived, once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from whenever import TimeDelta

from bot.clocks import MovableClock
from bot.delivery.parcels import Holiday, Parcel
from bot.delivery.sending import Served
from bot.domain.cohort import Account, Workspace
from bot.domain.owed import OwedState, Urgency
from bot.invocation import call
from bot.ports import Refused, Sent, Trouble, Unclear
from tests.bot.delivery.house import MONDAY, House, Letter, another, at, build


def seconds(number: float) -> TimeDelta:
    return TimeDelta(seconds=number)


async def test_what_is_due_is_sent_once(house: House) -> None:
    ana = house.member()
    row = house.note(ana, "Dana")
    await house.engine.tick()
    await house.engine.tick()
    assert [each.split("\n")[0] for each in house.paper.words_to("ana")] == ["ana, think of Dana."]
    assert house.state(row) is OwedState.SENT


async def test_the_words_are_made_when_it_is_sent_and_forgotten_when_it_is_settled(
    house: House,
) -> None:
    ana = house.member()
    house.note(ana, "Dana", at("2026-11-24 09:00"))
    await house.engine.tick()
    house.change(ana, name="Ana Maria")
    await house.tick_at("2026-11-24 09:00")
    (words,) = house.paper.words_to("ana")
    assert words.startswith("Ana Maria, think of Dana.")
    (row,) = house.rows(command="note")
    assert (row.reply, row.reference) == ("", f"paper-sb{row.id}")


async def test_nothing_left_to_say_is_skipped(house: House) -> None:
    row = house.note(house.member(), "over")
    assert await house.engine.tick() == 0
    assert house.state(row) is OwedState.SKIPPED


async def test_several_nudges_come_as_one_message_with_one_foot(house: House) -> None:
    ana = house.member()
    for about in ("Dana", "Li", "Sam"):
        house.note(ana, about)
    await house.engine.tick()
    (words,) = house.paper.words_to("ana")
    assert all(f"think of {name}" in words for name in ("Dana", "Li", "Sam"))
    assert words.count("Stop any time") == 1
    assert {row.state for row in house.rows(command="note")} == {OwedState.SENT}
    assert len({row.batch for row in house.rows(command="note")}) == 1


async def test_what_was_asked_for_comes_at_once_alone_and_without_the_foot(house: House) -> None:
    """Also at night, also to somebody who has not opted in: they asked for it."""
    ana = house.member(opted_in=None)
    for about in ("one", "two"):
        house.note(ana, about, urgency=Urgency.ANSWER)
    await house.tick_at("2026-11-24 03:00")
    assert house.paper.words_to("ana") == ["ana, think of one.", "ana, think of two."]


async def test_a_broken_reminder_holds_up_nobody_and_its_words_stay_out_of_the_log(
    house: House, capsys
) -> None:
    ana = house.member()
    broken = house.note(ana, "broken")
    whole = house.note(ana, "Dana")
    await house.engine.tick()
    assert house.state(whole) is OwedState.SENT
    assert house.state(broken) is OwedState.DUE
    assert "a secret of theirs" not in "".join(capsys.readouterr())


async def test_a_refused_message_is_due_again_and_its_words_are_made_anew(house: House) -> None:
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.fails(Refused("busy", retry_after=30))
    await house.engine.tick()
    assert house.state(row) is OwedState.DUE
    house.change(ana, name="Ana Maria")
    await house.tick_at(MONDAY + seconds(29))
    assert house.paper.letters == []
    await house.tick_at(MONDAY + seconds(30))
    (words,) = house.paper.words_to("ana")
    assert words.startswith("Ana Maria")
    assert house.fresh(ana).ignored == 1, "the refused one was not ignored"


async def test_who_cannot_be_written_to_is_marked_and_their_message_undeliverable(
    house: House,
) -> None:
    ana = house.member()
    row = house.note(ana, "Dana")
    later = house.note(ana, "Li", MONDAY + seconds(60))
    house.paper.fails(Refused("cannot_dm_user", Trouble.PERSON))
    await house.engine.tick()
    assert house.state(row) is OwedState.UNDELIVERABLE
    await house.tick_at(MONDAY + seconds(60))
    assert house.state(later) is OwedState.UNDELIVERABLE
    assert len(house.paper.attempts) == 1
    house.says("ana")
    house.note(ana, "Sam")
    await house.engine.tick()
    assert len(house.paper.letters) == 1, "who writes to us can be written to"


async def test_a_workspace_in_trouble_costs_nobody_anything(house: House) -> None:
    """A revoked token: nobody is written off, nothing is lost, and it is tried again in an hour."""
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.fails(Refused("token_revoked", Trouble.WORKSPACE))
    await house.engine.tick()
    assert house.state(row) is OwedState.DUE
    await house.tick_at(MONDAY + seconds(3599))
    assert len(house.paper.attempts) == 1
    await house.tick_at(MONDAY + seconds(3600))
    assert house.state(row) is OwedState.SENT


async def test_our_own_mistake_writes_nobody_off(house: House) -> None:
    """Words that the surface will never take are not sent again; the next message goes."""
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.fails(Refused("invalid_blocks", Trouble.OURS))
    await house.engine.tick()
    assert house.state(row) is OwedState.UNDELIVERABLE
    later = house.note(ana, "Li")
    await house.engine.tick()
    assert house.state(later) is OwedState.SENT


async def test_a_blocked_account_is_passed_over_for_another_of_theirs(house: House) -> None:
    ana = house.member()
    with house.database.writing(house.cohort.id) as store:
        (account,) = store.find(Account)
        older = replace(account, external_id="ana-too", last_used=MONDAY - seconds(9))
        store.add(older)
    house.note(ana, "Dana")
    house.paper.fails(Refused("blocked", Trouble.PERSON))
    await house.engine.tick()
    await house.tick_at(MONDAY + seconds(60))
    assert [each.to for each in house.paper.attempts] == ["ana", "ana-too"]
    assert len(house.paper.letters) == 1


async def test_an_unclear_attempt_is_repeated_with_the_same_words_and_nonce(house: House) -> None:
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.makes_but(Unclear("connection reset"))
    await house.engine.tick()
    assert house.state(row) is OwedState.SENDING
    house.change(ana, name="Somebody else")
    await house.tick_at(MONDAY + seconds(10))
    first, second = house.paper.attempts
    assert (first.words, first.nonce) == (second.words, second.nonce)
    assert len(house.paper.letters) == 1
    assert house.state(row) is OwedState.SENT
    assert house.fresh(ana).ignored == 1


async def test_unclear_on_a_surface_without_nonces_is_unknown_and_never_sent_again(
    house: House,
) -> None:
    house.paper.repeatable = False
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    await house.tick_at("2026-11-23 12:00")
    assert house.state(row) is OwedState.UNKNOWN
    assert len(house.paper.attempts) == 1
    assert house.fresh(ana).ignored == 0, "what may not have come was not ignored"


async def test_an_unclear_attempt_is_repeated_for_two_minutes_and_then_unknown(
    house: House,
) -> None:
    row = house.note(house.member(), "Dana")
    for _ in range(50):
        house.paper.fails(Unclear("no answer in time"))
    for passed in range(0, 300, 5):
        await house.tick_at(MONDAY + seconds(passed))
    last = house.paper.attempts[-1].at
    assert MONDAY + seconds(30) < last < MONDAY + seconds(120)
    assert len({each.nonce for each in house.paper.attempts}) == 1
    assert house.state(row) is OwedState.UNKNOWN


async def test_refused_after_an_unclear_attempt_is_still_unclear(house: House) -> None:
    """The refusal says nothing about the attempt before it, so the words must not change."""
    ana = house.member()
    house.note(ana, "Dana")
    house.paper.makes_but(Unclear("reset"))
    await house.engine.tick()
    house.change(ana, name="Somebody else")
    house.paper.fails(Refused("busy"))
    await house.tick_at(MONDAY + seconds(10))
    await house.tick_at(MONDAY + seconds(30))
    assert len(house.paper.attempts) == 3
    assert len({(each.words, each.nonce) for each in house.paper.attempts}) == 1
    assert len(house.paper.letters) == 1


async def test_refused_for_good_after_an_unclear_attempt_is_unknown(house: House) -> None:
    """It may have come before they closed the door."""
    row = house.note(house.member(), "Dana")
    house.paper.makes_but(Unclear("reset"))
    await house.engine.tick()
    house.paper.fails(Refused("blocked", Trouble.PERSON))
    await house.tick_at(MONDAY + seconds(10))
    assert house.state(row) is OwedState.UNKNOWN


async def test_a_repeated_message_goes_the_way_it_went_before(tmp_path: Path) -> None:
    """Though the member has moved to another surface since: a nonce means nothing there."""
    house = build(tmp_path, surfaces=("paper", "wall"))
    ana = house.member()
    house.note(ana, "Dana")
    house.paper.makes_but(Unclear("reset"))
    await house.engine.tick()
    with house.database.writing(house.cohort.id) as store:
        (account,) = store.find(Account)
        wall = house.database.workspace("wall", "wall")
        assert wall is not None
        newer = {"surface": "wall", "workspace_id": wall.id, "last_used": MONDAY + seconds(5)}
        store.add(replace(account, **newer))
    await house.tick_at(MONDAY + seconds(10))
    assert len(house.paper.attempts) == 2
    assert house.surfaces["wall"].attempts == []
    await house.engine.stop()
    house.database.close()


async def test_killed_after_sending_the_next_process_says_the_same_with_the_same_nonce(
    house: House, tmp_path: Path
) -> None:
    """Killed between the send and writing it down: one message, on a surface with nonces."""
    ana = house.member()
    row = house.note(ana, "Dana")

    async def dies(letter: Letter) -> None:
        house.paper.make(letter)
        raise asyncio.CancelledError

    house.paper.troubles.append(dies)  # ty: ignore[invalid-argument-type]
    await house.engine.tick()
    assert house.state(row) is OwedState.SENDING
    house.change(ana, name="Somebody else")
    after = another(house, tmp_path)
    await after.tick_at(MONDAY + seconds(59))
    assert len(house.paper.attempts) == 1, "the lease of the dead one still runs"
    await after.tick_at(MONDAY + seconds(60))
    first, second = house.paper.attempts
    assert (first.words, first.nonce) == (second.words, second.nonce)
    assert len(house.paper.letters) == 1
    assert after.state(row) is OwedState.SENT
    await after.engine.stop()
    after.database.close()


async def test_killed_while_sending_on_a_surface_without_nonces_leaves_it_unknown(
    house: House, tmp_path: Path
) -> None:
    house.paper.repeatable = False
    row = house.note(house.member(), "Dana")

    async def dies(letter: Letter) -> None:
        raise asyncio.CancelledError

    house.paper.troubles.append(dies)  # ty: ignore[invalid-argument-type]
    await house.engine.tick()
    after = another(house, tmp_path)
    await after.tick_at(MONDAY + seconds(61))
    assert after.state(row) is OwedState.SENDING, "the history may lag"
    await after.tick_at(MONDAY + seconds(121))
    assert after.state(row) is OwedState.UNKNOWN
    assert len(house.paper.attempts) == 1
    await after.engine.stop()
    after.database.close()


class Sleeper(Executor):
    """Runs work at once; before each piece but the first, time passes."""

    def __init__(self, clock: MovableClock, passes: TimeDelta) -> None:
        self.clock, self.passes, self.pieces = clock, passes, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.pieces:
            self.clock.move_to(self.clock.now() + self.passes)
        self.pieces += 1
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


async def test_a_worker_that_slept_beyond_its_lease_sends_nothing(house: House) -> None:
    """It asks again just before the send: somebody else may have sent it by now. Where nobody has,
    it was surely not begun, so it is due again."""
    row = house.note(house.member(), "Dana")
    (waiting,) = house.claims.waiting(MONDAY, ("paper",), (), 9)
    whole = house.engine._send
    slow = replace(whole, threads=Sleeper(house.clock, seconds(61)))
    assert await slow(waiting) is Served.NOTHING
    assert house.paper.attempts == []
    assert house.state(row) is OwedState.DUE
    house.clock.move_to(house.clock.now() + seconds(3))
    quick = replace(whole, threads=Sleeper(house.clock, seconds(1)))
    assert await quick(waiting) is Served.ONE


async def test_a_worker_that_was_overtaken_settles_nothing_but_a_success(
    house: House, tmp_path: Path
) -> None:
    row = house.note(house.member(), "Dana")
    (waiting,) = house.claims.waiting(MONDAY, ("paper",), (), 9)
    slept = house.engine._send.composer.parcel(waiting, Holiday())
    two = another(house, tmp_path)
    assert two.engine._send.composer.parcel(waiting, Holiday()) is None, (
        "the first one's lease still runs"
    )
    house.clock.move_to(MONDAY + seconds(61))
    took_over = two.engine._send.composer.parcel(waiting, Holiday())
    assert isinstance(slept, Parcel)
    assert isinstance(took_over, Parcel)
    for outcome in (Refused("busy"), Refused("gone", Trouble.PERSON), Unclear("reset")):
        house.engine._send.settler.settle(slept, outcome)
        assert two.engine._send.settler.still_mine(took_over)
    house.engine._send.settler.settle(slept, Sent("made after all"))
    assert house.state(row) is OwedState.SENT
    await two.engine.stop()
    two.database.close()


async def test_what_was_given_up_and_arrived_after_all_waits_for_an_answer_again(
    house: House, tmp_path: Path
) -> None:
    """Unknown, it counts as not ignored; known to have come, it counts."""
    ana = house.member()
    row = house.note(ana, "Dana")
    (waiting,) = house.claims.waiting(MONDAY, ("paper",), (), 9)
    slept = house.engine._send.composer.parcel(waiting, Holiday())
    two = another(house, tmp_path)
    house.clock.move_to(MONDAY + seconds(61))
    took_over = two.engine._send.composer.parcel(waiting, Holiday())
    assert isinstance(slept, Parcel)
    assert isinstance(took_over, Parcel)
    two.engine._send.settler.settle(took_over, Refused("our bug", Trouble.OURS))
    assert (house.state(row), house.fresh(ana).ignored) == (OwedState.UNKNOWN, 0)
    house.engine._send.settler.settle(slept, Sent("made after all"))
    assert (house.state(row), house.fresh(ana).ignored) == (OwedState.SENT, 1)
    await two.engine.stop()
    two.database.close()


async def test_who_is_being_written_to_is_not_asked_for(house: House) -> None:
    """Not even for another message, until the first is settled or its worker is gone."""
    ana = house.member()
    house.note(ana, "Dana")
    (waiting,) = house.claims.waiting(MONDAY, ("paper",), (), 9)
    house.engine._send.composer.parcel(waiting, Holiday())
    house.note(ana, "Li", urgency=Urgency.ANSWER)
    assert house.claims.waiting(MONDAY, ("paper",), (), 9) == []
    assert house.claims.waiting(MONDAY + seconds(60), ("paper",), (), 9) == [waiting]


async def test_a_clock_that_ran_ahead_and_came_back_holds_nothing_up(house: House) -> None:
    row = house.note(house.member(), "Dana")
    await house.tick_at("2026-11-25 03:00")
    assert house.paper.attempts == []
    await house.tick_at(MONDAY)
    assert house.state(row) is OwedState.SENT


async def test_a_claim_made_by_a_clock_that_ran_ahead_does_not_last_until_then(
    house: House,
) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.makes_but(Unclear("reset"))
    await house.tick_at("2026-11-24 10:00")
    await house.tick_at(MONDAY)
    assert house.state(row) is OwedState.SENT
    assert len(house.paper.letters) == 1


async def test_a_clock_that_goes_back_and_forth_doubles_nothing(house: House) -> None:
    ana = house.member()
    house.note(ana, "Dana")
    for day in ("2026-11-23", "2026-11-24", "2026-11-23", "2026-11-25", "2026-11-22"):
        await house.tick_at(f"{day} 10:00")
    assert len(house.paper.attempts) == 1


async def test_two_engines_on_one_database_send_each_message_once(
    house: House, tmp_path: Path
) -> None:
    names = [f"student{number}" for number in range(20)]
    for name in names:
        house.note(house.member(name), "Dana")
    house.paper.repeatable = False  # nothing but our rows stands against doubling
    two = another(house, tmp_path)
    await asyncio.gather(house.engine.tick(), two.engine.tick())
    assert sorted(each.to for each in house.paper.letters) == sorted(names)
    await two.engine.stop()
    two.database.close()


async def test_what_the_cohorts_channel_is_owed_goes_there(house: House) -> None:
    with house.database.writing(house.cohort.id) as store:
        (workspace,) = store.find(Workspace)
        store.save(replace(workspace, channel="class"))
    house.owe(None, call("note", about="the party"), urgency=Urgency.ANSWER)
    await house.engine.tick()
    assert [each.to for each in house.paper.letters] == ["#class"]


async def test_without_a_channel_it_is_undeliverable(house: House) -> None:
    row = house.owe(None, call("note", about="the party"), urgency=Urgency.ANSWER)
    await house.engine.tick()
    assert row is not None
    assert house.state(row) is OwedState.UNDELIVERABLE


async def test_a_member_of_a_surface_that_others_serve_is_left_to_them(house: House) -> None:
    away = house.member("bo", surface="elsewhere")
    row = house.note(away, "Dana")
    assert await house.engine.tick() == 0
    assert house.state(row) is OwedState.DUE
