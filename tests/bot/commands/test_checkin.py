"""The weekly check-in: three taps, changed, skipped, reminded once."""

from pathlib import Path

from whenever import Date

from bot.domain.talks import CheckIn
from tests.front_door import House, Person

LAST_WEEK = Date(2026, 11, 16)
"""On Monday 23 November one is asked about the week before."""


def tapped(ana: Person, asks: str = "2", talks: str = "1", mood: str = "🙂 good") -> None:
    """A check-in from beginning to end."""
    ana.types("/checkin")
    ana.presses(asks)
    ana.presses(talks)
    ana.presses(mood)


def test_three_taps_are_a_check_in(ana: Person) -> None:
    """Each tap carries the ones before it."""
    tapped(ana)
    (week,) = ana.keeps(CheckIn)
    assert (week.week, week.asks, week.talks, week.mood) == (LAST_WEEK, 2, 1, "up")
    assert ana.last is not None
    assert "2 asked, 1 talked, 🙂 good" in ana.last.words


def test_tapped_again_it_changes(ana: Person) -> None:
    """One row a week, whatever is pressed and however often."""
    tapped(ana)
    ana.presses("Change")
    ana.presses("4 or more")
    ana.presses("0")
    ana.presses("😕 stuck")
    (week,) = ana.keeps(CheckIn)
    assert (week.asks, week.talks, week.mood) == (4, 0, "down")


def test_a_week_can_be_skipped_and_taken_up_after_all(ana: Person) -> None:
    """A week off is fine."""
    ana.types("/checkin")
    skipped = ana.presses("Skip this week")
    assert ana.keeps(CheckIn)[0].skipped
    ana.presses("Check in after all", skipped)
    for label in ("1", "1", "😐 so-so"):
        ana.presses(label)
    assert not ana.keeps(CheckIn)[0].skipped


def test_words_are_the_students_alone(house: House, ana: Person) -> None:
    """A line can be added and changed; the raw database does not show it."""
    tapped(ana)
    form = ana.presses("Add a line")
    assert "Only you can read this" in form.words
    ana.fills_in(form, words="the dean laughed at me")
    assert ana.presses("Change the line").given == {"words": "the dean laughed at me"}
    house.database.close()
    assert b"dean laughed" not in b"".join(
        each.read_bytes() for each in _files(house)
    )  # fmt: skip


def test_history_shows_the_weeks(house: House, ana: Person) -> None:
    """Each with its numbers, the newest first."""
    tapped(ana)
    house.moves_to("2026-11-30 10:00")
    tapped(ana, "0", "0", "😕 stuck")
    shown = ana.presses("My weeks").words
    assert shown.index("Monday 23 November") < shown.index("Monday 16 November")
    assert "2 asked, 1 talked" in shown


def test_what_is_logged_is_not_asked_twice(ana: Person) -> None:
    """The check-in says how many talks of that week are in the log."""
    ana.types("/interview log Dana tip: x held: 2026-11-18")
    assert "I count 1 talk logged." in ana.types("/checkin").words


def check_ins(ana: Person) -> list[str]:
    """The check-in messages that came."""
    return [each.words.splitlines()[0] for each in ana.letters if "check-in" in each.words]


def test_it_comes_on_monday_morning_and_reminds_once(house: House, ana: Person) -> None:
    """One reminder to those who have not answered, and then silence until the next week."""
    house.passes("2026-12-06 12:00", hours=3)
    first, second = check_ins(ana)
    assert first == "Your weekly check-in, since you joined: three taps."
    assert second == "Your check-in is still open. It takes ten seconds, or skip it."


def test_who_has_answered_is_not_reminded(house: House, ana: Person) -> None:
    """Answered on the message itself."""
    house.passes("2026-11-30 10:00", hours=1)
    (message,) = [each for each in ana.letters if "check-in" in each.words]
    ana.presses("1", message)
    ana.presses("0")
    ana.presses("😐 so-so")
    house.passes("2026-12-06 12:00", hours=3)
    assert len(check_ins(ana)) == 1
    assert ana.keeps(CheckIn)[0].week == Date(2026, 11, 23)


def test_who_skips_is_not_reminded(house: House, ana: Person) -> None:
    """Skipping is an answer."""
    house.passes("2026-11-30 10:00", hours=1)
    message = next(each for each in ana.letters if "check-in" in each.words)
    ana.presses("Skip this week", message)
    house.passes("2026-12-06 12:00", hours=3)
    assert len(check_ins(ana)) == 1


def _files(house: House) -> list[Path]:
    name = house.database.url.database
    assert name is not None
    return [each for each in Path(name).parent.iterdir() if each.name.startswith("snowball")]


def test_after_a_stop_only_the_newest_week_is_asked_about(house: House, ana: Person) -> None:
    """The reminder of last week's check-in, late on the Monday of the next one, says nothing."""
    house.moves_to("2026-11-30 09:01")
    assert house.moves_to("2026-12-07 09:01") == 1
    assert "still open" not in ana.letters[-1].words
    assert "weekly check-in" in ana.letters[-1].words
