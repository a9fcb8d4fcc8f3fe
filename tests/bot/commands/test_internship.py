"""Internship mode: one idea a week, the boss asked once, and who was not met (FEATURES K2)."""

from tests.front_door import House, Person

FORM = {"company": "Acme", "starts": "2026-11-24", "ends": "2026-12-15"}


def test_one_idea_comes_each_week_while_it_lasts(house: House, ana: Person) -> None:
    """Tuesdays from the first day until the message about the last days, then silence."""
    ana.types("/network internship")
    ana.fills_in(**FORM)
    for day in ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"):
        house.moves_to(f"{day} 12:00")
        ana.types("/settings show")
    ideas = [each for each in ana.letters if "Your week at Acme" in each.words]
    assert len(ideas) == 3


def test_the_boss_is_asked_about_once(ana: Person) -> None:
    """A no leads to a sentence to ask with; the question does not come again."""
    ana.types("/network internship")
    ana.fills_in(**FORM)
    assert "Ask first" in ana.presses("Not asked yet").words
    ana.types("/network internship")
    assert "boss" not in ana.fills_in(**FORM).words


def test_the_end_lists_who_was_not_met_with_a_note_for_each(house: House, ana: Person) -> None:
    """Three days before the last one: only people of that company, only those not met."""
    ana.types("/contact add Lee company: Acme")
    ana.types("/contact add Kim company: Other")
    ana.types("/network internship")
    ana.fills_in(**FORM)
    house.moves_to("2026-12-12 12:00")
    letter = next(each for each in ana.letters if "last days" in each.words)
    assert "Lee" in letter.words
    assert "Kim" not in letter.words
    assert "we did not get to meet" in ana.presses("Note", letter).words


def test_dates_the_wrong_way_round_are_refused_and_kept(ana: Person) -> None:
    """The last day before the first: a sentence, and the form can be mended."""
    ana.types("/network internship")
    shown = ana.fills_in(**{**FORM, "ends": "2026-11-20"})
    assert "day" in shown.words
    assert not ana.member.intern_at
