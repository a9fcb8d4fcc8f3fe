"""The engine on PostgreSQL: rows are woken by jobs, whoever planned them; the rows are the truth.

No test here waits for the regular look but where it says so: what arrives was woken by the queue.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace

import pytest
from whenever import TimeDelta

from adapters.engine_wire import Wire
from adapters.engines import _connect_to
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import call
from bot.ports import LEASE, Outcome, Store
from storage.wakeups import QUEUE
from tests.adapters.queued import Deployment, deployed, template
from tests.bot.delivery.house import House, Letter
from tests.servers import postgres

SOON = 20
"""Seconds after which a test that waits has failed."""


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL for these tests."""
    if postgres.programs() is None:
        pytest.skip("there is no PostgreSQL here, neither the system's nor the wheel")
    with postgres.running() as started:
        yield started


@pytest.fixture(scope="module")
def copied(server: postgres.Postgres) -> Iterator[str]:
    """A migrated database, made once."""
    with template(server) as name:
        yield name


@pytest.fixture
async def deployment(server: postgres.Postgres, copied: str) -> AsyncIterator[Deployment]:
    """A database of its own; what was started is stopped."""
    with deployed(server, copied) as made:
        yield made
        await made.stop()


async def until(true: Callable[[], bool]) -> None:
    """Wait for it, looking often."""
    async with asyncio.timeout(SOON):
        while not true():  # noqa: ASYNC110 - the condition is in a database
            await asyncio.sleep(0.02)


async def test_what_another_process_plans_is_sent_at_once(deployment: Deployment) -> None:
    """It has no engine and rings no bell; the transaction that plans the row is all it does."""
    sends, plans = deployment.process("sends"), deployment.process("plans")
    await sends.engine.start()
    row = plans.note(plans.member(), "Dana", urgency=Urgency.ANSWER)
    await until(lambda: plans.state(row) is OwedState.SENT)
    assert [each.nonce for each in sends.paper.letters] == [f"sb{row.id}"]
    await until(lambda: deployment.jobs(row) == [])


async def test_what_was_planned_before_anybody_sent_is_sent_when_one_starts(
    deployment: Deployment,
) -> None:
    plans = deployment.process("plans")
    row = plans.note(plans.member(), "Dana")
    assert deployment.jobs() == ["queued"]
    await deployment.process("sends").engine.start()
    await until(lambda: plans.state(row) is OwedState.SENT)


async def test_planning_and_saving_again_makes_one_job_a_moment(deployment: Deployment) -> None:
    """Two processes plan the same; one saves it once more; then it is due at another moment."""
    one, two = deployment.process("one"), deployment.process("two")
    member = one.member()
    row = one.note(member, "Dana")
    assert two.owe(member, call("note", about="Dana")) is None
    with two.database.writing(row.cohort_id) as store:
        store.save(row)
    assert len(deployment.jobs()) == 1


async def test_two_engines_that_plan_at_once_owe_once(deployment: Deployment) -> None:
    one, two = deployment.process("one"), deployment.process("two")
    for number in range(10):
        one.member(f"student{number}")
    await asyncio.gather(*(asyncio.to_thread(each.engine._planner.plan) for each in (one, two)))
    assert len(one.rows(command="checkin ask")) == 10
    assert len(one.rows()) == len(deployment.jobs())


async def test_what_is_undone_has_no_job(deployment: Deployment) -> None:
    """Neither an attempt that fails within a transaction, nor the transaction itself."""
    house = deployment.process("one")
    row = house.note(house.member(), "Dana")
    deployment.asks(f"DELETE FROM {QUEUE}")

    def fail(store: Store) -> None:
        store.save(row)
        raise ZeroDivisionError

    writing = house.database.writing(row.cohort_id)
    with writing as store, pytest.raises(ZeroDivisionError), store.attempt():
        fail(store)
    with pytest.raises(ZeroDivisionError), house.database.writing(row.cohort_id) as store:
        fail(store)
    assert deployment.jobs() == []


async def test_jobs_that_come_twice_late_or_for_nobody_change_nothing(
    deployment: Deployment,
) -> None:
    """As after a restored backup: of a settled row, of one that is not due, of one that is not."""
    house = deployment.process("one")
    member = house.member()
    sent = house.note(member, "Dana")
    later = house.note(house.member("bo"), "Li", house.clock.now() + TimeDelta(hours=48))
    await house.engine.start()
    await until(lambda: house.state(sent) is OwedState.SENT)
    for number in (sent.id, sent.id, later.id, 4711):
        deployment.asks(
            f"INSERT INTO {QUEUE} (priority, status, entrypoint, payload)"
            f" VALUES (0, 'queued', 'owed', convert_to('{sent.cohort_id}:{number}', 'UTF8'))"
        )
    await until(lambda: deployment.jobs(sent, replace(sent, id=4711)) == [])
    await until(lambda: deployment.jobs(later) == ["queued"])
    assert len(house.paper.letters) == 1
    assert house.state(later) is OwedState.DUE


async def test_a_row_without_a_job_is_found_by_the_look(deployment: Deployment) -> None:
    """Written by a process without the queue, or in a restored backup."""
    house = deployment.process("one")
    row = house.note(house.member(), "Dana")
    deployment.asks(f"DELETE FROM {QUEUE}")
    await house.engine.start()
    house.bell.wake()
    await until(lambda: house.state(row) is OwedState.SENT)


