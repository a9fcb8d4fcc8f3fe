"""Monday's brief, the nudge, and the dry run of a day."""

from dataclasses import replace

import pytest

from bot.domain.asks import Ask
from bot.domain.cohort import Workspace
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Standing
from bot.invocation import call
from storage.tables import SHAPES
from tests.bot.commands.test_overview import SECRETS, knows_dana, otto_of
from tests.builders import a_contact
from tests.front_door import House, Person


def briefs(of: Person) -> list[str]:
    """The briefs among somebody's letters."""
    return [each.words for each in of.letters if "Your class this week" in each.words]


def test_a_brief_each_monday_to_who_organises_and_opted_in(house: House, ana: Person) -> None:
    """Nine o'clock where they are; nobody else gets one, and who did not opt in none either."""
    otto = otto_of(house)
    lee = house.member("Lee", admin=True)
    lee.types("/snowball")
    knows_dana(house, ana)
    house.passes("2026-12-07 12:00", hours=24)
    assert len(briefs(otto)) == 2
    assert briefs(lee) == briefs(ana) == []
    first = briefs(otto)[0]
    assert "1 student: 1 ask, 1 talk and 1 name so far." in first
    assert "In the last seven days: +1 ask, +1 talk, +1 name." in first
    assert "Nothing new in the last seven days." in briefs(otto)[1]
    assert "Doing well: Ana" in first
    assert not [each for each in SECRETS if each in "".join(briefs(otto))]


def test_it_names_who_is_quiet_and_who_has_not_joined(house: House, ana: Person) -> None:
    """By name, in groups, each in one; one press leads on."""
    otto = otto_of(house)
    house.member("Ben").types("/snowball")
    ana.letters.clear()
    house.passes("2026-12-07 12:00", hours=24)
    last = [each for each in otto.letters if "Your class" in each.words][-1]
    assert "Quiet: Ana" in last.words
    assert "Not joined yet: Ben" in last.words
    assert last.labels[0] == "Overview"
    assert "Ana" in otto.presses("Overview", last).words


def test_who_reacts_to_nothing_is_named_once(house: House, ana: Person) -> None:
    """A nudge would not go, so the line is another, and no button offers one."""
    otto = otto_of(house)
    house.passes("2026-12-14 12:00", hours=24)
    last = [each for each in otto.letters if "Your class" in each.words][-1]
    assert f"Not reached by me: {ana.name}" in last.words
    assert "Quiet" not in last.words
    assert "Nudge who needs it" not in last.labels


def test_an_alum_who_listed_themselves_is_asked_for_no_check_in(house: House) -> None:
    """They give; a student's week is not theirs."""
    dana = house.member("Dana")
    dana.types("/alum volunteer")
    dana.fills_in(field="nursing")
    dana.presses("Bring me requests here")
    house.passes("2026-12-07 12:00", hours=24)
    assert [each for each in dana.letters if "check-in" in each.words] == []


def test_a_teacher_without_a_list_gets_no_check_in(house: House, ana: Person) -> None:
    """An organiser has no week of their own to tell of."""
    otto = otto_of(house)
    house.passes("2026-12-02 12:00", hours=24)
    assert not [each for each in otto.letters if "weekly check-in" in each.words]
    assert [each for each in ana.letters if "weekly check-in" in each.words]


def test_an_empty_class_and_one_that_is_over_bring_none(house: House) -> None:
    """Silence in a quiet week."""
    otto = otto_of(house)
    house.passes("2026-12-01 12:00", hours=24)
    assert briefs(otto) == []
    house.joined("Ana")
    otto.types("/cohort end 5 December 2026")
    house.passes("2026-12-15 12:00", hours=24)
    assert briefs(otto) == []


def test_a_nudge_is_shown_first_and_goes_once(house: House, ana: Person) -> None:
    """To one student, with who asked for it; pressed twice it is one."""
    otto = otto_of(house)
    house.passes("2026-12-08 12:00", hours=24)
    ana.types("/snowball")
    ana.letters.clear()
    shown = otto.types("/cohort nudge Ana")
    assert "who organises your class, asked me to look in on you" in shown.words
    assert "It’s been a while since your last ask" in shown.words
    otto.presses("Send it", shown)
    assert "Nudged today already: Ana" in otto.presses("Send it", shown).words
    house.passes("2026-12-09 19:00", hours=24)
    [letter] = [each for each in ana.letters if "look in on you" in each.words]
    assert "Otto" in letter.words
    assert "Stop any time" in letter.words
    assert "Remind me later" in [menu.label.template for menu in letter.menus]


