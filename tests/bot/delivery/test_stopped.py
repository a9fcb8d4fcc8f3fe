"""Through a workspace that lost its token nothing goes and nothing is burned; organisers know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from whenever import TimeDelta

from bot.delivery.lanes import PLACES
from bot.domain.cohort import Account, Member, Role, Workspace
from bot.domain.owed import OwedState, Urgency
from bot.ports import Refused, Trouble
from bot.stopping import resume_at, stop_at, trouble_lines
from tests.bot.delivery.house import MONDAY, House, at, build

REVOKED = Refused("token_revoked", Trouble.WORKSPACE)
MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[House]:
    """A class on two surfaces."""
    made = build(tmp_path, surfaces=("paper", "stone"))
    yield made
    made.database.close()


def space(house: House, surface: str = "paper") -> Workspace:
    """As it is stored."""
    found = house.database.workspace(surface, surface)
    assert found is not None
    return found


def also_on(house: House, member: Member, surface: str) -> None:
    """The member has an account there too, used less lately."""
    home = house.workspace(surface, surface)
    with house.database.writing(house.cohort.id) as store:
        store.add(Account(cohort_id=store.cohort_id, member_id=member.id, workspace_id=home.id,
                          surface=surface, external_id=member.name,
                          last_used=MONDAY - HOUR))  # fmt: skip


async def test_it_rests_but_for_a_probe_an_hour_and_others_go(two: House) -> None:
    """The first find out; the rest are not even tried, nothing is burned, and it is said once."""
    here = [two.note(two.member(f"m{n}"), "Dana") for n in range(PLACES + 5)]
    there = two.note(two.member("zoe", surface="stone"), "Li")
    for _ in range(PLACES + 5):
        two.paper.fails(REVOKED)
    with structlog.testing.capture_logs() as logs:
        await two.engine.tick()
        await two.tick_at(MONDAY + 30 * MINUTE)
    assert two.state(there) is OwedState.SENT
    assert {two.state(row) for row in here} == {OwedState.DUE}
    assert len(two.paper.attempts) <= PLACES, "the places that were on their way already"
    assert (space(two).stopped, space(two).trouble) == (MONDAY, "token_revoked")
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["workspace stopped"]
    tried = len(two.paper.attempts)
    await two.tick_at(MONDAY + HOUR)
    assert len(two.paper.attempts) == tried + 1
    await two.tick_at(MONDAY + HOUR + 40 * MINUTE)
    assert len(two.paper.attempts) == tried + 1
    await two.engine.stop()


async def test_a_probe_that_arrives_wakes_it_and_each_gets_one_message(two: House) -> None:
    """Spread like what was missed in any absence; the organiser hears it once."""
    zoe = two.member("zoe", role=Role.ORGANISER, named=True)
    rows = [two.note(two.member(f"m{n}"), "Dana") for n in range(5)]
    for _ in range(5):
        two.paper.fails(REVOKED)
    await two.engine.tick()
    two.paper.troubles.clear()
    for number in range(95):
        await two.tick_at(MONDAY + HOUR + number * MINUTE)
    assert {two.state(row) for row in rows} == {OwedState.SENT}
    assert space(two).stopped is None
    (told,) = two.paper.words_to(zoe.name)
    assert told.startswith(
        "I can send again in one of your workspaces (paper); 4 messages waited. Each person gets "
        "one catch-up within half an hour, without what is over a week old."
    )
    assert all(len(two.paper.words_to(f"m{n}")) == 1 for n in range(5))
    await two.engine.stop()


async def test_who_is_elsewhere_too_is_written_to_there(two: House) -> None:
    """At once, and so is the organiser, who is told what to do."""
    ana = two.member()
    olga = two.member("olga", role=Role.ORGANISER, named=True)
    for each in (ana, olga):
        also_on(two, each, "stone")
    row = two.note(ana, "Dana")
    two.paper.fails(REVOKED)
    await two.engine.tick()
    await two.tick_at(MONDAY + MINUTE)
    assert two.state(row) is OwedState.SENT
    stone = two.surfaces["stone"]
    assert len(stone.words_to("ana")) == 1
    (told,) = stone.words_to("olga")
    assert "I cannot send anything in one of your workspaces (paper)" in told
    assert "token_revoked" in told
    await two.engine.stop()


async def test_a_no_about_a_person_says_nothing_while_it_is_stopped(two: House) -> None:
    """Put out of a server, its members look closed; none of them is written off."""
    row = two.note(two.member(), "Dana")
    stop_at(two.database, "paper", "paper", "10004", MONDAY)
    two.paper.fails(Refused("50007", Trouble.PERSON))
    await two.tick_at(MONDAY + HOUR)
    assert two.state(row) is OwedState.DUE
    with two.database.reading(two.cohort.id) as store:
        assert store.count(Account, reachable=False) == 0
    await two.engine.stop()


async def test_let_in_again_it_works_at_once(two: House) -> None:
    """A reinstall or an event of the surface says so; nothing has to be tried first."""
    row = two.note(two.member(), "Dana", MONDAY)
    stop_at(two.database, "paper", "paper", "10004", MONDAY)
    assert await two.tick_at(MONDAY + 10 * MINUTE) == 0
    resume_at(two.database, "paper", "paper", MONDAY + 20 * MINUTE)
    for number in range(20, 52):
        await two.tick_at(MONDAY + number * MINUTE)
    assert two.state(row) is OwedState.SENT
    assert space(two).back == MONDAY + 20 * MINUTE
    await two.engine.stop()


async def test_a_word_from_there_brings_the_next_trial_forward(two: House) -> None:
    """Not each word: five minutes lie between two trials."""
    two.note(two.member(), "Dana")
    two.note(two.member("ben"), "Li")
    stop_at(two.database, "paper", "paper", "missing_scope", MONDAY)
    for minutes, attempts in ((2, 0), (6, 1), (7, 1), (12, 2)):
        two.paper.fails(Refused("missing_scope", Trouble.WORKSPACE))
        two.clock.move_to(MONDAY + minutes * MINUTE)
        two.says()
        await two.engine.tick()
        assert len(two.paper.attempts) == attempts, minutes
    await two.engine.stop()


async def test_a_trial_ahead_of_time_was_a_clock_that_ran_ahead(two: House) -> None:
    two.note(two.member(), "Dana")
    stop_at(two.database, "paper", "paper", "x", MONDAY + 24 * HOUR)
    assert await two.engine.tick() == 1
    await two.engine.stop()


async def test_the_channel_waits_too(two: House) -> None:
    with two.database.writing(two.cohort.id) as store:
        store.save(Workspace(cohort_id=store.cohort_id, id=1, surface="paper",
                             external_id="paper", channel="class"))  # fmt: skip
    row = two.note(None, "news", urgency=Urgency.ANSWER)
    stop_at(two.database, "paper", "paper", "x", MONDAY)
    assert await two.tick_at(MONDAY + MINUTE) == 0
    assert two.state(row) is OwedState.DUE
    resume_at(two.database, "paper", "paper", MONDAY + 2 * MINUTE)
    assert await two.tick_at(MONDAY + 3 * MINUTE) == 1
    await two.engine.stop()


def test_organisers_pages_have_a_line_for_each(two: House) -> None:
    stop_at(two.database, "paper", "paper", "token_revoked", at("2026-11-23 10:00"))
    stop_at(two.database, "paper", "paper", "another", at("2026-11-23 11:00"))
    with two.database.reading(two.cohort.id) as store:
        lines = [str(part) for part in trouble_lines(store)]
    assert len(lines) == 2
    assert "token_revoked" in lines[1]
