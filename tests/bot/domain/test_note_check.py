"""The check of a draft, measured on notes of our own: tuned on, held out, and never tuned on."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cohort import Numbers
from bot.domain.note_check import FindingKind, check_note, count_words

NUMBERS = Numbers()
NOTES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("notes.toml").read_text(encoding="utf-8")
)["note"]


def figures(notes: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """By kind and overall: rightly found, wrongly found, missed."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for note in notes:
        found = {each.kind.value for each in check_note(note["words"], NUMBERS)}
        wanted = set(note["finds"])
        for kinds, counter in ((found & wanted, right), (found - wanted, wrong)):
            counter.update(kinds)
        missed.update(wanted - found)
    kinds = {
        kind.value: (right[kind.value], wrong[kind.value], missed[kind.value])
        for kind in FindingKind
    }
    return {**kinds, "overall": (right.total(), wrong.total(), missed.total())}


def shares(right: int, wrong: int, missed: int) -> tuple[float, float]:
    """Precision and recall; of nothing, both are whole."""
    return right / (right + wrong or 1) or float(not wrong), right / (right + missed or 1) or float(
        not missed
    )


def part(which: str) -> list[dict[str, Any]]:
    """The notes of one part: "held_out", "fresh", "blind", or those that were "tuned on"."""
    if which == "tuned on":
        return [each for each in NOTES if not each.keys() & {"held_out", "fresh", "blind"}]
    return [each for each in NOTES if each.get(which)]


@pytest.mark.parametrize(
    ("which", "precision", "recall"),
    [("tuned on", 0.97, 0.97), ("held_out", 0.95, 0.95), ("fresh", 1, 0.94), ("blind", 0.8, 0.66)],
)
def test_the_check_is_as_good_as_we_say(which: str, precision: float, recall: float) -> None:
    """Precision and recall do not fall below what docs/asking.md says of each part."""
    reached = shares(*figures(part(which))["overall"])
    assert reached[0] >= precision
    assert reached[1] >= recall


def test_every_kind_is_found_without_false_alarms_being_common() -> None:
    """No kind is carried by the others: each alone stays above four in five, over all notes."""
    low = {
        kind: shares(*counts)
        for kind, counts in figures(NOTES).items()
        if min(shares(*counts)) < 0.8
    }
    assert low == {}


@pytest.mark.parametrize("note", NOTES, ids=range(len(NOTES)))
def test_findings_point_at_words_of_the_note(note: dict[str, Any]) -> None:
    """What is quoted stands in the note, and is short enough for a phone."""
    for each in check_note(note["words"], NUMBERS):
        flat = " ".join(note["words"].split())
        assert " ".join(each.quoted.split()) in flat
        assert 0 < len(each.quoted) <= 100


def test_the_worst_note_is_checked_in_no_time() -> None:
    """Words made to keep a pattern busy take less than a command may take."""
    begun = perf_counter()
    for word in ("i like join ", "i'd love to do an internship ", "if you ", "["):
        check_note((word * 3000)[:3000], NUMBERS)
    assert perf_counter() - begun < 1


@given(st.text(max_size=300))
def test_any_words_can_be_checked(words: str) -> None:
    """Nothing that can be pasted breaks it, and each kind is said once."""
    kinds = [each.kind for each in check_note(words, NUMBERS)]
    assert len(kinds) == len(set(kinds))


def test_looking_for_an_internship_may_be_said() -> None:
    """Mentioning it is fine; asking for one is not."""
    tie = "Priya Shah suggested I write. Could I have 20 minutes?"
    assert check_note(f"{tie} I'm looking for an internship this summer.", NUMBERS) == ()
    [found] = check_note(f"{tie} Could you get me an internship?", NUMBERS)
    assert (found.kind, found.quoted) == (FindingKind.JOB, "Could you get me an internship?")


def test_a_hundred_words_are_not_over_a_hundred() -> None:
    """The hundredth is fine, the next is not, and dashes are no words."""
    assert count_words("one – two") == 2
    for number, wrong in ((100, False), (101, True)):
        kinds = {each.kind for each in check_note("word " * number, NUMBERS)}
        assert (FindingKind.LONG in kinds) is wrong


if __name__ == "__main__":
    for name in ("tuned on", "held_out", "fresh", "blind"):
        for kind, counts in figures(part(name)).items():
            precision, recall = shares(*counts)
            print(f"{name:9} {kind:8} precision {precision:.2f} recall {recall:.2f} {counts}")
    for note in NOTES:
        found = {each.kind.value for each in check_note(note["words"], NUMBERS)}
        if found != set(note["finds"]) and note in part("tuned on"):
            print(note["words"][:90], "WANTED", note["finds"], "FOUND", found)
