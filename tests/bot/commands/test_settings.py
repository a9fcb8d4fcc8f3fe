"""When and whether Snowball writes: the member's yes first, their hours, their silence."""

import pytest
from whenever import Time

from tests.front_door import House, Person, at


def test_nothing_comes_before_the_yes(house: House) -> None:
    """Four weeks of a member who has not opted in, with things due: silence."""
    eve = house.member("Eve")
    eve.types("/interview log Dana tip: Read")
    house.passes("2026-12-21 12:00", hours=12)
    assert eve.letters == []


def test_opting_in_tests_the_way_at_once(house: House) -> None:
    """The first direct message says where and how often; pressed again, it is said once."""
    eve = house.member("Eve")
    eve.types("/snowball")
    welcome = eve.last
    eve.presses("Opt in", welcome)
    assert eve.presses("Opt in", welcome).words.startswith("You are in already.")
    house.ticks()
    (hello,) = eve.letters
    assert hello.words.startswith("Hello Eve, this is where I’ll write")


def test_without_a_zone_it_is_asked_first(house: House) -> None:
    """So that nothing comes at night; the time there is echoed."""
    eve = house.member("Eve", zone="")
    eve.types("/snowball")
    asked = eve.presses("Opt in")
    assert asked.labels == ["Set my time zone"]
    echoed = eve.fills_in(eve.presses("Set my time zone"), zone="Chicago")
    assert echoed.words.startswith("So it is 3:00 for you, Chicago. Is that right?")
    assert eve.member.zone == "America/Chicago"


@pytest.mark.parametrize("typed", ["Chicago", "chicago", "America/Chicago", "Illinois"])
def test_a_zone_is_typed_as_people_say_it(ana: Person, typed: str) -> None:
    """City, state or name."""
    ana.types(f"/settings zone {typed}")
    assert ana.member.zone == "America/Chicago"


def test_a_pause_ends_by_itself(house: House, ana: Person) -> None:
    """Nothing until the day named, and what is due then comes."""
    ana.types("/settings pause friday")
    ana.types("/interview log Dana tip: Read")
    house.passes("2026-11-26 23:00")
    assert ana.letters == []
    assert "paused until Friday 27 November" in ana.types("/settings show").words
    house.passes("2026-12-01 12:00", hours=3)
    assert len(ana.letters) >= 1


def test_a_pause_until_yesterday_is_refused(ana: Person) -> None:
    """It says so, and what would do."""
    said = ana.types("/settings pause 2026-11-20")
    assert ana.member.paused_until is None
    assert said.errors == {"until": "That day has passed. Which day do you mean?"}


def test_stop_stops_everything_unasked(house: House, ana: Person) -> None:
    """A snoozed message too; what is asked is still answered, and nothing is gone."""
    ana.types("/interview log Dana tip: Read")
    house.moves_to("2026-11-24 09:00")
    ana.picks("tonight at 18:00", ana.letters[-1])
    before = len(ana.letters)
    ana.types("/settings stop")
    house.passes("2026-12-14 12:00", hours=6)
    assert len(ana.letters) == before
    assert ana.types("/contact list").people == ["Dana"]


def test_starting_again_is_one_press(house: House, ana: Person) -> None:
    """The weekly check-in comes again."""
    ana.types("/settings stop")
    ana.presses("Start again")
    house.passes("2026-11-30 12:00", hours=3)
    assert any("check-in" in each.words for each in ana.letters)


def test_quiet_hours_hold_what_is_due(house: House, ana: Person) -> None:
    """Quiet until eleven: the thank-you of nine comes at eleven."""
    ana.types("/settings change quiet_until: 11:00")
    ana.types("/interview log Dana tip: Read")
    house.passes("2026-11-24 10:30", hours=1)
    assert ana.letters == []
    house.passes("2026-11-24 11:30", hours=1)
    assert len(ana.letters) == 1


def test_days_off_hold_what_is_due(house: House, ana: Person) -> None:
    """Nothing on a Sunday unless it was chosen otherwise."""
    house.moves_to("2026-11-28 15:00")
    ana.letters.clear()
    ana.types("/interview log Dana tip: Read")
    house.passes("2026-11-29 23:00", hours=2)
    assert ana.letters == []
    house.passes("2026-11-30 12:00", hours=1)
    assert len(ana.letters) == 1


def test_at_most_one_unasked_message_a_day(house: House, ana: Person) -> None:
    """Four weeks with talks, check-ins and promises: never two on one local day."""
    days: list[str] = []
    for week in range(4):
        ana.types(f"/interview log Person{week} tip: Read")
        before = len(ana.letters)
        until = house.clock.now().add(hours=24 * 7)
        while house.clock.now() < until:
            house.moves_to(house.clock.now().add(hours=3))
            new = len(ana.letters) - before
            before = len(ana.letters)
            days += [house.clock.now().to_tz("Europe/Berlin").date().format_iso()] * new
    assert days
    assert sorted(days) == sorted({*days})


def test_what_was_emptied_is_empty(ana: Person) -> None:
    """A field, a major and a networking hour can be taken back; a goal of none is a goal."""
    ana.fills_in(ana.types("/settings change"), hour_day="3", hour_at="16:00")
    ana.fills_in(ana.types("/settings goals"), field="marketing", major="History", goal="0")
    member = ana.member
    known = (member.hour_day, member.hour_at, member.field, member.major, member.weekly_talks)
    assert known == (3, Time(16), "marketing", "History", 0)
    assert "0 talks a week" in ana.types("/settings show").words
    ana.fills_in(ana.types("/settings change"), hour_at="")
    form = ana.types("/settings goals")
    assert form.given["goal"] == "0"
    ana.fills_in(form, field="", major="")
    member = ana.member
    assert (member.field, member.major, member.hour_day, member.hour_at) == ("", "", None, None)


def test_settings_are_told_in_the_members_own_hours(ana: Person) -> None:
    """Zone with the time it is there."""
    ana.house.clock.move_to(at("2026-11-23 14:05"))
    said = ana.types("/settings show").words
    assert "Berlin, where it is 14:05" in said
    assert "on, at most one a day" in said


def test_starting_ends_a_pause(ana: Person) -> None:
    """Who says "start" while paused hears from me again, and the settings offer it too."""
    ana.types("/settings pause until friday")
    assert "As before" in ana.types("/settings show").labels
    assert "I’m back" in ana.types("/settings start").words
    assert ana.member.paused_until is None
    assert "As before" not in ana.types("/settings show").labels


def test_a_day_alone_begins_a_networking_hour(ana: Person) -> None:
    """A form with a day and no time is no reason to drop the day."""
    ana.types("/settings change")
    assert "Wednesday 16:00" in ana.fills_in(hour_day="3").words