def test_a_line_of_the_organisers_own(house: House, ana: Person) -> None:
    """It reaches the student with the name, and lies nowhere in plain words."""
    otto = otto_of(house)
    otto.types("/cohort nudge Ana")
    otto.presses("Add a line of mine")
    otto.fills_in(words="Your portfolio is lovely.")
    assert "lovely" not in house.rows(Owed, command="cohort word")[0].call
    house.passes("2026-11-24 19:00")
    assert "Otto says: “Your portfolio is lovely.”" in "".join(e.words for e in ana.letters)


def test_a_nudge_is_that_days_one_message_and_waits_for_good_hours(
    house: House, ana: Person
) -> None:
    """At night it is held to the morning; with another due it is one message, not two."""
    otto = otto_of(house)
    house.moves_to("2026-11-29 22:00")
    ana.letters.clear()
    otto.types("/cohort nudge Ana")
    otto.presses("Send it")
    house.passes("2026-11-30 08:30", hours=1)
    assert ana.letters == []
    house.passes("2026-11-30 19:00", hours=1)
    [letter] = ana.letters
    assert "look in on you" in letter.words
    assert "weekly check-in" in letter.words


@pytest.mark.parametrize(
    ("line", "said"),
    [("/settings pause 1 March 2027", "has paused my messages"), ("/settings stop", "has paused")],
)
def test_whoever_paused_is_not_nudged(house: House, ana: Person, line: str, said: str) -> None:
    """A student's no goes before a teacher's wish; which no it was is not said."""
    ana.types(line)
    otto = otto_of(house)
    assert said in otto.types("/cohort nudge Ana").words
    assert said in otto.calls(call("cohort send", student=ana.member.id)).words
    assert house.rows(Owed, command="cohort word") == []


def test_who_reacts_to_nothing_is_not_written_to_once_more(house: House, ana: Person) -> None:
    """After three messages the bot rests; the organiser is told that a word of theirs may help."""
    otto = otto_of(house)
    house.passes("2026-12-15 12:00", hours=24)
    assert "my messages do not get through" in otto.types("/cohort overview").words
    assert "do not get through to Ana" in otto.types("/cohort nudge Ana").words
    ana.types("/snowball")
    assert "This goes to Ana" in otto.types("/cohort nudge Ana").words


def test_all_who_need_it_leaves_out_who_does_not(house: House, ana: Person) -> None:
    """Those with a reason, who hear; nobody else is written to."""
    otto = otto_of(house)
    house.joined("Ben").types("/settings stop")
    house.member("Cleo").types("/snowball")
    house.passes("2026-12-08 12:00", hours=24)
    ana.types("/snowball")
    dora = house.joined("Dora")
    otto.types("/cohort nudge")
    said = otto.presses("Send it")
    assert "On its way to Ana." in said.words
    assert {each.member_id for each in house.rows(Owed, command="cohort word")} == {ana.member.id}
    assert dora.member.hears


def test_a_preview_writes_nothing_and_is_what_comes(house: House, ana: Person) -> None:
    """The dry run of Monday says a check-in to Ana and the brief's very words; and so it comes."""
    otto = otto_of(house)
    knows_dana(house, ana)
    before = kept(house)
    seen = otto.types("/cohort preview 30 November 2026")
    assert kept(house) == before
    assert "Monday 30 November: messages to 1 student" in seen.words
    assert "Ana — weekly check-in, from 9:00" in seen.words
    assert "To you, from 9:00" in seen.words
    assert "1 student: 1 ask, 1 talk and 1 name so far." in seen.words
    assert not [each for each in SECRETS if each in seen.words]
    house.passes("2026-11-30 12:00", hours=24)
    assert "weekly check-in" in ana.letters[-1].words
    assert len(briefs(otto)) == 1


def test_a_preview_knows_sundays_pauses_and_the_end(house: House, ana: Person) -> None:
    """Nothing on a day off, nothing to who paused until later, nothing after the class."""
    otto = otto_of(house)
    assert "nothing to any student" in otto.types("/cohort preview 29 November 2026").words
    assert "weekly check-in" in otto.types("/cohort preview 18 January 2027").words
    ana.types("/settings pause 20 January 2027")
    assert "nothing to any student" in otto.types("/cohort preview 18 January 2027").words
    ana.types("/settings resume")
    otto.types("/cohort end 18 December 2026")
    assert "nothing to any student" in otto.types("/cohort preview 18 January 2027").words


