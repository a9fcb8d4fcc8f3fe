"""An organiser's number takes effect: in what is drafted, said, planned and sent (FEATURES H4)."""

import pytest
from icalendar import Calendar

from bot.domain.asks import Ask
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed, OwedState
from bot.invocation import call
from bot.reply import Attachment, Copyable
from tests.builders import an_alum
from tests.front_door import BERLIN, MONDAY, House, Person, Shown, at


@pytest.fixture
def hannah(house: House) -> Person:
    """The organiser."""
    return house.joined("Hannah", admin=True)


def due(house: House, command: str) -> list[str]:
    """When messages of this kind are owed, by the clock in Berlin."""
    rows = house.rows(Owed, command=command, state=OwedState.DUE)
    return [each.due.to_tz(BERLIN).to_plain().format_iso()[:16] for each in rows]


def drafted(ana: Person, line: str) -> Shown:
    """A draft, past the card of manners."""
    shown = ana.types(line)
    return ana.presses("I’ll do it this way") if "I’ll do it this way" in shown.labels else shown


def note(shown: Shown) -> str:
    """The words to copy."""
    return next(each.words for each in shown.answer.parts if isinstance(each, Copyable))


def test_the_minutes_of_an_ask_are_in_every_text(ana: Person, hannah: Person) -> None:
    """The card of manners, the note, the short shapes, the follow-up, the first step."""
    hannah.types("/cohort asking ask_minutes: 15 ask_minutes_most: 25")
    assert "asking for fifteen minutes" in ana.types("/contact list").words
    assert "it is fifteen minutes" in ana.types("/interview list").words
    ana.types("/contact add Dana")
    assert "Fifteen to twenty-five minutes" in ana.types("/ask draft Dana").words
    assert "15 to 25 minutes" in note(ana.presses("I’ll do it this way"))
    for shape in ("note", "text"):
        assert "15 minutes" in note(ana.types(f"/ask draft Dana shape: {shape}"))
    ana.types("/ask sent Dana")
    (ask,) = ana.keeps(Ask)
    assert "15 minutes" in note(ana.calls(call("ask followup", ask=ask.id)))
    assert "“15 to 25 minutes”" in checked(ana, "Dana Ro suggested you. Could we talk?")


def checked(ana: Person, words: str) -> str:
    """What the check says of a note."""
    ana.types("/ask check")
    return ana.fills_in(note=words).words


def test_the_words_and_characters_of_a_note(ana: Person, hannah: Person) -> None:
    """Said on the card, in the draft's size, in the menu of shapes, and held to by the check."""
    hannah.types("/cohort asking note_words: 50 text_words: 20")
    hannah.types("/cohort asking linkedin_characters: 150 linkedin_premium: 400")
    ana.types("/contact add Dana")
    assert "under 50 words" in ana.types("/ask draft Dana").words
    shown = ana.presses("I’ll do it this way")
    assert "shorten it to 50" in shown.words
    assert "A LinkedIn note (150)" in shown.words
    assert "shorten it to 20" in ana.types("/ask draft Dana shape: text").words
    short = ana.types("/ask draft Dana shape: note")
    assert "of 150 characters" in short.words
    assert len(note(short)) <= 150
    assert "Over 50 words." in checked(ana, "word " * 51)


def test_the_wait_for_an_answer(house: House, ana: Person, hannah: Person) -> None:
    """What is said before and after, and what is owed."""
    hannah.types("/cohort asking no_reply_days: 14")
    ana.types("/contact add Dana")
    assert "once more after two weeks" in ana.types("/ask draft Dana").words
    assert "I’ll ask once, in 14 days" in ana.presses("I’ll do it this way").words
    ana.types("/ask sent Dana")
    assert due(house, "ask remind") == ["2026-12-07T09:00"]
    assert "after two weeks" in ana.says("he has not answered me").words


