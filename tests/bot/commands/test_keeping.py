"""What a talk leads to: promises on their day, touches that restart, new names (E2, F1, F2)."""

from itertools import pairwise

from bot.domain.people import Contact
from bot.invocation import call
from tests.front_door import House, Person


def _said(ana: Person) -> str:
    return "\n".join(each.words for each in ana.letters)


def test_a_promise_comes_on_its_day_and_is_ticked_off(house: House, ana: Person) -> None:
    """Promised for Friday: a DM on Friday, and nothing once it is done."""
    ana.types("/interview log Dana tip: Learn SQL promises: send my CV by 2026-11-27")
    ana.types("/thanks sent Dana")
    house.passes("2026-11-27 12:00")
    assert "You promised Dana: send my CV" in _said(ana)
    assert "send my CV" in ana.types("/network due").words
    ana.presses("Done")
    assert "send my CV" not in ana.types("/network due").words


def test_a_promise_kept_early_is_not_asked_about(house: House, ana: Person) -> None:
    """Done on Tuesday, silent on Friday."""
    ana.types("/interview log Dana promises: send my CV by 2026-11-27")
    ana.types("/network due")
    ana.presses("Done")
    house.passes("2026-11-28 12:00")
    assert "You promised" not in _said(ana)


def test_a_touch_is_due_after_its_interval_and_any_touch_restarts_it(
    house: House, ana: Person
) -> None:
    """Sixty days after the thank-you a line is offered; writing it restarts the sixty."""
    ana.types("/contact add Dana kind: alum")
    ana.types("/interview log Dana tip: Learn SQL")
    ana.types("/thanks sent Dana")
    house.moves_to("2027-01-10 12:00")
    assert "Stay in touch" not in ana.types("/network due").words
    house.moves_to("2027-01-25 12:00")
    shown = ana.types("/network due").words
    assert "Stay in touch" in shown
    assert "Learn SQL" in shown
    ana.presses("Write")
    ana.presses("Written")
    assert "Stay in touch" not in ana.types("/network due").words


def test_a_touch_comes_as_a_message_unless_there_was_one(house: House, ana: Person) -> None:
    """The DM says when they last spoke; a touch in between silences the one planned before."""
    ana.types("/contact add Dana kind: alum")
    ana.types("/interview log Dana thanked: yes tip: Learn SQL")
    house.moves_to("2027-01-22 12:00")
    assert "You were last in touch with Dana on Monday 23 November" in _said(ana)
    ana.letters.clear()
    ana.types("/interview log Dana thanked: yes tip: Learn more")
    house.moves_to("2027-02-10 12:00")
    assert "You were last in touch" not in _said(ana)


def test_each_note_quotes_another_tip_and_then_none_twice(house: House, ana: Person) -> None:
    """The newest tip first, then an older one, then other lines."""
    ana.types("/contact add Dana kind: alum field: Nursing")
    ana.types("/interview log Dana thanked: yes tip: Learn SQL.")
    house.moves_to("2026-12-07 12:00")
    ana.types("/interview log Dana thanked: yes tip: Read the room")
    notes = []
    for day in ("2027-01-11", "2027-02-22", "2027-04-19", "2027-06-21", "2027-08-23"):
        house.moves_to(f"{day} 12:00")
        shown = ana.types("/contact show Dana")
        notes.append(ana.presses("Write to them", shown).words)
        ana.presses("Written")
    assert "“Read the room.”" in notes[0]
    assert "“Learn SQL.”" in notes[1]
    assert not [each for each in notes[2:] if "“" in each]
    assert all(one != other for one, other in pairwise(notes))
    assert "about nursing" in "".join(notes[2:])
    assert "“Read the room.”" in ana.types("/contact show Dana").words


def test_an_unwritten_note_quotes_the_same_again(ana: Person) -> None:
    """Looking is not writing."""
    ana.types("/interview log Dana thanked: yes tip: Learn SQL")
    shown = ana.types("/contact show Dana")
    for _ in range(2):
        assert "“Learn SQL.”" in ana.presses("Write to them", shown).words


def test_family_is_never_due(house: House, ana: Person) -> None:
    """No interval for family or friends (FEATURES F1)."""
    ana.types("/contact add Rosa kind: family")
    ana.types("/interview log Rosa thanked: yes")
    house.moves_to("2027-11-22 12:00")
    assert "Stay in touch" not in ana.types("/network due").words


def test_never_for_somebody_can_be_undone(house: House, ana: Person) -> None:
    """One press stops the reminders of one person, one brings them back."""
    ana.types("/contact add Dana kind: alum")
    ana.types("/interview log Dana thanked: yes")
    house.moves_to("2027-01-23 12:00")
    ana.presses("Never for them", ana.letters[-1])
    assert "Stay in touch" not in ana.types("/network due").words
    ana.presses("Never for them", ana.letters[-1])
    ana.presses("Undo")
    assert "Stay in touch" in ana.types("/network due").words


def test_no_new_name_in_a_fortnight_offers_people_to_ask(house: House, ana: Person) -> None:
    """Two dry weeks after a talk: whom to ask for a name, once."""
    ana.types("/interview log Dana thanked: yes")
    house.moves_to("2026-12-14 12:00")
    house.passes("2026-12-16 12:00")
    assert _said(ana).count("No new name in 14 days") == 1


def test_a_new_name_keeps_the_dry_well_silent(house: House, ana: Person) -> None:
    """Names that come in need no asking for."""
    ana.types("/interview log Dana thanked: yes")
    house.moves_to("2026-12-03 12:00")
    ana.types("/contact add Lee")
    house.passes("2026-12-14 12:00", hours=12)
    assert "No new name" not in _said(ana)


def test_each_person_may_have_their_own_interval(ana: Person) -> None:
    """The form shows the kind's number; another counts from the last touch; none ends it."""
    ana.types("/interview log Dana tip: read more")
    (dana,) = ana.keeps(Contact)
    ana.calls(call("touch often", person=dana.id))
    assert ana.last is not None
    assert ana.last.given == {"days": "180"}
    assert "Every 30 days; next on Wednesday 23 December" in ana.fills_in(days="30").words
    assert "23 December" in ana.types("/contact show Dana").words
    ana.calls(call("touch often", person=dana.id))
    assert "won’t remind you" in ana.fills_in(days="0").words
    assert ana.keeps(Contact)[0].touch_days == 0