def test_a_day_that_is_over_says_what_went_out(house: House, ana: Person) -> None:
    """From the log, in kinds and counts."""
    otto = otto_of(house)
    house.passes("2026-12-02 12:00", hours=24)
    assert ana.letters
    seen = otto.types("/cohort preview day: 2026-11-30").words
    assert "weekly check-in: 1" in seen


def kept(house: House) -> dict[str, int]:
    """How many rows of each kind there are, forms and handled events aside."""
    aside = ("drafts", "seen")
    return {s.table: len(house.rows(s.kind)) for s in SHAPES if s.table not in aside}


def test_what_is_planned_is_not_changed_by_looking(house: House, ana: Person) -> None:
    """Row for row: neither due times nor states move."""
    otto = otto_of(house)
    knows_dana(house, ana)
    house.ticks()
    before = house.rows(Owed)
    otto.types("/cohort preview tomorrow")
    assert house.rows(Owed) == before
    assert any(each.state is OwedState.DUE for each in before)


def test_a_number_that_changed_moves_the_preview_at_once(house: House, ana: Person) -> None:
    """Before anything is planned anew: the day it left is empty, the day it went to has it."""
    otto = otto_of(house)
    house.ticks()
    monday, tuesday = "/cohort preview 30 November 2026", "/cohort preview 1 December 2026"
    assert "messages to 1 student" in otto.types(monday).words
    assert "nothing to any student" in otto.types(tuesday).words
    otto.types("/cohort weeks check_in_day: Tuesday check_in_at: 10:30")
    assert "nothing to any student" in otto.types(monday).words
    assert "Ana — weekly check-in, from 10:30" in otto.types(tuesday).words
    ana.letters.clear()
    house.passes("2026-12-01 12:00")
    assert [each for each in ana.letters if "check-in" in each.words]


def test_a_preview_has_the_round_that_is_not_made_yet(house: House, ana: Person) -> None:
    """Partners of a week to come and Friday's question to both; looking makes no round."""
    otto = otto_of(house)
    for each in (ana, *(house.joined(name) for name in ("Ben", "Cleo", "Dora"))):
        each.types("/intro pair")
        each.presses("Every week")
    before = kept(house)
    monday = otto.types("/cohort preview 7 December 2026")
    assert "practice partner: 4" in monday.words
    assert "practice partner: 4" in otto.types("/cohort preview 11 December 2026").words
    assert kept(house) == before


def test_a_preview_says_what_waits_for_the_channel(house: House, ana: Person) -> None:
    """A kind and a number; whose it is and what it says is theirs."""
    otto = otto_of(house)
    (workspace,) = house.rows(Workspace)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(workspace, channel="class"))
    ana.types("/event add Career fair when: 3 December 2026 18:00")
    assert house.rows(Owed, command="event post", state=OwedState.DUE)
    seen = otto.types("/cohort preview today").words
    assert "To the channel" in seen
    assert "event: 1" in seen
    assert "Career fair" not in seen
    assert "To the channel" not in otto.types("/cohort preview tomorrow").words


def test_what_a_nudge_says_is_shown_for_each_kind_of_student(house: House, ana: Person) -> None:
    """Who gets which words: the first three by name, and how many more."""
    otto = otto_of(house)
    others = [house.joined(name) for name in ("Ben", "Cleo", "Dora", "Eve")]
    house.passes("2026-12-08 12:00", hours=24)
    for each in (ana, *others):
        each.types("/snowball")
    waiting = [
        a_contact(f"Lee {number}", house.cohort.id, ana.member.id, standing=Standing.ASKED)
        for number in range(2)
    ]
    sent = house.clock.now().subtract(hours=24 * 9)
    for each in house.add(*waiting):
        house.add(
            Ask(
                cohort_id=house.cohort.id, member_id=ana.member.id, contact_id=each.id,
                drafted=sent, sent=sent,
            )
        )  # fmt: skip
    shown = otto.types("/cohort nudge")
    assert "This goes to Ana:" in shown.words
    assert "A note without an answer is rarely about you" in shown.words
    assert "This goes to Ben, Cleo, Dora and 1 more:" in shown.words
    assert "It’s been a while since your last ask" in shown.words
    assert "Lee" not in shown.words
