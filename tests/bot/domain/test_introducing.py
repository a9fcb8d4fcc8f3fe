"""The moves of an introduction: only legal ones, and its end tells nothing (FEATURES E3)."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from whenever import Instant, TimeDelta

from bot.domain.introducing import (
    LIVE,
    MOVES,
    WEEK,
    Candidate,
    Move,
    Seen,
    asker_knows_contact,
    asker_knows_owner,
    ends,
    fairest,
    may_be_put,
    moved,
    seen_by_asker,
    was_offered,
)
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import ContactKind, Sharing
from bot.domain.sharing import after_change, at_first
from tests.builders import NOW, a_contact

DAYS = 14
MOMENTS = some.integers(0, 40 * 24).map(lambda hours: NOW + TimeDelta(hours=hours))
calmly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STEPS = some.lists(some.tuples(some.sampled_from(Move), MOMENTS), max_size=12)


def an_intro(**rest: object) -> Introduction:
    """Ana hopes to meet somebody whom Mei knows."""
    begun = Introduction(cohort_id=1, id=1, asker_id=1, owner_id=2, contact_id=3, asked=NOW)
    return replace(begun, **rest)


def lived(steps: list[tuple[Move, Instant]]) -> Introduction:
    """One after whichever of these moves are legal."""
    intro = an_intro(put=NOW)
    for move, now in steps:
        intro = moved(intro, move, now) or intro
    return intro


def test_every_state_has_its_moves_and_every_end_is_reached() -> None:
    """No state is forgotten; what is closed stays closed."""
    assert set(MOVES) == set(IntroState)
    reached = {to for moves in MOVES.values() for to in moves.values()}
    assert reached == set(IntroState) - {IntroState.OFFERED, IntroState.ASKED}
    for state in set(IntroState) - set(LIVE):
        assert set(MOVES[state].values()) <= {IntroState.TAKEN_BACK}


@calmly
@given(STEPS)
def test_nobody_is_brought_together_without_both_yeses(steps: list[tuple[Move, Instant]]) -> None:
    """Whatever is pressed in whichever order."""
    intro = lived(steps)
    if intro.connected is not None:
        assert intro.owner_said is not None
        assert intro.contact_said is not None
    else:
        assert not asker_knows_contact(intro)
        assert not asker_knows_owner(intro)
    assert (intro.closed is None) == (intro.state in LIVE)


@calmly
@given(STEPS, MOMENTS)
def test_a_no_reads_like_silence_at_every_moment(
    steps: list[tuple[Move, Instant]], now: Instant
) -> None:
    """What the asker is told before two yeses depends on the clock, not on what was said."""
    intro = lived([step for step in steps if step[0] is not Move.TAKE_BACK])
    if intro.connected is None:
        assert seen_by_asker(intro, now, DAYS) == seen_by_asker(an_intro(put=NOW), now, DAYS)


@calmly
@given(STEPS)
def test_its_days_always_end_it(steps: list[tuple[Move, Instant]]) -> None:
    """Nothing stays open for ever."""
    intro = lived(steps)
    intro = moved(intro, Move.LAPSE, ends(intro, DAYS)) or intro
    assert intro.state not in LIVE
    assert intro.closed is not None


def test_an_offer_names_its_owner_and_a_request_does_not() -> None:
    """An owner who offers has said who they are."""
    assert was_offered(an_intro(owner_said=NOW, state=IntroState.OFFERED))
    assert not was_offered(an_intro(owner_said=NOW, put=NOW))
    assert not was_offered(an_intro(owner_said=NOW, who_knows_id=4))
    assert seen_by_asker(an_intro(state=IntroState.OFFERED), NOW, DAYS) is Seen.YOURS


@calmly
@given(some.lists(MOMENTS, max_size=8), MOMENTS, some.integers(1, 4))
def test_an_owner_is_asked_so_often_in_any_week(
    put: list[Instant], now: Instant, most: int
) -> None:
    """The moment found keeps the number, whatever was put before, and is not later than needed."""
    put = [each for each in put if each <= now]
    slot = may_be_put(put, now, most)
    assert slot >= now
    assert sum(slot - each < WEEK for each in put) < most or len(put) >= most
    assert len([each for each in put if slot - each < WEEK]) < most
    assert slot == now or len([each for each in put if now - each < WEEK]) >= most


def test_who_was_asked_least_is_asked() -> None:
    """The field itself first, then fairly."""
    near = Candidate(1, 1, near=True)
    busy, asked, fresh = Candidate(2, 2, load=1), Candidate(3, 3, last=NOW), Candidate(4, 4)
    assert fairest([near, busy, asked, fresh]) == fresh
    assert fairest([near, busy, asked]) == asked
    assert fairest([near, busy]) == busy
    assert fairest([]) is None


def test_family_is_never_open_by_default() -> None:
    """Neither when added, nor when somebody turns out to be family."""
    assert at_first("open", ContactKind.ALUM) is Sharing.OPEN
    assert at_first("open", ContactKind.FAMILY) is Sharing.ASK_FIRST
    assert at_first("private", ContactKind.FAMILY) is Sharing.PRIVATE
    assert at_first("rubbish", ContactKind.ALUM) is Sharing.PRIVATE
    dana = a_contact(sharing=Sharing.OPEN)
    assert after_change(dana, ContactKind.FAMILY) is Sharing.ASK_FIRST
    assert after_change(dana, dana.kind) is Sharing.OPEN
