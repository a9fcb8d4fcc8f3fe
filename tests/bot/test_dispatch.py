"""The one door: who may, what is missing, what was handled before, what goes wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.domain.cohort import Member
from bot.domain.drafts import Draft, Seen
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import Actor, Invocation, Place, call, write_id
from bot.reply import Buttons, answer
from tests.builders import a_cohort, a_contact
from tests.front_door import House, Paper, Person, Shown
from tests.probe import Fault, with_probes

SORRY = "Something went wrong on my side. Nothing was changed, and what you typed is kept."


def test_students_cannot_do_what_organisers_do(ana: Person) -> None:
    """A command of organisers refuses a student with a sentence."""
    assert ana.types("/cohort import").words == "Only an organiser of this cohort can do that."


def test_who_runs_the_workspace_organises(house: House) -> None:
    """An admin of the workspace is an organiser from the first word on; who loses the right and was
    not named is a student again."""
    otto = house.member("Otto", admin=True)
    assert otto.types("/cohort import").asked == ["file"]
    assert house.member("Otto").types("/cohort import").words == (
        "Only an organiser of this cohort can do that."
    )


def test_a_button_carries_no_authority(house: House, ana: Person) -> None:
    """An organiser's button does nothing in a student's hands."""
    written = write_id(call("cohort import"), house.cohort.id, 1)
    assert ana.presses_id(written).words == "Only an organiser of this cohort can do that."


def test_an_unknown_command_points_to_help(ana: Person) -> None:
    """What is not there is named as typed, with where to look."""
    found = ana.types("/frobnicate now")
    assert found.words == "I don’t know /frobnicate. /snowball help lists what I can do."


def test_an_unknown_place_says_so(house: House) -> None:
    """A workspace that belongs to no cohort gets an answer, and nobody joins."""
    actor = Actor("paper", "elsewhere", "eve", "Eve")
    said = house.dispatcher(Invocation("snowball", actor, Place(), "k"), Paper())
    assert said is not None
    assert Shown(said.reply, 0).words.startswith("I don’t know this place yet.")
    assert house.rows(Member) == []


def test_words_that_are_no_option_are_words(ana: Person) -> None:
    """A pair whose name is no option of this command belongs to the value before it."""
    ana.types("/contact add Dana colour: red")
    assert [each.name for each in ana.keeps(Contact)] == ["Dana colour: red"]


def test_more_words_than_a_command_takes_are_not_swallowed(ana: Person) -> None:
    """A command without options says that it takes none."""
    found = ana.types("/checkin now please")
    assert found.words == "/checkin takes no more words. /snowball help shows what it does."


def test_the_same_event_twice_does_nothing_more(ana: Person) -> None:
    """A surface that delivers an event again gets no second answer, and nothing is doubled."""
    first = ana.tries("/contact add Dana", "event-77")
    assert first is not None
    assert ana.tries("/contact add Dana", "event-77") is None
    assert [each.name for each in ana.keeps(Contact)] == ["Dana"]


def test_ten_presses_of_a_button_keep_one_person(ana: Person) -> None:
    """Each press is an event of its own; what it asks for is done once."""
    ana.types("/contact add Dana")
    warned = ana.types("/contact add Dana company:Acme")
    for _ in range(10):
        ana.presses("Somebody else: save", warned)
    assert [each.company for each in ana.keeps(Contact)] == ["", "Acme"]


def test_a_form_sent_twice_is_taken_once(ana: Person) -> None:
    """The second submit says that it is saved already."""
    form = ana.types("/contact add")
    ana.fills_in(form, name="Dana")
    again = ana.fills_in(form, name="Dana")
    assert again.words == "That is saved already; once is enough."
    assert [each.name for each in ana.keeps(Contact)] == ["Dana"]


def test_somebody_elses_draft_opens_nothing(house: House, ana: Person) -> None:
    """A draft's key is worth nothing to another member."""
    form = ana.types("/contact add")
    ben = house.joined("Ben")
    stolen = ben.calls(call("~", d=form.form.draft))
    assert stolen.words == "That is too old for me to find. Start again, please."
    assert ben.fills_in(form, name="Dana").words == stolen.words
    assert house.rows(Contact) == []


