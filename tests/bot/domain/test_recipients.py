"""Who a message is owed to is one text and comes back from it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recipients import (
    FEWEST,
    MOST,
    Recipient,
    ToChannel,
    ToMember,
    ToTogether,
    recipient_of,
    together,
    written,
)

IDS = st.integers(1, 2**31)
SEVERAL = st.sets(IDS, min_size=FEWEST, max_size=MOST)


@given(st.one_of(IDS.map(ToMember), IDS.map(ToChannel), SEVERAL.map(together)))
def test_what_is_written_is_read_back(recipient: Recipient) -> None:
    """Each kind."""
    assert recipient_of(written(recipient)) == recipient


@given(SEVERAL, st.randoms())
def test_the_same_people_are_the_same_recipient(ids: set[int], chance: Random) -> None:
    """In whichever order, and however often, they are named."""
    named = [*ids, next(iter(ids))]
    chance.shuffle(named)
    assert together(named) == together(ids)


def test_a_pair_is_written_in_rising_order() -> None:
    """The form that other parts of the code may rely on."""
    assert written(together([15, 12])) == "together:12-15"
    assert recipient_of("together:12-15") == ToTogether((12, 15))


@pytest.mark.parametrize("ids", [[], [3], [3, 3], range(1, MOST + 2)])
def test_too_few_or_too_many_are_no_conversation(ids: list[int]) -> None:
    """One alone has a DM; more than a group message holds is a channel."""
    with pytest.raises(ValueError, match="too few or too many"):
        together(ids)


@pytest.mark.parametrize("to", ["channel", "", "member:x", "group:1", "together:"])
def test_anything_else_is_refused(to: str) -> None:
    """A row of no known recipient is a mistake of ours."""
    with pytest.raises(ValueError, match=r"invalid|recipient"):
        recipient_of(to)
