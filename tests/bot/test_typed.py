"""Typed text taken apart as people type it."""

import pytest

from bot.command import registry
from bot.typed import take_apart

CASES = {
    "Dana": {"person": "Dana"},
    "Dana tip: read more": {"person": "Dana", "tip": "read more"},
    "Dana Tip:read": {"person": "Dana", "tip": "read"},
    "tip: a names: b and c": {"tip": "a", "names": "b and c"},
    "Dana “of Acme” tip: “be early”": {"person": "Dana “of Acme”", "tip": "be early"},
    "„Dana“": {"person": "Dana"},
    "‘Dana’ tip: 'x'": {"person": "Dana", "tip": "x"},
    '"Dana tip: no" tip: yes': {"person": "Dana tip: no", "tip": "yes"},
    'tip: "names: are hard" names: Lee': {"tip": "names: are hard", "names": "Lee"},
    "Dana tip:": {"person": "Dana"},
    "Dana https://x.example/tip:1": {"person": "Dana https://x.example/tip:1"},
    "Dana nothing: here": {"person": "Dana nothing: here"},
    "Dana tip: one tip: two": {"person": "Dana", "tip": "two"},
    '"': {"person": '"'},
    '""': {},
    "": {},
    "   ": {},
}


@pytest.mark.parametrize("typed", CASES)
def test_typed_text_is_taken_apart(typed: str) -> None:
    """One value, then pairs by name; quotes of every country; what is no option stays text."""
    log = registry().get("interview log")
    assert log is not None
    assert take_apart(typed, log) == CASES[typed]


def test_names_of_options_are_typed_with_either_line() -> None:
    """``referred-by:`` and ``referred_by:`` are the same option."""
    add = registry().get("contact add")
    assert add is not None
    expected = {"name": "Lee", "referred_by": "Dana"}
    assert take_apart("Lee referred-by: Dana", add) == expected
    assert take_apart("Lee referred_by:Dana", add) == expected


def test_what_only_we_write_cannot_be_typed() -> None:
    """A hidden parameter's name is ordinary text."""
    add = registry().get("contact add")
    assert add is not None
    assert take_apart("Lee newest: 3", add) == {"name": "Lee newest: 3"}
