"""The end of a class: told once, everything taken along, an address that lasts."""

from dataclasses import replace

from bot.domain.cohort import Member
from bot.domain.talks import CheckIn
from bot.files.calendars import PRODUCT
from bot.invocation import call
from bot.reply import Attachment
from tests.bot.commands.test_overview import knows_dana, otto_of
from tests.front_door import House, Person


def farewells(of: Person) -> list[str]:
    """The messages that say that the class will end."""
    return [each.words for each in of.letters if "Your class ends on" in each.words]


def test_everybody_hears_of_it_once_thirty_days_before(house: House, ana: Person) -> None:
    """At nine where they are, with four things to do; the organiser's own word differs."""
    otto = otto_of(house)
    said = otto.types("/cohort end 15 January 2027").words
    assert "Your class ends on Friday 15 January" in said
    assert "Everybody hears of it: Wednesday 16 December" in said
    for day in range(24, 31):
        house.passes(f"2026-11-{day} 12:00")
        ana.types("/snowball")
    house.passes("2026-12-15 19:00", hours=24)
    ana.types("/snowball")
    assert farewells(ana) == []
    house.passes("2026-12-16 12:00", hours=24)
    ana.types("/snowball")
    assert len(farewells(ana)) == 1
    [letter] = [each for each in ana.letters if "Your class ends" in each.words]
    offered = {"Take everything along", "Stay-in-touch calendar", "Keep an address"}
    assert {*offered, "List me as alum"} <= {*letter.labels}
    assert "Take everything along" not in "".join(farewells(otto))
    house.passes("2027-01-14 12:00", hours=24)
    assert len(farewells(ana)) == 1
    assert "Told so far: 1 member" in otto.types("/cohort end").words


def test_moved_before_it_came_it_moves(house: House, ana: Person) -> None:
    """A new last day is a new day to hear of it; named late, it comes at once."""
    otto = otto_of(house)
    otto.types("/cohort end 15 January 2027")
    otto.types("/cohort end 11 December 2026")
    house.passes("2026-11-24 19:00", hours=2)
    assert len(farewells(ana)) == 1
    assert "Friday 11 December" in farewells(ana)[0]


def test_the_organiser_may_tell_sooner(house: House, ana: Person) -> None:
    """Once, however often it is pressed."""
    otto = otto_of(house)
    otto.types("/cohort end 28 May 2027")
    otto.presses("Tell everybody now")
    house.passes("2026-11-24 19:00", hours=2)
    otto.calls(call("cohort tell"))
    house.passes("2026-11-26 19:00", hours=6)
    assert len(farewells(ana)) == 1


def test_the_calendar_file_goes_on_without_us(house: House, ana: Person) -> None:
    """A day for each person who was talked to, coming back by the interval; names alone."""
    assert "begins with the first talk" in ana.calls(call("leaving calendar")).words
    talk = knows_dana(house, ana)
    ana.calls(call("thanks sent", talk=talk.id))
    shown = ana.calls(call("leaving calendar"))
    [file] = [each for each in shown.answer.parts if isinstance(each, Attachment)]
    words = file.content.decode()
    assert PRODUCT in words
    assert "A line to Dana Whitfield" in words
    assert "RRULE:FREQ=DAILY;INTERVAL=180" in words
    assert "Calloway" not in words
    assert "Learn SQL" not in words


def test_an_address_is_kept_and_forgotten(house: House, ana: Person) -> None:
    """Encrypted, in nobody's view; an empty answer forgets it."""
    ana.calls(call("leaving address"))
    said = ana.fills_in(email="not an address")
    assert "does not look like" in said.words
    ana.presses("Back to the form")
    kept = ana.fills_in(email="ana@example.org")
    assert "I send no e-mail" in kept.words
    assert {"Stay-in-touch calendar", "Use me elsewhere"} <= set(kept.labels)
    assert ana.member.keep_email == "ana@example.org"
    otto = otto_of(house)
    seen = otto.calls(call("cohort student", student=ana.member.id)).words
    assert "example.org" not in seen
    ana.calls(call("leaving address"))
    ana.fills_in(email="")
    assert ana.member.keep_email == ""


def test_after_the_end_it_goes_on_slowly(house: House, ana: Person) -> None:
    """A check-in in the first week of a month, and no nudge to meet strangers."""
    otto = otto_of(house)
    otto.types("/cohort end 30 November 2026")
    talk = knows_dana(house, ana)
    ana.calls(call("thanks sent", talk=talk.id))
    house.passes("2026-11-30 12:00", hours=24)
    ana.types("/snowball")
    otto.letters.clear()
    weeks: list[str] = []
    for day in ("12-08", "12-15", "12-22", "12-29"):
        ana.letters.clear()
        house.passes(f"2026-{day} 12:00", hours=24)
        ana.types("/snowball")
        weeks += [day] if any("weekly check-in" in each.words for each in ana.letters) else []
    assert weeks == ["12-08"]
    assert not [each for each in otto.letters if "Your class this week" in each.words]
    assert "The class is over" in otto.types("/cohort nudge Ana").words
    assert house.rows(CheckIn) == []


def test_deleting_takes_the_address_along(house: House, ana: Person) -> None:
    """Nothing of a member is left, the entry in the directory aside, which is public by choice."""
    [kept] = house.rows(Member, name="Ana")
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(kept, keep_email="ana@example.org"))
    ana.calls(call("mydata gone", name="Ana"))
    assert house.rows(Member, name="Ana") == []
