"""Several nudges in one message: each says what it is about, and is answered by itself (F3, F4)."""

from bot.domain.talks import Talk
from bot.plaintext import words_of
from tests.front_door import House, Person, Shown


def menus(shown: Shown) -> list[str]:
    """What the menus are called."""
    return [words_of(each.label, shown.zone) for each in shown.menus]


def test_each_menu_names_whom_it_is_about(house: House, ana: Person) -> None:
    """Two thank-yous on one morning; alone, a menu needs no name."""
    ana.types("/interview log Dana tip: Learn SQL")
    house.moves_to("2026-11-24 09:00")
    assert menus(ana.letters[-1]) == ["Remind me later"]
    ana.types("/interview log Lee tip: Read")
    ana.types("/interview log Mo tip: Walk promises: send my CV by 2026-11-25")
    house.moves_to("2026-11-25 09:00")
    assert {"Lee: remind me later", "Mo: remind me later"} <= {*menus(ana.letters[-1])}


def test_an_answer_to_one_leaves_the_others_standing(house: House, ana: Person) -> None:
    """In a message of its own an answer takes the nudge's place; here it stands below."""
    for name in ("Dana", "Lee"):
        ana.types(f"/interview log {name} tip: Read")
    house.moves_to("2026-11-24 09:00")
    digest = ana.letters[-1]
    assert digest.labels.count("Sent") == 2
    assert not [each for each in (*digest.buttons, *digest.menus) if each.replaces]
    ana.presses("Sent", digest)
    assert [each.thanked is not None for each in ana.keeps(Talk)] == [True, False]


def test_the_check_in_and_new_names_have_names_too(house: House, ana: Person) -> None:
    """What is about nobody says what it is."""
    ana.types("/interview log Dana thanked: yes")
    house.passes("2026-12-13 12:00")
    ana.types("/snowball")
    house.moves_to("2026-12-14 09:00")
    assert {"Check-in: remind me later", "New names: remind me later"} <= {*menus(ana.letters[-1])}
