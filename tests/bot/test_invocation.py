"""A button's written form comes back as the call that it was, whatever is in it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.command import registry
from bot.invocation import Call, Press, read, read_id, write, write_id

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = st.from_regex(r"[a-z][a-z_]{0,15}", fullmatch=True)
COMMANDS = st.sampled_from([*registry().by_name, "~"])
CALLS = st.builds(Call, COMMANDS, st.dictionaries(NAMES, WORDS, max_size=4))


@given(CALLS)
def test_a_call_survives_being_written(called: Call) -> None:
    """Reading undoes writing, and what is written is plain ASCII."""
    assert read(write(called)) == called
    assert write(called).isascii()


@given(CALLS, st.integers(0, 10**9), st.integers(0, 99), st.booleans())
def test_a_buttons_id_survives(called: Call, cohort: int, number: int, replaces: bool) -> None:
    """The cohort and whether the reply replaces the message travel with the call."""
    written = write_id(called, cohort, number, replaces=replaces)
    assert read_id(written) == Press(called, cohort, replaces)


@given(st.text(max_size=120))
def test_anything_else_is_a_call(written: str) -> None:
    """No id that a client may invent raises."""
    assert isinstance(read_id(written).call.command, str)
    assert isinstance(read(written).command, str)


@given(st.text(st.characters(categories=["Cs"]), min_size=1, max_size=5))
def test_half_characters_do_not_break_writing(words: str) -> None:
    """A lone surrogate becomes a question mark."""
    assert read(write(Call("x", {"w": words}))).arguments == {"w": "?" * len(words)}


def test_no_command_is_called_like_the_kept_calls() -> None:
    """Names are words, so that "~" and "?" are never a command's."""
    assert all(re.fullmatch(r"[a-z]+( [a-z-]+)?", each.name) for each in registry())