async def stuck(_letter: Letter) -> Outcome:
    """A worker that never comes back."""
    await asyncio.Event().wait()
    raise AssertionError


async def leave_undone(deployment: Deployment, dies: House) -> Owed:
    """A message whose worker is gone while it was on its way."""
    member = dies.member()
    await dies.engine.start()
    first = dies.note(member, "Li", urgency=Urgency.ANSWER)
    await until(lambda: dies.state(first) is OwedState.SENT)  # its first look is over by then
    dies.paper.troubles.append(stuck)
    row = dies.note(member, "Dana", urgency=Urgency.ANSWER)
    await until(lambda: len(dies.paper.attempts) == 2)
    await deployment.kill(dies)
    return row


async def test_a_dead_workers_job_is_picked_up_by_another(deployment: Deployment) -> None:
    """Its heartbeat is old, and the lease has run out: the same words, the same nonce, once."""
    dies, lives = deployment.process("dies"), deployment.process("lives")
    row = await leave_undone(deployment, dies)
    assert deployment.jobs(row) == ["picked"]
    deployment.clock.move_to(deployment.clock.now() + LEASE)
    deployment.asks(f"UPDATE {QUEUE} SET heartbeat = now() - interval '31 seconds'")
    await lives.engine.start()
    await until(lambda: lives.state(row) is OwedState.SENT)
    assert [each.nonce for each in lives.paper.attempts[1:]] == [f"sb{row.id}"] * 2
    assert len(lives.paper.letters) == 2


async def test_a_dead_workers_row_is_found_by_the_look_too(deployment: Deployment) -> None:
    """Without its job, when its lease has run out, and not before."""
    dies, lives = deployment.process("dies"), deployment.process("lives")
    row = await leave_undone(deployment, dies)
    deployment.asks(f"DELETE FROM {QUEUE}")
    assert await lives.engine.tick() == 0, "it may be alive still"
    deployment.clock.move_to(deployment.clock.now() + LEASE)
    assert await lives.engine.tick() == 1
    assert lives.state(row) is OwedState.SENT


async def test_workers_come_and_go_and_nothing_is_lost_or_doubled(deployment: Deployment) -> None:
    """Two at work, one more comes, the first goes. What that one knew of is left to the look."""
    plans = deployment.process("plans")
    workers = [deployment.process(f"worker{number}", (1.0, 0.0)) for number in range(3)]
    rows = [plans.note(plans.member(f"s{number}"), "Dana") for number in range(60)]
    letters = plans.paper.letters
    await asyncio.gather(*(each.engine.start() for each in workers[:2]))
    await until(lambda: len(letters) >= 5)
    await workers[2].engine.start()
    more = [plans.note(plans.member(f"t{number}"), "Li") for number in range(30)]
    await workers[0].engine.stop()
    await until(lambda: len(plans.rows(state=OwedState.SENT)) == len(rows) + len(more))
    assert len({each.nonce for each in letters}) == len(letters) == 90
    await until(lambda: plans.database.forget_jobs() >= 0 == len(deployment.jobs(*rows, *more)))


async def test_the_queue_comes_back_after_the_database_was_away(deployment: Deployment) -> None:
    """Its connections are cut; the next message is woken by the queue again."""
    house, plans = deployment.process("one"), deployment.process("plans")
    member = plans.member()
    await house.engine.start()
    first = plans.note(member, "Dana", urgency=Urgency.ANSWER)
    await until(lambda: plans.state(first) is OwedState.SENT)
    deployment.asks(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    second = plans.note(member, "Li", urgency=Urgency.ANSWER)
    await until(lambda: plans.state(second) is OwedState.SENT)


async def test_tidying_forgets_what_is_over(deployment: Deployment) -> None:
    """Jobs of rows that came to nothing, and the queue's own log; not what waits."""
    house = deployment.process("one")
    later = house.clock.now() + TimeDelta(hours=48)
    gone = house.note(house.member(), "Dana", later)
    waits = house.note(house.member("bo"), "Li", later)
    with house.database.writing(gone.cohort_id) as store:
        store.remove(gone)
    deployment.asks(f"UPDATE {QUEUE}_log SET created = now() - interval '2 hours'")
    assert house.database.forget_jobs() == 3
    assert deployment.jobs() == deployment.jobs(waits) == ["queued"]
    assert deployment.asks(f"SELECT id FROM {QUEUE}_log") == []


async def test_stopping_gives_back_what_was_not_begun(deployment: Deployment) -> None:
    """A job that comes while the engine stops is somebody else's."""
    stops = deployment.process("stops")
    row = stops.note(stops.member(), "Dana")
    await stops.engine._serving.stop(0)
    assert await stops.engine.woken((row.cohort_id, row.id)) == 0


async def test_what_it_says_to_itself_is_heard(deployment: Deployment) -> None:
    """A probe of the listening that is said before the listening began is not lost."""
    connect = _connect_to(deployment.process("one").database)
    async with await connect() as asking, await connect() as hearing:
        async with asyncio.timeout(SOON), Wire(asking, hearing) as wire:
            heard = asyncio.Queue[str | bytes | bytearray]()
            said = asyncio.create_task(wire.notify("probe", "hello"))
            await asyncio.sleep(0)
            await wire.add_listener("probe", heard.put_nowait)
            assert await heard.get() == "hello"
            await said
            assert not wire.lost.is_set()
        assert wire.lost.is_set()
