"""Which student is partnered with which alum: nobody above their number, the near field first."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant

from bot.domain.pairings import Partnership
from bot.domain.partnering import (
    Candidate,
    partnered,
    stands,
    takes_room,
    term_ends,
    waits,
    was_let_down,
)

NOW = Instant.from_utc(2026, 11, 23, 9)
TODAY = Date(2026, 11, 23)
ASKED = Partnership(cohort_id=1, student_id=1, alum_id=2, proposed=NOW)

candidates = st.lists(
    st.builds(
        Candidate, st.integers(1, 12), st.integers(1, 8), st.integers(0, 90), st.booleans(),
        st.integers(0, 3),
    ),
    max_size=60,
    unique_by=lambda each: (each.student_id, each.alum_id),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(candidates, st.dictionaries(st.integers(1, 8), st.integers(0, 3)))
def test_nobody_is_above_their_number(found: list[Candidate], room: dict[int, int]) -> None:
    """A student has one partner, an alum as many as they have room for, each pair was possible."""
    pairs = partnered(found, room)
    assert all(many <= room.get(alum, 0) for alum, many in Counter(a for _, a in pairs).items())
    assert len({student for student, _ in pairs}) == len(pairs)
    assert set(pairs) <= {(each.student_id, each.alum_id) for each in found}


@settings(max_examples=80, deadline=None)
@given(candidates, st.sets(st.integers(1, 12)))
def test_whoever_is_free_and_fits_is_not_left(found: list[Candidate], first: set[int]) -> None:
    """Where an alum has a place, no student whom they fit is without a partner."""
    room = dict.fromkeys(range(1, 9), 1)
    pairs = partnered(found, room, first)
    students, alumni = {s for s, _ in pairs}, {a for _, a in pairs}
    for each in found:
        assert each.student_id in students or each.alum_id in alumni


def test_the_field_itself_before_its_neighbour_and_wishes_between_equals() -> None:
    """And one student each before two for one."""
    same, near = Candidate(1, 10), Candidate(1, 11, near=True, wishes=2)
    assert partnered([same, near], {10: 1, 11: 1}) == [(1, 10)]
    wished = [Candidate(1, 10), Candidate(1, 11, wishes=1)]
    assert partnered(wished, {10: 1, 11: 1}) == [(1, 11)]
    two = [Candidate(1, 10), Candidate(2, 10), Candidate(2, 11, rank=50)]
    assert partnered(two, {10: 2, 11: 1}) == [(1, 10), (2, 11)]


def test_whoever_was_let_down_comes_first() -> None:
    """One place, two students."""
    both = [Candidate(1, 10, wishes=3), Candidate(2, 10)]
    assert partnered(both, {10: 1}) == [(1, 10)]
    assert partnered(both, {10: 1}, first={2}) == [(2, 10)]


def test_a_proposal_takes_room_until_it_lapses_and_a_partner_until_the_term_ends() -> None:
    """Silence is a no after some days; two yeses stand until the day."""
    assert waits(ASKED, NOW, 14)
    assert not waits(ASKED, NOW.add(hours=24 * 14), 14)
    both = replace(ASKED, student_said="yes", alum_said="yes", until=TODAY)
    assert stands(both, TODAY)
    assert not stands(both, TODAY.add(days=1))
    assert takes_room(both, NOW, 14)
    assert not takes_room(replace(ASKED, closed=NOW), NOW, 14)
    assert was_let_down(replace(ASKED, student_said="yes", alum_said="no"))
    assert not was_let_down(replace(ASKED, student_said="no"))


def test_a_term_ends_when_the_organiser_or_the_cohort_says() -> None:
    """Else a term from now."""
    assert term_ends(TODAY.add(days=9), None, TODAY) == TODAY.add(days=9)
    assert term_ends(None, TODAY.add(days=3), TODAY) == TODAY.add(days=3)
    assert term_ends(None, TODAY.subtract(days=3), TODAY) == TODAY.add(weeks=15)