def test_somebody_elses_people_are_nobody(house: House, ana: Person) -> None:
    """A button that names another member's contact finds nobody, by number or by name."""
    ana.types("/contact add Dana")
    (dana,) = ana.keeps(Contact)
    ben = house.joined("Ben")
    by_number = ben.calls(call("contact show", person=dana.id))
    assert by_number.words == "Nobody on your list has that number. Give me a name."
    assert "nobody called Dana" in ben.types("/contact show Dana").words


@pytest.mark.parametrize("written", ["", "x", "1:", "1:nothing.here?x=1#0", "1:later#2", "%%%"])
def test_buttons_of_nowhere_are_answered_kindly(ana: Person, written: str) -> None:
    """Whatever a button's id says, there is a sentence, and nothing is written."""
    before = ana.house.rows(Contact)
    assert ana.presses_id(written).words
    assert ana.house.rows(Contact) == before


def test_a_button_of_somebody_removed_says_who_is_gone(ana: Person) -> None:
    """A stale button does not open a form for a person who is off the list, nor invent one."""
    ana.types("/contact add Dana")
    card = ana.types("/contact show Dana")
    ana.picks("Remove", card)
    assert ana.presses("Draft an ask", card).words == "Dana is off your list now."
    for label in ("Log a talk", "Edit", "Remove", "Questions"):
        assert ana.picks(label, card).words == "Dana is off your list now."
    assert ana.keeps(Talk) == []
    assert len(ana.keeps(Contact)) == 1


def test_reading_commands_leave_no_trace(house: House, ana: Person) -> None:
    """A command that only reads writes nothing, not even that it was heard."""
    ana.types("/contact add Dana")
    before = len(house.rows(Seen))
    for line in ("/contact list", "/contact show Dana", "/snowball", "/settings show"):
        ana.types(line)
    assert len(house.rows(Seen)) == before


@pytest.fixture
def probe(house: House) -> Iterator[Person]:
    """A member of a house with commands that go wrong."""
    with_probes(house)
    yield house.joined("Ana")
    Fault.raised = False


def test_an_error_changes_nothing_and_keeps_what_was_typed(probe: Person) -> None:
    """What the handler had written is undone; one press tries it again, with everything typed."""
    form = probe.types("/probe saves")
    Fault.raised = True
    failed = probe.fills_in(form, name="Dana", words="a long story")
    assert failed.words.startswith(SORRY)
    assert probe.keeps(Contact) == []
    Fault.raised = False
    again = probe.presses("Try again", failed)
    assert again.given == {"name": "Dana", "words": "a long story"}
    probe.fills_in(again)
    assert [each.name for each in probe.keeps(Contact)] == ["Dana"]


def test_trying_again_works_once(probe: Person) -> None:
    """However often it is pressed and sent, one thing comes of it."""
    Fault.raised = True
    failed = probe.types("/probe saves name:Dana")
    Fault.raised = False
    first, second = probe.presses("Try again", failed), probe.presses("Try again", failed)
    probe.fills_in(first)
    assert probe.fills_in(second).words == "That is saved already; once is enough."
    assert [each.name for each in probe.keeps(Contact)] == ["Dana"]


def test_the_log_says_where_and_nothing_of_whom(probe: Person) -> None:
    """An error is logged with its place in the code, without names or words of anybody."""
    Fault.raised = True
    with structlog.testing.capture_logs() as logged:
        probe.types("/probe saves name:Zebulon words:confidential")
    (entry,) = logged
    assert entry["command"] == "probe saves"
    assert "probe.py" in str(entry["where"])
    assert not any(word in str(entry) for word in ("Zebulon", "confidential", "Ana", "ana"))


def test_a_broken_database_is_no_silence(probe: Person, monkeypatch: Any) -> None:
    """What fails outside a handler is answered too."""

    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(type(probe.house.database), "writing", broken)
    with structlog.testing.capture_logs():
        assert probe.types("/probe saves name:Dana").words.startswith("Something went wrong")