def test_reminders_of_a_talk(house: House, ana: Person, hannah: Person) -> None:
    """The booking says when, the file rings then, and they are owed then."""
    hannah.types("/cohort talks talk_minutes: 45 brief_at: 17:30 last_word_minutes: 20")
    shown = ana.types("/interview book Dana when: Thursday 15:00")
    assert "45 minutes" in shown.words
    assert "17:30, and a last word 20 minutes before" in shown.words
    assert due(house, "interview brief") == ["2026-11-25T17:30"]
    assert due(house, "interview soon") == ["2026-11-26T14:40"]
    (file,) = [each for each in shown.answer.parts if isinstance(each, Attachment)]
    (alarm,) = Calendar.from_ical(file.content).walk("VALARM")
    assert alarm["TRIGGER"].to_ical() == b"-PT20M"


def test_talks_that_are_booked_already_follow(house: House, ana: Person, hannah: Person) -> None:
    """What was owed at the old hour comes at the new one, once."""
    ana.types("/interview book Dana when: Thursday 15:00")
    hannah.types("/cohort talks brief_at: 16:00 last_word_minutes: 30")
    assert due(house, "interview brief") == ["2026-11-25T16:00"]
    assert due(house, "interview soon") == ["2026-11-26T14:30"]
    house.moves_to("2026-11-25 16:00")
    assert "Tomorrow" in ana.letters[-1].words


def test_the_nudge_before_the_end(house: House, ana: Person, hannah: Person) -> None:
    """Its button, its answer and its line name the minute that is set."""
    hannah.types("/cohort talks closing_minutes: 10")
    ana.types("/interview book Dana when: Thursday 15:00")
    house.moves_to("2026-11-26 14:45")
    assert "15:20" in ana.presses("Nudge me at minute 20", ana.letters[-1]).words
    house.moves_to("2026-11-26 15:20")
    assert "10 minutes left" in ana.letters[-1].words


@pytest.mark.parametrize(("days", "short"), [(1, False), (3, True)])
def test_the_notice_to_call_off(ana: Person, hannah: Person, days: int, short: bool) -> None:
    """Wednesday for Monday is two business days: good for one, short for three."""
    hannah.types(f"/cohort talks notice_days: {days}")
    ana.types("/interview book Dana when: Wednesday 15:00")
    said = ana.types("/interview cancel").words
    assert ("is the custom" in said) == short
    assert ("3 business days’ notice" in said) == short


def test_not_yet_is_asked_again(house: House, ana: Person, hannah: Person) -> None:
    """A day later instead of two."""
    hannah.types("/cohort talks not_yet_hours: 24")
    ana.types("/interview book Dana when: tomorrow 15:00")
    house.moves_to("2026-11-24 16:30")
    (talk,) = ana.keeps(Meeting)
    assert "25 November" in ana.calls(call("interview notyet", talk=talk.id)).words


def test_the_clock_of_thanks(house: House, ana: Person, hannah: Person) -> None:
    """At ten, and within thirty hours there is no room for a second."""
    hannah.types("/cohort talks thanks_at: 10:00 thanks_within_hours: 30")
    assert "10:00" in ana.types("/interview log Dana tip: read more").words
    assert due(house, "thanks remind") == ["2026-11-24T10:00"]
    ana.types("/contact add Lee")
    assert "Thanks within thirty hours" in ana.types("/ask draft Lee").words


def test_what_remind_me_later_means(house: House, ana: Person, hannah: Person) -> None:
    """The menu says the hours that are set, and they are kept."""
    hannah.types("/cohort hours snooze_hours: 3 snooze_evening: 19:30 snooze_morning: 8:15")
    ana.types("/interview log Dana tip: read more")
    house.moves_to("2026-11-24 09:00")
    letter = ana.letters[-1]
    for words in ("in 3 hours", "tonight at 19:30", "tomorrow at 8:15", "Monday at 8:15"):
        assert words in letter.words
    assert "12:00" in ana.picks("in 3 hours", letter).words
    assert "08:15" in ana.picks("Monday at 8:15", letter).words


