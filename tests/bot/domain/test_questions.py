"""The question bank is large, kind and never repeats itself to the same person."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import PARTS, Question, pick, pick_for_talk, read_questions, suits

BANK = read_questions(
    tomllib.loads(files("bot.content").joinpath("questions.toml").read_text("utf-8"))
)
KEYS = [question.key for question in BANK]
FIELDS = sorted({field for question in BANK for field in question.fields})

parts = st.sampled_from([*PARTS, None])
some_fields = st.sets(st.sampled_from(FIELDS), max_size=3)
some_keys = st.sets(st.sampled_from(KEYS))


def test_there_are_enough_for_every_part_and_everybody() -> None:
    """150 at least; forty a part, and thirty a part for any field at all."""
    assert len(BANK) >= 150
    for part in PARTS:
        assert sum(q.part == part for q in BANK) >= 40
        assert sum(q.part == part and not q.fields for q in BANK) >= 30
        assert sum(q.part == part and q.opener and not q.fields for q in BANK) >= 2
    assert sum(q.closer for q in BANK) >= 5


def test_no_key_and_no_wording_is_there_twice() -> None:
    """A key is what "already asked" remembers."""
    assert len(set(KEYS)) == len(KEYS)
    assert len({re.sub(r"\W", "", q.ask.casefold()) for q in BANK}) == len(BANK)


@pytest.mark.parametrize("question", BANK, ids=lambda q: q.key)
def test_each_can_be_said_aloud(question: Question) -> None:
    """One or two short sentences, a question in them, no abbreviation, and nothing about a job
    for the one who asks.
    """
    assert 20 <= len(question.ask) <= 120
    assert "?" in question.ask
    assert question.ask[0].isupper()
    assert question.ask[-1] in "?."
    assert not re.search(r"\b[A-Z]{2,}\b", question.ask)
    assert not re.search(
        r"\b(hire me|hiring|opening|vacanc|offer me|job for me|intern)", question.ask
    )


@given(parts, some_fields, some_keys, st.integers())
def test_a_pick_fits_and_is_new(part, field_ids, already, seed) -> None:
    """Right part, right field, not asked before; and None only when there is none."""
    found = pick(BANK, part, field_ids, already, seed)
    fitting = [q for q in BANK if part in (None, q.part) and suits(q, field_ids)]
    if found is None:
        assert {q.key for q in fitting} <= already
    else:
        assert found in fitting
        assert found.key not in already
        assert found == pick(BANK, part, field_ids, already, seed)


def test_all_are_shown_before_any_comes_again() -> None:
    """Pressing `[another]` walks through every fitting question exactly once."""
    seen: list[str] = []
    while found := pick(BANK, "job", {"marketing"}, seen, seed=len(seen)):
        seen.append(found.key)
    fitting = {q.key for q in BANK if q.part == "job" and suits(q, {"marketing"})}
    assert len(seen) == len(fitting)
    assert set(seen) == fitting


@given(parts, st.integers())
def test_a_talk_begins_with_an_opener(part, seed) -> None:
    """The first question shown is one to begin with."""
    found = pick(BANK, part, (), (), seed)
    assert found is not None
    assert found.opener


def test_the_field_is_heard_but_does_not_take_over() -> None:
    """Among the first ten for a marketer some, but not all, are about marketing."""
    seen: list[Question] = []
    for turn in range(10):
        found = pick(BANK, "job", {"marketing"}, [q.key for q in seen], turn)
        assert found is not None
        seen.append(found)
    assert 1 <= sum(bool(q.fields) for q in seen) <= 5


@given(some_fields, some_keys, st.integers(), st.integers(min_value=1, max_value=10))
def test_the_brief_goes_through_the_parts_and_ends_well(field_ids, already, seed, count) -> None:
    """History, then the job, then the future, and one to end with; none twice."""
    chosen = pick_for_talk(BANK, field_ids, already, seed, count)
    assert len(chosen) <= count
    assert len(set(chosen)) == len(chosen)
    assert not {q.key for q in chosen} & already
    assert not any(q.closer for q in chosen[:-1])
    order = [PARTS.index(q.part) for q in chosen if not q.closer]
    assert order == sorted(order)


def test_a_fresh_brief_has_five_with_an_opener_and_a_closer() -> None:
    """As many as asked for."""
    chosen = pick_for_talk(BANK, {"nursing"}, (), "ana/dana")
    assert len(chosen) == 5
    assert chosen[0].opener
    assert chosen[-1].closer


def test_field_ids_are_those_of_the_content_files() -> None:
    """A slip in an id would silence its question for ever."""
    known: set[str] = set()
    for file in files("bot.content").joinpath("fields").iterdir():
        if file.name.endswith(".toml"):
            known |= set(tomllib.loads(file.read_text("utf-8")))
    assert set(FIELDS) <= known
