"""Students partnered with alumni: a preview, two yeses, a kind no, nobody above a number (K5)."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asks import Ask
from bot.domain.cohort import Member, Role
from bot.domain.pairings import Partnership
from bot.domain.people import Contact, Standing, Volunteer
from bot.invocation import call
from bot.reply import Attachment, Copyable
from tests.builders import a_contact, an_alum
from tests.front_door import House, Person, Shown


def student(house: House, name: str, field: str = "Marketing", **rest: Any) -> Person:
    """A student who hears and has said a field."""
    made = house.joined(name)
    changes(house, made.member, field=field, **rest)
    return made


def changes(house: House, member: Member, **fields: Any) -> None:
    """Set what a settings form would."""
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(member, **fields))


@pytest.fixture
def otto(house: House) -> Person:
    """The organiser."""
    return house.joined("Otto", admin=True)


def alum(house: House, name: str = "Dana Whitfield", **rest: Any) -> int:
    """Somebody in marketing who agreed to be asked."""
    (made,) = house.add(an_alum(name, house.cohort.id, **rest))
    return made.id


def preview(otto: Person) -> Shown:
    """What the organiser sees before anything is sent."""
    return otto.types("/cohort match")


def send(otto: Person, label: str = "Ask 1 student") -> None:
    """The preview, and its press."""
    preview(otto)
    otto.presses(label)
    otto.house.ticks()


def test_the_preview_sends_nothing_and_names_everybody(house: House, otto: Person) -> None:
    """Counts and names; who has no field or does not hear is not in it."""
    ana, ben = student(house, "Ana"), student(house, "Ben", "quantum chemistry zoo")
    house.joined("Cleo")
    alum(house)
    shown = preview(otto)
    assert "1 student could be partnered until" in shown.words
    assert "Ana – Dana Whitfield" in shown.words
    assert "Marketing Manager, Calloway Foods" in shown.words
    assert "No free alum in the field of Ben" in shown.words
    assert "Cleo" not in shown.words
    assert house.rows(Partnership) == []
    house.ticks()
    assert [each for each in (*ana.letters, *ben.letters) if "partner" in each.words] == []


def test_two_yeses_with_an_alum_outside(house: House, otto: Person) -> None:
    """The student, then the organiser's mail and the alum's word; then they are on the list."""
    ana = student(house, "Ana")
    dana = alum(house, email="dana@example.org")
    send(otto)
    asked = ana.letters[-1]
    assert "Dana Whitfield, Marketing Manager at Calloway Foods" in asked.words
    assert "only after your yes" in asked.words
    assert ana.keeps(Contact) == []
    assert "is asked now" in ana.presses("Yes, ask them", on=asked).words
    house.ticks()
    assert "An alum outside the chat waits for your mail" in otto.letters[-1].words
    mails = otto.presses("The e-mails", on=otto.letters[-1])
    (words,) = [each.words for each in mails.answer.parts if isinstance(each, Copyable)]
    assert "Ana, one of our students, is curious about Marketing" in words
    assert [each for each in mails.answer.parts if isinstance(each, Attachment)]
    assert "dana@example.org" in mails.words
    board = preview(otto)
    assert "for Ana" in board.words
    otto.presses("They said yes", on=board)
    (contact,) = ana.keeps(Contact)
    assert (contact.alum_id, contact.standing) == (dana, Standing.TO_ASK)
    house.passes("2026-11-24 10:00")
    assert "said yes to being your partner" in ana.letters[-1].words
    assert "Draft the first note" in ana.letters[-1].labels
    assert "Partners: 1" in preview(otto).words


def test_an_alum_in_the_workspace_answers_me(house: House, otto: Person) -> None:
    """By message; a no is told kindly, and the student comes first in the next round."""
    ana = student(house, "Ana")
    number = alum(house)
    dana = house.joined("Dana Whitfield")
    changes(house, dana.member, role=Role.ALUM)
    house.add(
        Volunteer(
            cohort_id=house.cohort.id, alum_id=number, member_id=dana.member.id,
            since=house.clock.now(),
        )
    )  # fmt: skip
    send(otto)
    ana.presses("Yes, ask them", on=ana.letters[-1])
    house.ticks()
    letter = dana.letters[-1]
    assert "Ana, a student, would like you as a partner in Marketing" in letter.words
    assert "Leave the list" in letter.labels
    assert "tell Ana kindly" in dana.presses("No, thank you", on=letter).words
    assert "nothing to answer any more" in dana.presses("Yes", on=letter).words
    house.passes("2026-11-24 10:00")
    assert "It isn’t about you, and you come first in the next round" in ana.letters[-1].words
    assert ana.keeps(Contact) == []
    student(house, "Ben", major="English")
    alum(house, "Lee Kim")
    shown = preview(otto)
    assert "Ana – Lee Kim" in shown.words
    assert "Dana" in shown.words
    assert "Ben – Dana Whitfield" in shown.words


def test_a_no_of_the_student_reaches_nobody(house: House, otto: Person) -> None:
    """The alum never hears of it, and has their place back."""
    ana = student(house, "Ana")
    alum(house)
    send(otto)
    asked = ana.letters[-1]
    assert "Nobody was asked" in ana.presses("Not now", on=asked).words
    assert "offer has passed" in ana.presses("Yes, ask them", on=asked).words
    student(house, "Ben")
    assert "Ben – Dana Whitfield" in preview(otto).words


def test_nobody_is_above_their_number(house: House, otto: Person) -> None:
    """One a month is one student, two are two; who is paused, left or never agreed is none."""
    for name in ("Ana", "Ben", "Cleo", "Dan"):
        student(house, name)
    alum(house)
    alum(house, "Lee Kim", asks_per_month=2)
    alum(house, "Pat Paused", paused=True)
    alum(house, "Nora No", consent=False)
    alum(house, "Gil Gone", left=house.clock.now(), consent=False)
    words = preview(otto).words
    assert words.count("– Dana Whitfield") == 1
    assert words.count("– Lee Kim") == 2
    assert not any(name in words for name in ("Pat", "Nora", "Gil"))
    otto.presses("Ask 3 students")
    again = preview(otto)
    assert "Nobody to partner now" in again.words
    assert "Waiting for an answer: 3" in again.words


def test_a_round_is_sent_once(house: House, otto: Person) -> None:
    """The second press finds it done."""
    ana = student(house, "Ana")
    alum(house)
    shown = preview(otto)
    otto.presses("Ask 1 student", on=shown)
    assert "has been sent" in otto.presses("Ask 1 student", on=shown).words
    assert len(house.rows(Partnership, student_id=ana.member.id)) == 1


def test_what_changed_since_the_preview_is_left_out(house: House, otto: Person) -> None:
    """An alum who paused in between is not proposed."""
    ana, _ben = student(house, "Ana"), student(house, "Ben")
    dana = alum(house)
    alum(house, "Lee Kim")
    shown = preview(otto)
    with house.database.writing(house.cohort.id) as store:
        there = store.get(type(an_alum()), dana)
        assert there is not None
        store.save(replace(there, paused=True))
    said = otto.presses("Ask 2 students", on=shown)
    assert "Asked: 1 student." in said.words
    assert "1 changed since the preview" in said.words
    assert ana.house.rows(Partnership, alum_id=dana) == []


def test_silence_lapses_and_is_told(house: House, otto: Person) -> None:
    """A student who said yes hears an end, though nobody ever answered."""
    ana = student(house, "Ana")
    alum(house)
    send(otto)
    ana.presses("Yes, ask them", on=ana.letters[-1])
    for day in range(15):
        ana.types("/snowball today")
        house.moves_to(house.clock.now().add(hours=24))
        del day
    assert [each for each in ana.letters if "cannot be your partner this term" in each.words]
    assert "Under way" not in preview(otto).words


def test_who_is_on_the_list_already_needs_no_partnering(house: House, otto: Person) -> None:
    """And nobody is proposed twice to the same student."""
    ana = student(house, "Ana")
    dana = alum(house)
    house.add(a_contact("Dana Whitfield", house.cohort.id, ana.member.id, alum_id=dana))
    assert "Nobody to partner now" in preview(otto).words


def test_only_organisers_match(house: House) -> None:
    """Neither the preview nor its buttons are a student's."""
    ana = student(house, "Ana")
    for line in ("/cohort match", "/match letters", "/match send"):
        assert "Only an organiser" in ana.types(line).words


