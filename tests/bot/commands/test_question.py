"""Questions to bring: one at a time, none twice for a person, kept on a list."""

from bot.content import load
from tests.front_door import Person


def test_none_comes_twice_for_a_person(ana: Person) -> None:
    """Every question of a part, each once, and then a sentence."""
    ana.types("/contact add Dana")
    seen: list[str] = []
    shown = ana.types("/question part: future person: Dana")
    while "Another" in shown.labels:
        seen.append(shown.words.splitlines()[0])
        shown = ana.presses("Another", shown)
    assert len(seen) == len(set(seen)) > 20
    assert shown.words.startswith("You have seen every question I have for this.")


def test_in_general_they_come_round_again(ana: Person) -> None:
    """For nobody in particular, there is always another one."""
    shown = ana.types("/question")
    for _ in range(len(load().questions) + 5):
        shown = ana.presses("Another", shown)
    assert "Another" in shown.labels


def test_the_part_and_whom_it_is_for_are_said(ana: Person) -> None:
    """In the note below the question."""
    ana.types("/contact add Dana")
    assert "About the job, for Dana." in ana.types("/question the job person: Dana").words


def test_a_part_that_is_none_says_what_there_is(ana: Person) -> None:
    """The three parts are named."""
    said = ana.types("/question the weather").words
    assert all(part in said for part in ("career history", "the job", "the future"))


def test_saved_questions_are_a_list(ana: Person) -> None:
    """Saving twice saves once; dropping takes it off."""
    shown = ana.types("/question")
    first = shown.words.splitlines()[0]
    ana.presses("Save to my list", shown)
    assert ana.presses("Save to my list", shown).words.startswith(
        "Saved. Your list has 1 question."
    )
    listed = ana.presses("My list")
    assert first in listed.words
    emptied = ana.presses("Drop", listed)
    assert emptied.words.startswith("Your list is empty.")
    assert ana.presses("Drop", listed).words.startswith("Your list is empty.")


def test_a_persons_list_holds_the_general_ones_too(ana: Person) -> None:
    """Saved for nobody in particular counts for everybody."""
    ana.types("/contact add Dana")
    general = ana.types("/question part: job")
    ana.presses("Save to my list", general)
    for_dana = ana.types("/question part: future person: Dana")
    ana.presses("Save to my list", for_dana)
    listed = ana.presses("My list", for_dana).words
    assert general.words.splitlines()[0] in listed
    assert for_dana.words.splitlines()[0] in listed
    for_all = ana.presses("My list", general).words
    assert for_dana.words.splitlines()[0] in for_all
