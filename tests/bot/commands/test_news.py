"""Whoever helped hears what came of it (FEATURES D6, E6)."""

from bot.domain.people import Contact
from bot.invocation import call
from bot.reply import Answer
from tests.front_door import House, Person, Shown


def test_the_referrer_hears_that_the_two_met(ana: Person) -> None:
    """Logging a talk with somebody Dana named offers two lines to Dana."""
    ana.types("/interview log Dana names: Lee")
    ana.types("/interview log Lee tip: Write every day")
    words = ana.picks("Tell Dana you met").words
    assert "I talked with Lee, as you suggested" in words


def test_advice_that_was_used_is_told_to_whoever_gave_it(ana: Person) -> None:
    """From the log, one press drafts the update with the tip."""
    ana.types("/interview log Dana tip: Learn SQL first")
    ana.types("/interview list")
    assert "You told me: “Learn SQL first.”" in ana.presses("I used the tip").words


def test_good_news_has_a_note_for_everybody_who_helped(ana: Person) -> None:
    """Advisers and referrers are listed, strangers are not."""
    ana.types("/interview log Dana names: Lee")
    ana.types("/contact add Zoe")
    shown = ana.types("/network news what: I found an internship")
    assert "Dana" in shown.words
    assert "Zoe" not in shown.words
    assert "Good news: I found an internship." in ana.presses("Note").words


def test_good_news_without_a_talk_says_what_comes_first(ana: Person) -> None:
    """Nobody to tell yet is a sentence, not an empty list."""
    assert "The first talk comes first" in ana.types("/network news what: hello").words


def test_an_offered_introduction_gives_a_note_to_forward_and_asks_once(
    house: House, ana: Person
) -> None:
    """Dana will introduce Ana to Lee: a note now, one reminder in a week."""
    ana.types("/contact add Dana")
    ana.types("/contact add Lee field: nursing")
    lee = ana.keeps(Contact, name="Lee")[0]
    ana.calls(call("contact introduced", person=lee.id))
    assert "may I introduce Ana" in ana.fills_in(by="Dana").words
    house.passes("2026-12-12 12:00", hours=12)
    asked = [each for each in ana.letters if "a week ago" in each.words]
    assert len(asked) == 1
    assert "Book a talk" in ana.presses("Book the talk", asked[0]).words


def test_who_introduces_may_be_new_and_a_snoozed_reminder_says_how_long_it_is(
    house: House, ana: Person
) -> None:
    """A new name becomes a contact; and "a week ago" is two once it is."""
    ana.types("/contact add Lee")
    lee = ana.keeps(Contact, name="Lee")[0]
    ana.calls(call("contact introduced", person=lee.id))
    assert "Rosa Vale will introduce you to Lee" in ana.fills_in(by="Rosa Vale").words
    house.passes("2026-12-01 12:00", hours=12)
    first = next(each for each in ana.letters if "offered to introduce you" in each.words)
    assert "introduce you to Lee a week ago" in first.words
    house.moves_to("2026-12-04 12:00")
    ana.picks("Monday at 9:00", Shown(Answer((first.menus[-1],)), first.cohort, first.zone))
    ana.letters.clear()
    house.passes("2026-12-07 12:00", hours=12)
    again = next(each for each in ana.letters if "offered to introduce you" in each.words)
    assert "introduce you to Lee two weeks ago" in again.words
