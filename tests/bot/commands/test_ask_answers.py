"""After a note: the clock, the one follow-up, the next name, and the answers."""

from dataclasses import replace

import pytest

from bot.domain.asks import Ask
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact, Standing
from tests.bot.commands.test_ask import knows, note_in, polite
from tests.front_door import House, Person


@pytest.fixture
def asker(ana: Person) -> Person:
    """Ana, who wrote to Dana on Monday 23 November."""
    polite(ana, major="biology")
    knows(ana)
    ana.types("/ask draft Dana")
    ana.presses("Sent")
    return ana


def standing(person: Person, name: str = "Dana Kim") -> Standing:
    """Where somebody of the list stands."""
    return person.keeps(Contact, name=name)[0].standing


def test_sent_asks_once_in_a_week(house: House, asker: Person) -> None:
    """Nothing before, and one message after seven days (B4, Words 5)."""
    assert asker.last is not None
    assert "I’ll ask once, on Monday 30 November" in asker.last.words
    assert standing(asker) is Standing.ASKED
    house.passes("2026-11-30 08:00")
    assert not [each for each in asker.letters if "Dana" in each.words]
    house.passes("2026-12-01 12:00")
    [letter] = [each for each in asker.letters if "Dana" in each.words]
    assert "hasn’t answered in a week. It’s rarely about you." in letter.words
    assert {"They answered", "Follow-up draft", "Move on"} <= set(letter.labels)


def test_one_follow_up_then_the_next_name(house: House, asker: Person) -> None:
    """After the second silence there is no draft any more, only moving on."""
    knows(asker, "Eva Moor")
    house.passes("2026-12-01 12:00")
    first = next(each for each in asker.letters if "Dana" in each.words)
    draft = asker.presses("Follow-up draft", first)
    assert "I write once more and then leave it" in note_in(draft)
    assert "I’ll ask once" in asker.presses("Sent", draft).words
    asker.letters.clear()
    house.passes("2026-12-09 12:00")
    last = next(each for each in asker.letters if "Dana" in each.words)
    assert "second note" in last.words
    assert "Follow-up draft" not in last.labels
    assert "that is enough" in asker.presses("Follow-up draft", first).words
    moved = asker.presses("Move on", last)
    assert "Write to Eva Moor" in moved.labels
    assert standing(asker) is Standing.NO_REPLY
    assert asker.keeps(Ask)[0].outcome == "no reply"
    assert "settled already" in asker.presses("Move on", last).words


def test_what_a_long_pause_kept_from_being_asked_is_in_the_due_list(
    house: House, asker: Person
) -> None:
    """The question of 30 November is too old after the pause; the list has its next step (F10)."""
    asker.types("/settings pause 2026-12-15")
    assert "no answer yet" in asker.types("/network due").words
    house.passes("2026-12-16 12:00")
    assert not [each for each in asker.letters if "Dana" in each.words]
    [lost] = asker.keeps(Owed, command="ask remind")
    assert lost.state is OwedState.SKIPPED
    due = asker.types("/network due")
    assert "no answer in 23 days" in due.words
    assert "I write once more" in note_in(asker.presses("Follow-up draft", due))
    asker.presses("Sent")
    house.moves_to("2027-01-20 12:00")
    later = asker.types("/network due")
    assert "no answer to the second note either" in later.words
    asker.presses("Move on", later)
    assert standing(asker) is Standing.NO_REPLY


def test_an_answer_stops_the_clock(house: House, asker: Person) -> None:
    """Nothing is asked of what is answered; a yes leads to booking."""
    shown = asker.types("/ask replied Dana")
    assert "What did they say?" in shown.words
    assert shown.labels == ["Yes: book the talk", "Later", "No", "Not to be asked again"]
    assert standing(asker) is Standing.REPLIED
    house.passes("2026-12-03 12:00")
    assert not [each for each in asker.letters if "Dana" in each.words]
    assert asker.keeps(Owed, command="ask remind")[0].state is OwedState.CANCELLED


def test_a_no_leads_to_the_next_name(asker: Person) -> None:
    """Declined is an outcome, and nobody is left without a next step."""
    knows(asker, "Eva Moor")
    shown = asker.types("/ask declined Dana")
    assert "Next on your list: Eva Moor" in shown.words
    assert standing(asker) is Standing.DECLINED
    assert asker.keeps(Ask)[0].outcome == "declined"


def test_later_comes_back_in_two_weeks(house: House, asker: Person) -> None:
    """With a draft and the button that books."""
    asker.types("/ask replied Dana")
    assert "remind you of Dana Kim" in asker.presses("Later").words
    house.passes("2026-12-08 12:00")
    [letter] = [each for each in asker.letters if "said “later”" in each.words]
    assert "Book the talk" in letter.labels
    assert "talk a little later" in note_in(letter)


def test_sent_twice_is_sent_once(asker: Person) -> None:
    """A second press says when, and starts no second clock."""
    assert "You wrote to Dana Kim Monday 23 November" in asker.types("/ask sent Dana").words
    assert len(asker.keeps(Ask)) == 1
    assert len(asker.keeps(Owed, command="ask remind")) == 1


def test_an_answer_never_throws_anybody_back(asker: Person) -> None:
    """ "They answered", pressed after the talk was logged, leaves them where they are."""
    asker.types("/interview log Dana tip: Ask more")
    assert standing(asker) is Standing.MET
    asker.types("/ask replied Dana")
    assert standing(asker) is Standing.MET


def test_the_wait_is_the_organisers_number(house: House, ana: Person) -> None:
    """Five to fourteen days; more is taken as fourteen."""
    polite(ana)
    with house.database.writing(house.cohort.id) as store:
        cohort = store.cohort()
        store.save_cohort(replace(cohort, numbers=replace(cohort.numbers, no_reply_days=30)))
    knows(ana)
    ana.types("/ask draft Dana")
    assert "Monday 7 December" in ana.presses("Sent").words
