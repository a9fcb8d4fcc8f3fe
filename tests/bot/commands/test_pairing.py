"""Practice partners from the opt-in to "did you practise?", in the order that members see it."""

import io
import zipfile
from dataclasses import replace

import pytest

from bot.domain.cohort import Account, Cohort, Workspace
from bot.domain.pairings import Pairing
from bot.invocation import call
from bot.reply import Attachment
from tests.builders import a_contact
from tests.front_door import BERLIN, SURFACE, House, Person, at

FRIDAY_BEFORE = at("2026-11-27 12:00")


def opted(house: House, *names: str, how: str = "Every week", zone: str = BERLIN) -> list[Person]:
    """Students who want a partner; they asked on a Friday, so all hear on Monday."""
    house.moves_to(FRIDAY_BEFORE)
    made = [house.joined(name, zone=zone) for name in names]
    for each in made:
        each.types("/intro pair")
        each.presses(how)
    return made


def weeks_pass(house: House, until: str) -> None:
    """Time goes by, and everybody says something each day: who never reacts is left in peace."""
    while house.clock.now() < at(until):
        for each in house.people.values():
            each.types("/snowball today")
        house.moves_to(house.clock.now().add(hours=24))


def partner_of(person: Person) -> list[str]:
    """The words about a partner, of the letters that came."""
    return [
        each.words
        for each in person.letters
        if "you practise with" in each.words and "Half an hour" in each.words
    ]


def test_opting_in_says_what_a_partner_sees(ana: Person) -> None:
    """The offer says it before the choice, and the echo after it."""
    shown = ana.types("/intro pair")
    assert "Your partner sees your name and your time zone, nothing else" in shown.words
    assert shown.labels == ["Every week", "Every second week"]
    said = ana.presses("Every second week")
    assert "You’re in: every second week." in said.words
    assert ana.member.pairs_every == 2
    assert said.labels == ["Every week", "No more"]
    ana.presses("No more")
    assert ana.member.pairs_every == 0


def test_nobody_is_paired_who_did_not_let_me_write(house: House) -> None:
    """Opting in to messages comes first."""
    ben = house.member("Ben")
    shown = ben.types("/intro pair every week")
    assert "I need your yes to messages first" in shown.words
    assert ben.member.pairs_every == 0
    ben.presses("Opt in")
    assert ben.types("/intro pair every week").words.startswith("You’re in")


def test_two_hear_on_monday_with_their_check_in(house: House) -> None:
    """One message with both: three questions, the other clock, and one press to a chat."""
    (ana,) = opted(house, "Ana")
    (ben,) = opted(house, "Ben", zone="America/New_York")
    house.moves_to("2026-11-29 13:00")
    assert partner_of(ana) == partner_of(ben) == []
    house.moves_to("2026-11-30 09:00")
    (letter,) = ana.letters
    assert "This week you practise with Ben. Half an hour: you interview Ben" in letter.words
    assert "When it is 9:00 for you, it is 3:00 for Ben." in letter.words
    assert letter.words.count("?") >= 3
    assert "Your week from" in letter.words
    assert "/settings stop" in letter.words
    assert partner_of(ben) == []
    house.moves_to("2026-11-30 15:00")
    assert len(partner_of(ben)) == 1
    opened = ana.presses("Open a chat", on=letter)
    assert "Opening a chat with Ben" in opened.words
    house.ticks()
    (hello,) = house.groups["ana", "ben"]
    assert "Ana and Ben: your practice of this week" in hello.words
    assert "Your clocks differ: it is 15:00 for Ana, 9:00 for Ben now." in hello.words
    assert "open already" in ben.presses("Open a chat", on=ben.letters[-1]).words
    house.ticks()
    assert len(house.groups["ana", "ben"]) == 1


def test_friday_asks_and_one_yes_is_enough(house: House) -> None:
    """Whoever says so first; nobody else is asked any more, and the next round is another's."""
    ana, ben = opted(house, "Ana", "Ben")
    house.passes("2026-12-04 08:00")
    ana.letters.clear()
    ben.presses("We practised", on=next(x for x in ben.letters if "practise with" in x.words))
    ben.letters.clear()
    house.moves_to("2026-12-04 09:00")
    assert [each for each in (*ana.letters, *ben.letters) if "Did you practise" in each.words] == []
    assert house.rows(Pairing)[0].met is not None


