"""Thank-yous: a draft that quotes the tip, the morning after, never a third time."""

from bot.domain.people import Contact, Standing
from tests.front_door import House, Person


def about(ana: Person, name: str) -> list[str]:
    """The first lines of messages that are about somebody."""
    return [each.words.splitlines()[0] for each in ana.letters if name in each.words]


def test_the_draft_quotes_the_tip_and_the_next_step(ana: Person) -> None:
    """And says nothing that was not logged."""
    ana.types("/interview log Dana Reyes tip: Read the annual reports.")
    draft = ana.presses("Thank-you draft")
    assert "Dear Dana," in draft.words
    assert "“Read the annual reports.”" in draft.words
    changed = ana.fills_in(ana.presses("Change the tip"), intended="I read Acme's first")
    assert "My next step because of it: I read Acme's first." in changed.words


def test_a_missing_tip_is_asked_for(ana: Person) -> None:
    """One line is enough; without one it goes too."""
    ana.types("/interview log Dana names: Lee")
    asked = ana.types("/thanks draft Dana")
    assert asked.labels == ["Add the tip", "Thank without a tip"]
    assert "Dear Dana," in ana.presses("Thank without a tip", asked).words
    with_tip = ana.fills_in(ana.presses("Add the tip", asked), tip="Read")
    assert "“Read.”" in with_tip.words


def test_nobody_to_thank(ana: Person) -> None:
    """A sentence, and the way to log a talk."""
    assert ana.types("/thanks draft").labels == ["Log a talk"]
    ana.types("/contact add Dana")
    assert ana.types("/thanks sent Dana").words.startswith("You have no talk with Dana logged yet.")


def test_the_next_morning_at_nine(house: House, ana: Person) -> None:
    """One message the morning after, with the tip and the draft in it."""
    ana.types("/interview log Dana tip: Read the reports")
    house.passes("2026-11-24 08:00")
    assert about(ana, "Dana") == []
    house.moves_to("2026-11-24 09:00")
    (first,) = about(ana, "Dana")
    assert first.startswith("Yesterday Dana told you: “Read the reports.”")
    assert {"Sent", "Change the tip"} <= {*ana.letters[-1].labels}


def test_sent_stops_the_second(house: House, ana: Person) -> None:
    """Pressed on the message, once; a second press says when it was."""
    ana.types("/interview log Dana tip: Read")
    house.moves_to("2026-11-24 09:00")
    done = ana.presses("Sent", ana.letters[-1])
    assert done.words.startswith("Done: Dana is thanked. I won’t ask again.")
    again = ana.presses("Sent", ana.letters[-1])
    assert again.words == "Dana was thanked Tuesday 24 November; I won’t ask again."
    house.passes("2026-12-04 12:00")
    assert len(about(ana, "Dana")) == 1
    assert ana.keeps(Contact)[0].standing is Standing.THANKED


def test_a_second_before_two_days_and_never_a_third(house: House, ana: Person) -> None:
    """Left alone, it comes again within 48 hours of the talk, and that is all."""
    ana.types("/interview log Dana tip: Read")
    house.passes("2026-11-25 10:00", hours=1)
    assert len(about(ana, "Dana")) == 2
    house.passes("2026-12-20 10:00", hours=8)
    assert len([each for each in about(ana, "Dana") if "told you" in each]) == 2


def test_never_two_messages_on_one_day(house: House, ana: Person) -> None:
    """Three talks of one day are one message the next morning."""
    for name in ("Dana", "Lee", "Kim"):
        ana.types(f"/interview log {name} tip: Read")
    house.passes("2026-11-24 20:00", hours=1)
    assert len(ana.letters) == 1
    assert all(name in ana.letters[0].words for name in ("Dana", "Lee", "Kim"))


def test_logged_a_few_days_late_it_still_comes_next_morning(house: House, ana: Person) -> None:
    """The day of the talk is named."""
    ana.types("/interview log Dana tip: Read held: 2026-11-19")
    house.passes("2026-11-24 09:00", hours=1)
    (first,) = about(ana, "Dana")
    assert first.startswith("On Thursday 19 November Dana told you")


def test_logged_weeks_late_nothing_comes(house: House, ana: Person) -> None:
    """Too late to remind of; the draft is there."""
    logged = ana.types("/interview log Dana tip: Read held: 2026-11-02")
    assert "Thank-you draft" in logged.labels
    house.passes("2026-11-26 12:00")
    assert [each for each in about(ana, "Dana") if "told you" in each] == []


def test_snoozed_it_comes_once_when_it_was_asked_for(house: House, ana: Person) -> None:
    """Chosen twice, the last choice counts; the evening is the member's own choice."""
    ana.types("/interview log Dana tip: Read")
    house.moves_to("2026-11-24 09:00")
    nudge = ana.letters[-1]
    ana.picks("in an hour", nudge)
    later = ana.picks("tonight at 18:00", nudge)
    assert later.words == "I’ll come back to it Tuesday 24 November, 18:00."
    house.passes("2026-11-24 17:30", hours=1)
    assert len(about(ana, "Dana")) == 1
    house.passes("2026-11-24 23:00", hours=1)
    assert len(about(ana, "Dana")) == 2


def test_in_the_members_own_morning(house: House) -> None:
    """Nine o'clock is nine o'clock where the member is."""
    joe = house.joined("Joe", zone="America/Los_Angeles")
    joe.types("/interview log Dana tip: Read")
    house.passes("2026-11-24 17:00", hours=1)
    assert about(joe, "Dana") == []
    house.passes("2026-11-24 18:00", hours=1)
    assert len(about(joe, "Dana")) == 1


def test_without_opting_in_nothing_comes(house: House) -> None:
    """The draft is one press away, and no message is promised."""
    eve = house.member("Eve")
    logged = eve.types("/interview log Dana tip: Read")
    assert "Thank-you draft" in logged.labels
    assert "I’ll have" not in logged.words
    house.passes("2026-11-30 12:00")
    assert eve.letters == []
