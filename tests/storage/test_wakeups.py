"""When a row's job comes: at the moment that somebody should look at it, and of nothing else."""

from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.owed import Owed, OwedState, Urgency
from storage.wakeups import BOOKED_AHEAD, EARLY, SOON, again, moment
from tests.builders import NOW

HOUR = TimeDelta(hours=1)
ROW = Owed(cohort_id=1, id=17, to="member:1", command="note", call="note", due=NOW)
SENDING = replace(
    ROW, state=OwedState.SENDING, worker="one", lease_until=NOW + TimeDelta(minutes=1)
)


def test_a_row_is_woken_when_it_is_due_or_when_it_was_put_off_until() -> None:
    """A reminder of a booked talk days before, for it may have to go earlier."""
    assert moment(ROW) == NOW
    assert moment(replace(ROW, lease_until=NOW + HOUR)) == NOW + HOUR
    assert moment(replace(ROW, due=NOW + HOUR, lease_until=NOW)) == NOW + HOUR
    booked = replace(ROW, due=NOW + HOUR, urgency=Urgency.BOOKED)
    assert moment(booked) == NOW + HOUR - BOOKED_AHEAD
    assert moment(replace(booked, lease_until=NOW)) == NOW


def test_a_row_that_a_worker_has_needs_no_job_until_it_is_nobodys() -> None:
    """Its own job is held until it is settled; a repetition has nobody's name on it."""
    assert moment(SENDING) is None
    assert moment(replace(SENDING, worker="")) == SENDING.lease_until


@pytest.mark.parametrize(
    "state", [each for each in OwedState if each.value not in ("due", "sending")]
)
def test_what_is_settled_is_woken_by_nothing(state: OwedState) -> None:
    """Whatever its lease says."""
    settled = replace(ROW, state=state, lease_until=NOW + HOUR)
    assert moment(settled) is None
    assert again(settled, NOW) is None


def test_a_job_that_came_a_little_early_comes_again_and_one_that_moved_has_another() -> None:
    """The clocks of database and worker differ by seconds, a changed setting by more."""
    soon, later = NOW + EARLY, NOW + EARLY + TimeDelta(seconds=1)
    assert again(replace(ROW, due=soon), NOW) == soon
    assert again(replace(ROW, due=later), NOW) is None


def test_a_job_whose_recipient_is_being_served_comes_again() -> None:
    """Soon, when another message is on its way; when the lease ends, when this one is."""
    assert again(ROW, NOW) == NOW + SOON
    assert again(SENDING, NOW) == SENDING.lease_until
    ahead = replace(SENDING, lease_until=NOW + 24 * HOUR)
    assert again(ahead, NOW) == NOW + SOON, "written by a clock that ran ahead"