def test_not_this_week_is_no_blame_and_can_be_less(house: House) -> None:
    """The question comes on Friday at the usual hour, and its answers are one press."""
    ana, _ben = opted(house, "Ana", "Ben")
    house.passes("2026-12-04 09:00")
    asked = ana.letters[-1]
    assert "Did you practise with Ben this week?" in asked.words
    said = ana.presses("Not this week", on=asked)
    assert "That happens." in said.words
    ana.presses("Every second week")
    assert ana.member.pairs_every == 2
    assert "who is the real talk with?" in ana.presses("Yes", on=asked).words


def test_two_who_know_each_other_have_the_week_off_and_hear_it_once(house: House) -> None:
    """Rather nobody than a repeat; kindly, and not week after week."""
    ana, _ben = opted(house, "Ana", "Ben")
    weeks_pass(house, "2026-12-23 12:00")
    off = [each.words for each in ana.letters if "nobody new to practise with" in each.words]
    assert len(off) == 1
    assert len(partner_of(ana)) == 1
    weeks = [(each.week.format_iso(), each.second_id is not None) for each in house.rows(Pairing)]
    assert weeks[0] == ("2026-11-30", True)
    assert all(not paired for _week, paired in weeks[1:])


def test_three_practise_as_three(house: House) -> None:
    """The odd one joins; the three share one chat."""
    ana, _ben, _cleo = opted(house, "Ana", "Ben", "Cleo")
    house.passes("2026-11-30 09:00")
    letter = next(each for each in ana.letters if "practise with" in each.words)
    assert "Ben and Cleo" in letter.words or "Cleo and Ben" in letter.words
    ana.presses("Open a chat", on=letter)
    house.ticks()
    assert list(house.groups) == [("ana", "ben", "cleo")]


def test_who_comes_within_the_week_practises_with_who_was_left_over(house: House) -> None:
    """The first to want it waits; the second has a partner at once, and the first hears of it."""
    house.moves_to("2026-12-01 10:00")
    ana, ben = house.joined("Ana"), house.joined("Ben")
    assert "You are the first" in ana.types("/intro pair every week").words
    assert "you practise with Ana" in ben.types("/intro pair every week").words
    house.ticks()
    assert len(partner_of(ana)) == 1
    assert partner_of(ben) == []
    assert len(house.rows(Pairing)) == 1
    ana.types("/intro pair")
    assert "you practise with Ben" in ana.presses("This week’s partner").words


def test_who_pauses_or_stopped_is_nobodys_partner(house: House) -> None:
    """Nobody waits for somebody who is away; who went after the round is said to be."""
    ana, ben, cleo = opted(house, "Ana", "Ben", "Cleo")
    ben.types("/settings pause 2026-12-20")
    house.moves_to("2026-11-29 13:00")
    (row,) = house.rows(Pairing)
    assert {row.first_id, row.second_id} == {ana.member.id, cleo.member.id}
    cleo.types("/settings stop")
    house.moves_to("2026-11-30 09:00")
    assert "Your practice partner cannot make it this week" in ana.letters[-1].words
    assert cleo.letters == []


def test_every_second_week_skips_a_week(house: House) -> None:
    """Three who know nobody yet, one of them every second week."""
    ana, _ben, _cleo, _dan, _eve = opted(house, "Ana", "Ben", "Cleo", "Dan", "Eve")
    ana.types("/intro pair every second week")
    weeks_pass(house, "2026-12-16 12:00")
    weeks = {
        each.week.format_iso()
        for each in house.rows(Pairing)
        if ana.member.id in (each.first_id, each.second_id, each.third_id) and each.second_id
    }
    assert weeks == {"2026-11-30", "2026-12-14"}


def test_planning_twice_makes_one_round(house: House) -> None:
    """Whoever plans, and however often."""
    opted(house, "Ana", "Ben", "Cleo", "Dan")
    for _ in range(3):
        house.moves_to("2026-11-29 13:00")
    assert len(house.rows(Pairing)) == 2


