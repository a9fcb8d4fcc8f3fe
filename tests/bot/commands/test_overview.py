"""The organiser's overview, a student's card, the log; and students see what is seen of them."""

from dataclasses import replace
from typing import Any

from whenever import TimeDelta

from bot.domain.asks import Ask
from bot.domain.cohort import Account, Member
from bot.domain.people import Alum, Standing
from bot.domain.talks import Talk
from bot.invocation import call
from bot.plaintext import plain
from bot.reply import Answer, Buttons, Facts, Listing, Note, Title
from tests.builders import a_contact, a_talk, an_alum
from tests.front_door import House, Person, at

SECRETS = ("Dana", "Calloway", "Learn SQL", "budget")


def otto_of(house: House) -> Person:
    """The organiser."""
    return house.joined("Otto", admin=True)


def knows_dana(house: House, who: Person, **talk: Any) -> Talk:
    """She asked Dana, talked to her and got a name."""
    me, now = who.member.id, house.clock.now()
    [dana] = house.add(
        a_contact("Dana Whitfield", house.cohort.id, me, company="Calloway", standing=Standing.MET)
    )
    house.add(
        a_contact("Lee Chan", house.cohort.id, me, referred_by=dana.id, added=now),
        Ask(
            cohort_id=house.cohort.id, member_id=me, contact_id=dana.id, drafted=now, sent=now,
            outcome="replied", answered=now,
        ),
    )  # fmt: skip
    words = {"tip": "Learn SQL first", "takeaways": "How a budget is made", **talk}
    [held] = house.add(a_talk(dana.id, cohort_id=house.cohort.id, member_id=me, **words))
    return held


def test_counts_by_student_and_nothing_of_contacts(house: House, ana: Person) -> None:
    """Asks, talks, names and the goal; not whom, not what, not when last."""
    knows_dana(house, ana)
    seen = otto_of(house).types("/cohort overview")
    assert "Ana — 1 ask · 1 talk · 1 name · on track" in seen.words
    assert not [each for each in SECRETS if each in seen.words]
    assert "last" not in seen.words.lower()
    assert "thank" not in seen.words.lower()


def test_a_check_in_counts_as_it_says(house: House, ana: Person) -> None:
    """Its numbers, as it told her; never its mood or its words."""
    ana.types("/checkin")
    for tap in ("2", "1", "😕 stuck"):
        ana.presses(tap)
    ana.presses("Add a line")
    ana.fills_in(words="I hated it")
    otto = otto_of(house)
    seen = otto.types("/cohort overview").words
    assert "Ana — 2 asks · 1 talk" in seen
    card = otto.calls(call("cohort student", student=ana.member.id)).words
    assert "stuck" not in seen + card
    assert "hated" not in seen + card


def test_who_could_use_a_word_comes_first(house: House, ana: Person) -> None:
    """Quiet for two weeks, not joined, not reached; each with its reason, the others after."""
    house.member("Ben").types("/snowball")
    otto = otto_of(house)
    house.moves_to("2026-12-07 10:00")
    cleo = house.joined("Cleo")
    [account] = house.rows(Account, external_id="cleo")
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(account, reachable=False))
    dora = house.joined("Dora")
    knows_dana(house, dora)
    shown = otto.types("/cohort overview")
    order = [shown.words.index(name) for name in ("Cleo", "Ana", "Ben", "Dora")]
    assert order == sorted(order)
    assert "no ask lately" in shown.words
    assert "my messages do not get through" in shown.words
    assert "Ben — not joined yet" in shown.words
    assert "4 students, 2 could use a word, 1 not joined yet" in shown.words
    assert cleo.member.name == "Cleo"


def test_paused_is_said_and_never_why(house: House, ana: Person) -> None:
    """Paused until a day, or stopped: one word for both, and no nudge for either."""
    ben = house.joined("Ben")
    ana.types("/settings pause 1 March 2027")
    ben.types("/settings stop")
    otto = otto_of(house)
    house.moves_to("2026-12-14 10:00")
    said = otto.types("/cohort overview")
    assert said.words.count("paused") == 2
    assert "stopped" not in said.words
    assert "March" not in said.words
    assert "Nudge" not in said.labels


def test_a_student_sees_exactly_what_the_organiser_sees(house: House, ana: Person) -> None:
    """The same parts, word for word: the card has no second version."""
    talk = knows_dana(house, ana)
    ana.calls(call("interview share", talk=talk.id, sure="yes"))
    house.moves_to("2026-12-07 10:00")
    otto = otto_of(house)
    theirs = otto.calls(call("cohort student", student=ana.member.id))
    mine = ana.types("/mydata teacher")
    shown = [each for each in theirs.answer.parts if isinstance(each, Title | Facts | Listing)]
    assert len(shown) > 3
    assert [
        each for each in mine.answer.parts if isinstance(each, Title | Facts | Listing)
    ] == shown
    left = [each for each in theirs.answer.parts if each not in shown]
    assert all(isinstance(each, Buttons | Note) for each in left)
    assert "Dana" not in plain(Answer(tuple(shown)), "UTC")


