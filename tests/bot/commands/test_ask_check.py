"""The check of a pasted note, and one classmate's eye on it."""

from bot.domain.care import PeerReview
from tests.bot.commands.test_ask import knows, polite
from tests.front_door import House, Person

BAD = "Dear Dana, do you have any openings at Acme? My résumé is attached. Ana"
GOOD = (
    "Dear Dana, Priya Shah suggested that I write. I study biology and your night buses caught my "
    "eye. Could we talk for 20 minutes by phone? Advice, not a job. Thank you, Ana"
)


def test_each_finding_points_at_its_words(ana: Person) -> None:
    """Quoted, with why and how to mend."""
    ana.types("/ask check")
    shown = ana.fills_in(note=BAD)
    assert "“Dear Dana, do you have any openings at Acme?”" in shown.words
    assert "This asks for a job." in shown.words
    assert "“My résumé is attached.”" in shown.words
    assert "Name it: “20 to 30 minutes”." in shown.words


def test_a_good_note_may_go(ana: Person) -> None:
    """No finding, and for a person of the list the next press is Sent."""
    polite(ana)
    knows(ana)
    ana.types("/ask draft Dana")
    ana.presses("Check my version")
    shown = ana.fills_in(note=GOOD)
    assert "nothing to mend" in shown.words
    assert "Well done" in ana.presses("Sent").words


def test_the_draft_stands_in_the_form_to_be_changed(ana: Person) -> None:
    """Nobody types it again; its blanks are found."""
    polite(ana)
    knows(ana)
    ana.types("/ask draft Dana")
    ana.presses("Check my version")
    shown = ana.fills_in()
    assert "“[…]”" in shown.words
    ana.presses("Change and check again")
    assert ana.last is not None
    assert "[…]" in ana.last.given["mended"]
    assert "nothing to mend" in ana.fills_in(mended=GOOD).words


def test_a_classmate_reads_it_masked_and_answers_privately(house: House, ana: Person) -> None:
    """One classmate, no recipient, no asker; the answer comes back to the asker alone (B2)."""
    ben = house.joined("Ben")
    polite(ana)
    knows(ana, company="Acme")
    ana.types("/ask check")
    ana.fills_in(note=GOOD.replace("night buses", "buses at Acme"))
    assert "A classmate will read it" in ana.presses("A classmate’s eye").words
    house.ticks()
    [asked] = ben.letters
    assert "[name]" in asked.words
    for secret in ("Dana", "Acme", "Ana"):
        assert secret not in asked.words
    ben.presses("Answer", asked)
    assert "Thank you" in ben.fills_in(liked="the buses", to_fix="say which day").words
    ana.letters.clear()
    house.ticks()
    [told] = ana.letters
    assert "They like: the buses" in told.words
    assert "To fix: say which day" in told.words
    assert "Ben" not in told.words


def test_readers_are_asked_by_turns(house: House, ana: Person) -> None:
    """Nobody is asked twice before the others; who has not opted in, never."""
    peers = {house.joined(name).member.id for name in ("Ben", "Cem", "Dee")}
    house.member("Eli").types("/snowball")
    for number in range(6):
        ana.types("/ask check")
        ana.fills_in(note=f"{GOOD} {number}")
        ana.presses("A classmate’s eye")
    readers = [each.reviewer_id for each in ana.keeps(PeerReview)]
    assert set(readers[:3]) == set(readers[3:]) == peers


def test_the_same_words_are_quoted_once(ana: Person) -> None:
    """However much there is to mend in them."""
    ana.types("/ask check")
    shown = ana.fills_in(note="Hi, I like your work.")
    assert shown.words.startswith("2 things to mend")
    assert shown.words.count("“Hi, I like your work.”") == 1
    assert "Nothing says what connects you" in shown.words
    assert "Name it: “20 to 30 minutes”." in shown.words


def test_a_note_with_blanks_is_not_given_to_a_classmate(house: House, ana: Person) -> None:
    """First the blanks; what was typed is kept in the form."""
    house.joined("Ben")
    polite(ana)
    knows(ana)
    ana.types("/ask draft Dana")
    ana.presses("A classmate’s eye")
    assert "still a blank" in ana.fills_in().words
    assert ana.keeps(PeerReview) == []


def test_without_a_class_there_is_no_reader(ana: Person) -> None:
    """It says so, and what else helps."""
    ana.types("/ask check")
    ana.fills_in(note=GOOD)
    assert "Nobody in your class" in ana.presses("A classmate’s eye").words


def test_no_time_is_an_answer(house: House, ana: Person) -> None:
    """The asker hears kindly that nobody had time."""
    ben = house.joined("Ben")
    ana.types("/ask check")
    ana.fills_in(note=GOOD)
    ana.presses("A classmate’s eye")
    house.ticks()
    ben.presses("Not this time", ben.letters[0])
    ana.letters.clear()
    house.ticks()
    assert "had no time" in ana.letters[0].words