def test_a_proposal_can_wait_and_is_in_the_menu(house: House, otto: Person) -> None:
    """Put off, it comes again; until it is answered the menu has it."""
    ana = student(house, "Ana")
    house.add(a_contact("Lee", house.cohort.id, ana.member.id))
    alum(house)
    send(otto)
    assert "tomorrow at 9:00" in ana.letters[-1].options
    menu = ana.types("/snowball")
    assert "For the term: Dana Whitfield: yes or no?" in menu.words
    ana.presses("About Dana Whitfield")
    ana.presses("Yes, ask them")
    assert "For the term" not in ana.types("/snowball").words


def test_the_mail_to_an_alum_lets_them_leave(house: House, otto: Person) -> None:
    """With the page of their own where the deployment has an address."""
    house.dispatcher = replace(house.dispatcher, site="https://snowball.example.org")
    ana = student(house, "Ana")
    alum(house)
    send(otto)
    ana.presses("Yes, ask them", on=ana.letters[-1])
    words = otto.types("/match letters").words
    assert "To pause, change or leave the list, without a login: https://snowball.ex" in words


def a_pair_of_partners(house: House, otto: Person) -> tuple[Person, Person]:
    """Ana and Dana, who is in the workspace; both have said yes."""
    ana, number = student(house, "Ana", major="English"), alum(house, asks_per_month=1)
    dana = house.joined("Dana Whitfield")
    changes(house, dana.member, role=Role.ALUM)
    house.add(
        Volunteer(
            cohort_id=house.cohort.id, alum_id=number, member_id=dana.member.id,
            since=house.clock.now(),
        )
    )  # fmt: skip
    send(otto)
    ana.presses("Yes, ask them", on=ana.letters[-1])
    house.ticks()
    assert "opening a chat" in dana.presses("Yes", on=dana.letters[-1]).words
    house.passes("2026-11-24 10:00")
    return ana, dana


