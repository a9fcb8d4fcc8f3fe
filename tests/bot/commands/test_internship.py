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


def test_talks_in_working_hours_are_counted_against_the_cap(ana: Person) -> None:
    """The boss first; then the third of a week is said to be one more than meant. Lunch is free."""
    ana.types("/network internship")
    ana.fills_in(**FORM)
    first = ana.types("/interview book Dana when: 2026-12-01 10:00")
    assert "ask your boss first" in first.words
    assert "At most 2 a week" in ana.presses("My boss is fine with it").words
    second = ana.types("/interview book Lee when: 2026-12-02 15:00")
    lunch = ana.types("/interview book Kim when: 2026-12-03 12:15")
    evening = ana.types("/interview book Max when: 2026-12-03 18:00")
    for each in (second, lunch, evening):
        assert "working" not in each.words
    third = ana.types("/interview book Zoe when: 2026-12-04 09:30")
    assert "Talks in working hours that week: 3; you meant 2 at most" in third.words
    moved = ana.types("/interview move Zoe when: 2026-12-04 17:30")
    assert "working" not in moved.words
    after = ana.types("/interview book Eve when: 2026-12-16 10:00")
    assert "working" not in after.words


def test_the_objective_comes_along_and_every_message_can_wait(house: House, ana: Person) -> None:
    """What they set out to learn stands under each idea; the last message has a snooze too."""
    ana.types("/network internship")
    ana.fills_in(**FORM, objective="how a budget is made")
    house.moves_to("2026-11-24 12:00")
    assert "You set out to learn: how a budget is made" in ana.letters[-1].words
    ana.types("/settings show")
    house.moves_to("2026-12-12 12:00")
    last = next(each for each in ana.letters if "last days" in each.words)
    assert "Remind me later" in last.words