def test_quiet_hours_and_days_off(house: House, ana: Person, hannah: Person) -> None:
    """What is due on Tuesday morning waits for eleven, when quiet hours end."""
    hannah.types("/cohort hours quiet_until: 11:00")
    ana.types("/interview log Dana tip: read more")
    house.moves_to("2026-11-24 09:00")
    assert not ana.letters
    house.moves_to("2026-11-24 11:00")
    assert len(ana.letters) == 1


def test_the_check_in_and_its_one_reminder(house: House, hannah: Person) -> None:
    """For whoever opts in from now on; the others are planned anew within the hour."""
    hannah.types("/cohort weeks check_in_day: Tuesday check_in_at: 10:30 check_in_again_days: 3")
    house.joined("Mei")
    assert "2026-11-24T10:30" in due(house, "checkin ask")
    assert "2026-11-27T10:30" in due(house, "checkin remind")


def test_talks_in_working_hours(ana: Person, hannah: Person) -> None:
    """A new internship begins with the cohort's number; the student's own stays."""
    hannah.types("/cohort weeks intern_talks: 4")
    form = ana.types("/network internship").form
    assert {each.name: each.given for each in form.fields}["cap"] == "4"
    ana.fills_in(company="Acme", starts="2026-12-01", ends="2027-02-01", cap="1")
    assert ana.member.intern_weekly_talks == 1
    form = ana.types("/network internship").form
    assert {each.name: each.given for each in form.fields}["cap"] == "1"


def test_alumni_asks_a_month_and_their_rest(house: House, ana: Person, hannah: Person) -> None:
    """Two may ask the same; with one, the second waits as many days as are set."""
    house.add(an_alum("Zed Nurse", house.cohort.id, title="Nurse", imported=MONDAY))
    hannah.types("/cohort asking alum_asks_a_month: 2 cool_down_days: 10")
    ben, eve = house.joined("Ben"), house.joined("Eve")
    for one in (ana, ben):
        one.types("/alum find nursing")
        one.presses("Draft an ask")
        one.presses("I’ll do it this way")
        one.types("/ask sent Zed")
    assert "Zed" not in eve.types("/alum find nursing").words
    house.clock.move_to(at("2026-12-04 12:00"))
    assert "Draft an ask" in eve.types("/alum find nursing").labels


def test_days_between_touches(ana: Person, hannah: Person) -> None:
    """The card says the day that follows from them."""
    hannah.types("/cohort touches heard_of_touch: 30")
    ana.types("/interview log Dana tip: read more")
    assert "23 December" in ana.types("/contact show Dana").words


def test_dry_days(house: House, ana: Person, hannah: Person) -> None:
    """Five days without a new name are enough to be offered three to ask."""
    hannah.types("/cohort weeks dry_days: 5")
    ana.types("/interview log Dana tip: read more")
    assert due(house, "network dry") == ["2026-11-30T09:00"]


def test_back_off_and_silence(house: House, ana: Person, hannah: Person) -> None:
    """One ignored, and less is offered."""
    hannah.types("/cohort hours back_off_after: 1 pause_after: 2")
    for name in ("Dana", "Lee"):
        ana.types(f"/interview log {name} tip: read more")
    house.passes("2026-11-27 12:00")
    assert "Less often, or not at all?" in ana.letters[1].words


def test_a_message_that_is_too_late_is_dropped(house: House, ana: Person, hannah: Person) -> None:
    """Two days instead of seven."""
    hannah.types("/cohort hours late_days: 2")
    ana.types("/contact add Dana")
    ana.types("/ask sent Dana")
    house.moves_to("2026-12-03 09:30")
    assert not [each for each in ana.letters if "Dana" in each.words]