def test_where_they_cannot_meet_no_chat_is_offered(house: House) -> None:
    """Two on different platforms: a word in the channel does it."""
    ana, ben = opted(house, "Ana", "Ben")
    cohort = house.cohort.id
    (other,) = house.add(Workspace(cohort_id=cohort, surface="stone", external_id="s"))
    with house.database.writing(cohort) as store:
        account = store.first(Account, member_id=ben.member.id)
        assert account is not None
        store.save(replace(account, workspace_id=other.id))
    house.moves_to("2026-11-30 09:00")
    letter = next(each for each in ana.letters if "practise with" in each.words)
    assert "I can open no chat that all of you are in" in letter.words
    assert "Open a chat" not in letter.labels


def test_somebody_elses_pairing_is_not_there(house: House) -> None:
    """Its number opens nothing for a third."""
    opted(house, "Ana", "Ben")
    eve = house.joined("Eve")
    house.moves_to("2026-11-29 13:00")
    number = house.rows(Pairing)[0].id
    for verb in ("met", "chat", "skipped"):
        assert "not in your list" in eve.calls(call(f"pair {verb}", pairing=number)).words
    assert house.rows(Pairing)[0].met is None


@pytest.mark.parametrize("name", ["Ana", "Ben"])
def test_two_cohorts_are_paired_apart(house: House, name: str) -> None:
    """Whoever is alone in another class stays alone."""
    opted(house, name)
    other = house.database.add_cohort(Cohort(name="Another", created=house.clock.now()))
    with house.database.writing(other.id) as store:
        store.add(Workspace(cohort_id=other.id, surface=SURFACE, external_id="elsewhere"))
        store.add(replace(house.people[name.casefold()].member, cohort_id=other.id, id=0))
    house.moves_to("2026-11-30 09:00")
    assert all(each.second_id is None for each in house.rows(Pairing))
    with house.database.reading(other.id) as store:
        assert all(each.second_id is None for each in store.find(Pairing))


def test_my_file_names_partners_and_events_and_nobody_elses(house: House) -> None:
    """The export has the week with a name, and counts it before deleting."""
    ana, _ben = opted(house, "Ana", "Ben")
    house.moves_to("2026-11-29 13:00")
    (file,) = [
        each for each in ana.types("/mydata export").answer.parts if isinstance(each, Attachment)
    ]
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        rows = archive.read("pairings.csv").decode("utf-8-sig").splitlines()
    assert rows[0].split(",")[:2] == ['"week"', '"partners"']
    assert [row.split(",")[:2] for row in rows[1:]] == [['"2026-11-30"', '"Ben"']]
    assert "1 pairing" in ana.types("/mydata delete").words
    eve = house.joined("Eve")
    assert "pairing" not in eve.types("/mydata delete").words


def test_who_deletes_everything_leaves_no_partner_waiting(house: House) -> None:
    """The other hears that there is nobody, or nothing at all; nothing breaks."""
    ana, ben = opted(house, "Ana", "Ben")
    house.moves_to("2026-11-29 13:00")
    ben.types("/mydata delete")
    ben.presses("Delete everything")
    ben.fills_in(name="Ben")
    house.moves_to("2026-11-30 09:00")
    assert partner_of(ana) == []
    assert "Something went wrong" not in ana.types("/intro pair").words


def test_the_menu_has_this_weeks_partner(house: House) -> None:
    """Until one of them said that they practised."""
    ana, _ben = opted(house, "Ana", "Ben")
    house.add(a_contact("Lee", house.cohort.id, ana.member.id))
    house.moves_to("2026-11-30 09:00")
    assert "Practice: with Ben" in ana.types("/snowball").words
    ana.presses("Practise")
    ana.presses("We practised")
    assert "Practice: with" not in ana.types("/snowball").words


def test_the_first_to_opt_in_hears_that_and_waits_for_nobodys_monday(house: House) -> None:
    """On a Monday morning no letter says that nobody is there; the second one is their partner."""
    ana = house.joined("Ana")
    ana.types("/intro pair")
    assert "You are the first" in ana.presses("Every week").words
    week = ana.presses("This week’s partner", on=ana.types("/intro pair"))
    assert "You are the first" in week.words
    house.ticks()
    house.passes("2026-11-24 10:00")
    assert [each for each in ana.letters if "practise with" in each.words] == []
    assert house.rows(Pairing) == []
    ben = house.joined("Ben")
    ben.types("/intro pair")
    assert "Ana" in ben.presses("Every week").words
    house.passes("2026-11-25 10:00")
    assert "Ben" in partner_of(ana)[-1]