def test_the_first_note_does_not_ask_a_partner_anew(house: House, otto: Person) -> None:
    """Its tie is the partnership; no limit and no button asks them again; Sent counts as ever."""
    ana, dana = a_pair_of_partners(house, otto)
    (begun,) = house.groups[("ana", "dana whitfield")]
    assert "both said yes to being partners this term. Ana, which days" in begun.words
    house.add(
        Ask(
            cohort_id=house.cohort.id, member_id=dana.member.id, drafted=house.clock.now(),
            contact_id=house.add(a_contact("Dana", house.cohort.id, dana.member.id))[0].id,
            alum_id=ana.keeps(Contact)[0].alum_id, sent=house.clock.now(),
        )
    )  # fmt: skip
    changes(house, ana.member, agreed_etiquette=house.clock.now())
    note = ana.presses("Draft the first note", on=ana.letters[-1])
    assert "They said yes already" in note.words
    assert "Thank you for saying yes to being my partner this term." in note.words
    assert "student of English, curious about Marketing" in note.words
    assert "Let me ask them" not in note.labels
    (person,) = ana.keeps(Contact)
    old = ana.calls(call("ask here", person=person.id, words="May I?"))
    assert "They said yes already" in old.words
    ana.presses("Sent", on=note)
    (ask,) = ana.keeps(Ask)
    assert (ask.sent is not None, ask.carried) == (True, None)
    assert "You wrote to" in ana.types("/ask draft Dana Whitfield").words


def test_nobody_is_partnered_with_themselves(house: House, otto: Person) -> None:
    """A student who lists themselves is no partner of their own."""
    ana, number = student(house, "Ana"), alum(house, "Ana")
    house.add(
        Volunteer(
            cohort_id=house.cohort.id, alum_id=number, member_id=ana.member.id,
            since=house.clock.now(),
        )
    )  # fmt: skip
    assert "Nobody to partner now" in preview(otto).words