def test_a_note_is_read_only_when_it_was_shared(house: House, ana: Person) -> None:
    """First the words themselves, then the press; one press takes it back."""
    knows_dana(house, ana)
    otto = otto_of(house)
    card = call("cohort student", student=ana.member.id)
    assert "Learn SQL" not in otto.calls(card).words
    ana.types("/interview list")
    asked = ana.presses("Share this note")
    assert "How a budget is made" in asked.words
    assert "Learn SQL" not in otto.calls(card).words
    ana.presses("Share it", asked)
    seen = otto.calls(card).words
    assert "How a budget is made" in seen
    assert "Dana" not in seen
    ana.types("/interview list")
    ana.presses("Take the note back")
    assert "Learn SQL" not in otto.calls(card).words


def test_a_note_that_is_changed_is_private_again(house: House, ana: Person) -> None:
    """What was shared was the note as it read then."""
    talk = knows_dana(house, ana)
    ana.calls(call("interview share", talk=talk.id, sure="yes"))
    ana.calls(call("interview more", talk=talk.id))
    said = ana.fills_in(takeaways="Something private")
    assert "no longer read it" in said.words
    otto = otto_of(house)
    assert "private" not in otto.calls(call("cohort student", student=ana.member.id)).words


def test_the_log_says_what_was_sent_and_why(house: House, ana: Person) -> None:
    """Kinds of messages with their day; neither the words nor the people in them."""
    otto = otto_of(house)
    knows_dana(house, ana)
    house.passes("2026-12-07 12:00", hours=24)
    said = otto.calls(call("cohort log")).words
    assert "Ana: weekly check-in, the day they chose" in said
    assert "sent Monday" in said
    assert not [each for each in SECRETS if each in said]
    assert "Otto" not in said


def test_pages_hold_everybody_once(house: House) -> None:
    """Twenty students on three pages."""
    otto = otto_of(house)
    with house.database.writing(house.cohort.id) as store:
        for number in range(20):
            store.add(
                Member(
                    cohort_id=house.cohort.id, name=f"Student {number:02}",
                    joined=house.clock.now(), opted_in=house.clock.now(),
                )
            )  # fmt: skip
    seen = [otto.types("/cohort overview")]
    while "Next" in seen[-1].labels:
        seen.append(otto.presses("Next"))
    assert len(seen) == 3
    names = [f"Student {number:02}" for number in range(20)]
    assert [sum(name in page.words for page in seen) for name in names] == [1] * 20
    assert "Previous" in seen[-1].labels


def test_after_the_end_it_stands_still(house: House, ana: Person) -> None:
    """What students do later is theirs."""
    otto = otto_of(house)
    otto.types("/cohort end 30 November 2026")
    house.clock.move_to(at("2026-12-20 10:00"))
    knows_dana(house, ana, held=at("2026-12-19").to_tz("UTC").date())
    said = otto.types("/cohort overview")
    assert "as of Monday 30 November" in said.words
    assert "Ana — 0 asks · 0 talks · 0 names" in said.words
    assert "Nudge" not in said.labels


def test_nobody_yet(house: House) -> None:
    """An empty class says what brings students."""
    shown = otto_of(house).types("/cohort overview")
    assert "No student has come yet" in shown.words
    assert shown.labels[0] == "Start the class"


def test_students_see_none_of_it(house: House, ana: Person) -> None:
    """Every view of the organiser's refuses a student, kindly."""
    ben = house.joined("Ben")
    for said in (
        ana.types("/cohort overview"),
        ana.calls(call("cohort student", student=ben.member.id)),
        ana.calls(call("cohort log")),
        ana.calls(call("cohort concerns")),
    ):
        assert said.words == "Only an organiser of this cohort can do that."


def test_a_concern_waits_in_the_overview_until_it_was_looked_at(house: House, ana: Person) -> None:
    """Counted on top, read by organisers alone; one press puts the person back in the finder."""
    otto = otto_of(house)
    [alum] = house.add(an_alum("Dana Whitfield"))
    [dana] = house.add(a_contact("Dana Whitfield", house.cohort.id, ana.member.id, alum_id=alum.id))
    ana.calls(call("concern tell", person=dana.id))
    ana.fills_in(words="He asked for my address.")
    assert "Dana" not in ana.types("/alum find marketing").words
    otto.types("/cohort overview")
    seen = otto.presses("Concerns: 1")
    assert "Ana" in seen.words
    assert "He asked for my address." in seen.words
    otto.presses("Looked at it")
    assert "Dana" in ana.types("/alum find marketing").words
    assert "Nothing is waiting" in otto.calls(call("cohort concerns")).words
    assert "Concerns: 1" not in otto.types("/cohort overview").labels


def test_somebody_barred_may_be_asked_again(house: House, ana: Person) -> None:
    """An organiser lifts it, with a reason that is kept; who left the list stays off it."""
    del ana
    otto = otto_of(house)
    gone = house.clock.now() - TimeDelta(hours=24)
    house.add(
        an_alum("Dana Whitfield", do_not_contact=True),
        an_alum("Eva Moor", do_not_contact=True, left=gone),
    )
    otto.calls(call("cohort concerns"))
    otto.presses("May be asked again")
    assert "can be found and asked again" in otto.fills_in(why="She wrote to us").words
    assert not house.rows(Alum, name="Dana Whitfield")[0].do_not_contact
    seen = otto.calls(call("cohort concerns"))
    assert "She wrote to us" in seen.words
    otto.presses("May be asked again", seen)
    assert "only they come back" in otto.fills_in(why="I would like it").words
