"""What tells and asks nothing is not ignored by being left alone (FEATURES F5)."""

import pytest

from bot.command import registry
from bot.domain.timing import TELLS
from tests.front_door import House, Person


def test_hearing_that_the_class_ends_is_not_ignoring(house: House, ana: Person) -> None:
    """Nothing was asked; the check-in after it is."""
    house.joined("Otto", admin=True).types("/cohort end 20 December")
    before = ana.member.ignored
    house.moves_to("2026-11-24 10:00")
    assert "Your class ends on" in ana.letters[-1].words
    assert ana.member.ignored == before
    house.moves_to("2026-11-30 10:00")
    assert "Your week from" in ana.letters[-1].words
    assert ana.member.ignored == before + 1


@pytest.mark.parametrize("command", sorted(TELLS))
def test_what_tells_is_a_reminder_that_there_is(command: str) -> None:
    """By its name."""
    assert registry().get(command) is not None