def test_one_nudge_to_thank_or_two_and_never_a_third(
    house: House, ana: Person, hannah: Person
) -> None:
    """Two unless set to one; three is out of reach."""
    ana.types("/interview log Dana tip: read more")
    assert len(due(house, "thanks remind")) == 2
    hannah.types("/cohort talks thanks_nudges: 1")
    ana.types("/interview log Lee tip: read more")
    assert len(due(house, "thanks remind")) == 3
    assert "from 1 to 2" in hannah.types("/cohort talks thanks_nudges: 3").words


@pytest.mark.parametrize(
    ("number", "said"), [(1, "one name"), (2, "one or two names"), (3, "two or three names")]
)
def test_names_to_ask_for(
    house: House, ana: Person, hannah: Person, number: int, said: str
) -> None:
    """In the brief, after a talk without a name, and when the well is dry."""
    hannah.types(f"/cohort talks names_to_ask: {number}")
    hannah.types("/cohort weeks dry_days: 5")
    ana.types("/contact add Dana")
    assert f"ask who else to meet: {said}." in ana.types("/interview prep Dana").words
    assert f"Ask for {said} in your" in ana.types("/interview log Dana thanked: yes").words
    house.passes("2026-11-30 12:00")
    assert any(f"Ask one of these for {said}" in each.words for each in ana.letters)


def test_no_reminder_of_a_check_in(house: House, hannah: Person) -> None:
    """None is a number too."""
    hannah.types("/cohort weeks check_in_again_days: 0")
    house.joined("Mei")
    assert "2026-11-30T09:00" in due(house, "checkin ask")
    mei = house.rows(Owed, command="checkin remind", state=OwedState.DUE)
    assert not [each for each in mei if each.member_id == house.member("Mei").member.id]


def asked(house: House, ana: Person, hannah: Person, follow_ups: int) -> None:
    """Ana's note to Dana is sent, with so many notes to follow it."""
    hannah.types(f"/cohort asking follow_ups: {follow_ups}")
    ana.types("/contact add Dana")
    ana.types("/ask sent Dana")


def test_no_follow_up(house: House, ana: Person, hannah: Person) -> None:
    """None is offered, and the card of manners says once."""
    asked(house, ana, hannah, 0)
    ana.types("/contact add Lee")
    assert "Once. Then you let it be." in ana.types("/ask draft Lee").words
    house.moves_to("2026-11-30 09:00")
    shown = ana.letters[-1]
    assert "follow-up" not in shown.words
    assert "You were polite; now we move on." in shown.words
    (ask,) = ana.keeps(Ask)
    assert "You wrote to Dana once; that is enough." in (
        ana.calls(call("ask followup", ask=ask.id)).words
    )
    assert "Move on" in ana.types("/network due").labels


def test_two_follow_ups(house: House, ana: Person, hannah: Person) -> None:
    """A second one a week after the first; it is the last, and each press counts once."""
    asked(house, ana, hannah, 2)
    (ask,) = ana.keeps(Ask)
    first = ana.calls(call("ask followup", ask=ask.id))
    assert "and then leave it" not in note(first)
    assert "ask once more" in ana.presses("Sent", first).words
    assert "Noted already" in ana.presses("Sent", first).words
    house.passes("2026-11-30 12:00", hours=1)
    shown = next(each for each in ana.letters if "the second note either" in each.words)
    assert "One last line is fine" in shown.words
    second = ana.presses("Follow-up draft", shown)
    assert "and then leave it" in note(second)
    ana.presses("Sent", second)
    house.passes("2026-12-07 12:00", hours=1)
    last = next(each for each in ana.letters if "the third note either" in each.words)
    assert "Follow-up draft" not in last.labels
    assert "three times" in ana.calls(call("ask followup", ask=ask.id)).words


def test_later_is_as_long_as_is_set(house: House, ana: Person, hannah: Person) -> None:
    """A week instead of two."""
    asked(house, ana, hannah, 1)
    hannah.types("/cohort asking later_days: 7")
    ana.types("/ask replied Dana")
    ana.presses("Later")
    assert due(house, "ask again") == ["2026-11-30T09:00"]