def test_a_refusal_is_a_sentence_with_a_way_back(probe: Person) -> None:
    """A refused form is undone, and one press brings it back with what was typed."""
    form = probe.types("/probe refuses")
    refused = probe.fills_in(form, words="my words")
    assert refused.words.startswith("Not like this.")
    assert probe.keeps(Contact) == []
    assert probe.presses("Back to the form", refused).given == {"words": "my words"}


def test_a_command_that_claims_to_read_cannot_write(probe: Person) -> None:
    """It is begun again where writing is allowed, so nothing is lost."""
    probe.types("/probe pretends")
    assert [each.name for each in probe.keeps(Contact)] == ["written after all"]


def test_a_call_too_long_for_a_button_is_kept(probe: Person) -> None:
    """The button carries a key, the draft carries the words."""
    shown = probe.types("/probe long")
    (kept,) = probe.house.rows(Draft)
    assert shown.button("Go").call == call("~", d=kept.key)
    assert probe.presses("Go", shown).words == "long " * 60


def test_what_does_not_fit_waits_behind_a_button(probe: Person) -> None:
    """A reply too long for a message is paged, and no part of it is lost."""
    probe.house.surface = Paper(holds=TwoParts())
    seen = [probe.types("/probe many")]
    while "Show more" in seen[-1].labels:
        seen.append(probe.presses("Show more", seen[-1]))
    lines = [line for each in seen for line in each.words.splitlines() if line.startswith("line")]
    assert lines == [f"line {number}" for number in range(7)]
    assert len(seen) == 4


class TwoParts:
    """A surface whose message holds two parts."""

    def split(self, whole: Any) -> Any:
        parts = [each for each in whole.parts if not isinstance(each, Buttons)]
        return answer(*parts[:2]), tuple(parts[2:])


def test_slash_snowball_runs_every_command(ana: Person) -> None:
    """Other apps may own a name, so every command can be typed after /snowball."""
    ana.types("/snowball contact add Dana company:Acme")
    assert [(each.name, each.company) for each in ana.keeps(Contact)] == [("Dana", "Acme")]
    assert ana.types("/snowball checkin").words.startswith("Your week from")
    assert "the future" in ana.types("/snowball question part:future").words
    assert ana.says("/contact list").people == ["Dana"]


def test_plain_words_that_begin_like_a_bare_command_stay_plain(ana: Person) -> None:
    """ "question for a nurse" is no call of /question."""
    assert "A question to ask" in ana.says("question for a nurse").labels


def test_suggestions_are_mine_alone(house: House, ana: Person) -> None:
    """What is suggested while typing comes from the member's own people."""
    ana.types("/contact add Dana Reyes")
    ben = house.joined("Ben")
    typed = Invocation("contact show", ana.actor, Place(), "")
    found = house.dispatcher.suggest(typed, "person", "da")
    assert [each.label for each in found] == ["Dana Reyes"]
    other = Invocation("contact show", ben.actor, Place(), "")
    assert house.dispatcher.suggest(other, "person", "da") == []


def test_suggestions_for_what_is_not_there_are_none(house: House, ana: Person) -> None:
    """An unknown command, parameter or person gets an empty list."""
    typed = Invocation("contact show", ana.actor, Place(), "")
    assert house.dispatcher.suggest(typed, "nothing", "da") == []
    unknown = Invocation("no such", ana.actor, Place(), "")
    assert house.dispatcher.suggest(unknown, "person", "da") == []
    stranger = Invocation("contact show", Actor("paper", "paper", "eve", "Eve"), Place(), "")
    assert house.dispatcher.suggest(stranger, "person", "da") == []


def test_reminders_cannot_be_typed(ana: Person) -> None:
    """What only the clock makes is no command."""
    assert ana.types("/thanks remind").words.startswith("I don’t know /thanks")
    assert ana.calls(call("checkin ask")).words.startswith("I don’t know /checkin ask")


def test_cohorts_do_not_see_each_other(house: House, ana: Person) -> None:
    """Rows of one cohort are not there in another."""
    house.add(a_contact("Dana", owner_id=ana.member.id, cohort_id=house.cohort.id))
    other = house.database.add_cohort(a_cohort("Other"))
    with house.database.reading(other.id) as store:
        assert store.find(Contact) == []
