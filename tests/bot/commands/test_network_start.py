"""Whom should I meet? From a form to a wish list, the nearest people first (FEATURES K1)."""

from bot.domain.asks import Ask as Asked
from bot.domain.people import Alum, Contact, ContactKind
from tests.builders import an_alum
from tests.front_door import House, Paper, Person


def furnished(house: House) -> None:
    """A directory with marketing, its neighbour, and somebody who leads a company."""
    house.add(
        an_alum("Dana Whitfield"),
        an_alum("Kim Sato", title="Brand Manager"),
        an_alum("Sal Ortiz", title="Sales Manager", field="Sales"),
        an_alum("Cleo Boss", title="Chief Marketing Officer"),
        an_alum("Nora Lund", title="Nurse", field="Nursing"),
    )


def begin(ana: Person, **answers: str) -> None:
    """The form, filled in."""
    ana.types("/network start")
    ana.fills_in(**answers)


def test_the_form_asks_five_things_at_most(ana: Person) -> None:
    """Interests, a field, ten years, and who knows them already."""
    shown = ana.types("/network start")
    assert shown.asked == ["interests", "field", "ten_years", "known"]
    assert "an aunt, a coach, an old manager" in str(shown.form.fields[3].hint)


def test_people_come_in_the_order_of_the_practice(house: House, ana: Person) -> None:
    """Who knows me, then the field, then next to it; a leader only through somebody."""
    furnished(house)
    begin(ana, field="marketing", known="Aunt Rosa, Coach Lee")
    shown = ana.last
    assert shown is not None
    assert set(shown.people[:2]) == {"Aunt Rosa", "Coach Lee"}
    assert set(shown.people[2:4]) == {"Dana Whitfield", "Kim Sato"}
    assert shown.people[4:] == ["Sal Ortiz"]
    assert "knows you: co-worker or coach" in shown.words
    assert "alum in the field" in shown.words
    assert "works next to it" in shown.words
    assert "once somebody introduces you" in shown.words


def test_a_leader_who_was_named_to_me_comes_last(house: House, ana: Person) -> None:
    """Introduced, a leader is on the list, with who told me."""
    furnished(house)
    ana.types("/contact add name: Dana")
    dana = ana.keeps(Contact)[0]
    house.add(
        Contact(
            cohort_id=house.cohort.id, owner_id=ana.member.id, name="Max Bold", title="CEO",
            referred_by=dana.id, added=house.clock.now(),
        )
    )  # fmt: skip
    begin(ana, field="marketing")
    assert ana.last is not None
    assert ana.last.people[-1] == "Max Bold"
    assert "Dana told you about them" in ana.last.words


def test_one_press_adds_all_that_were_proposed(house: House, ana: Person) -> None:
    """The wish list is filled, once, however often it is pressed."""
    furnished(house)
    begin(ana, field="marketing")
    proposed = ana.last
    assert proposed is not None
    shown = ana.presses("Add all 3 alumni")
    assert "Ask one of them this week" in shown.words
    ana.presses("Add all 3 alumni", proposed)
    kept = ana.keeps(Contact)
    assert sorted(each.name for each in kept) == ["Dana Whitfield", "Kim Sato", "Sal Ortiz"]
    assert all(each.kind is ContactKind.ALUM for each in kept)


def test_all_are_added_in_the_order_in_which_they_were_proposed(house: House, ana: Person) -> None:
    """The wish list keeps the order of the practice, and who knows the student is asked first."""
    furnished(house)
    begin(ana, field="marketing", known="my aunt Rosa Keller")
    assert ana.last is not None
    proposed = [each for each in ana.last.people if each != "Rosa Keller"]
    assert ana.presses("Add all 3 alumni").labels[0] == "Ask Rosa Keller"
    assert ana.types("/contact list").people == ["Rosa Keller", *proposed]


def test_an_empty_directory_is_no_dead_end(ana: Person) -> None:
    """There is somebody to think of, and a button for it."""
    begin(ana, field="marketing")
    assert ana.last is not None
    assert "an aunt, a coach, an old manager" in ana.last.words
    assert "directory is still empty, which is fine" in ana.last.words
    assert ana.presses("Add somebody I know").asked[0] == "name"


def test_an_empty_directory_with_an_aunt_begins_with_her(ana: Person) -> None:
    """Who is known is enough for a first talk."""
    begin(ana, field="marketing", known="Aunt Rosa")
    assert ana.last is not None
    assert ana.last.people == ["Aunt Rosa"]
    assert "Draft an ask" in ana.last.labels


def test_not_sure_yet_gets_three_fields_and_any_of_them_leads_on(house: House, ana: Person) -> None:
    """Three directions, each one press away."""
    furnished(house)
    begin(ana, field="Not sure yet", interests="helping sick people and selling things")
    assert ana.last is not None
    fields = [label for label in ana.last.labels if not label.startswith("Add")]
    assert len(fields) == 3
    ana.presses(fields[0])
    assert ana.member.field == fields[0]


def test_what_was_said_is_kept_and_comes_back(ana: Person) -> None:
    """Nobody types twice where they want to be in ten years."""
    begin(ana, field="nursing", ten_years="running a clinic in Leeds")
    assert ana.member.ten_years == "running a clinic in Leeds"
    assert ana.types("/network start").given == {
        "field": "nursing",
        "ten_years": "running a clinic in Leeds",
    }


def test_who_is_on_the_list_is_not_added_again(house: House, ana: Person) -> None:
    """The same aunt, named twice, is one aunt."""
    begin(ana, field="nursing", known="Aunt Rosa")
    begin(ana, field="nursing", known="Aunt Rosa, Rosa, Lee")
    assert ana.last is not None
    assert ana.last.words.startswith("On your list: Aunt Rosa, Lee.")
    assert sorted(each.name for each in ana.keeps(Contact)) == ["Aunt Rosa", "Lee"]


def test_who_is_held_by_a_classmate_is_not_proposed(house: House, ana: Person) -> None:
    """Somebody who was asked this week is left in peace."""
    furnished(house)
    dana = house.rows(Alum, name="Dana Whitfield")[0]
    ben = house.joined("Ben")
    ben.presses_id(f"{house.cohort.id}:contact.keep?alum={dana.id}#0")
    now = house.clock.now()
    house.add(
        Asked(
            cohort_id=house.cohort.id, member_id=ben.member.id, alum_id=dana.id,
            contact_id=ben.keeps(Contact)[0].id, drafted=now,
        )
    )  # fmt: skip
    begin(ana, field="marketing")
    assert ana.last is not None
    assert ana.last.people == ["Kim Sato", "Sal Ortiz"]


def test_an_emptied_answer_is_forgotten(ana: Person) -> None:
    """Whoever clears where they want to be has cleared it."""
    begin(ana, field="nursing", ten_years="running a clinic")
    begin(ana, field="nursing", ten_years="")
    assert ana.member.ten_years == ""


def test_names_that_shout_are_only_names(house: House, ana: Person) -> None:
    """What was typed is shown as typed, in a value and never in a template."""
    furnished(house)
    begin(ana, field="marketing", known="<!channel>, @everyone, *Bo*")
    assert ana.last is not None
    assert {"<!channel>", "@everyone", "*Bo*"} == set(ana.last.people[:3])


def test_the_form_fits_where_five_fields_do(house: House) -> None:
    """One step, on a surface with small forms too."""
    house.surface = Paper(form_fields=5)
    ana = house.joined("Ana")
    assert ana.types("/network start").form.steps == 1


def test_proposals_leave_out_who_was_asked_already(house: House, ana: Person) -> None:
    """Whoever was asked, met or declined is not met first again."""
    furnished(house)
    begin(ana, field="marketing", known="Aunt Rosa")
    ana.types("/contact show person: Aunt Rosa")
    ana.picks("I asked them")
    begin(ana, field="marketing")
    assert ana.last is not None
    assert "Aunt Rosa" not in ana.last.people


def test_interests_are_kept_and_asked_once(house: House, ana: Person) -> None:
    """Said when not sure of a field, they stand in the form next time, and can be emptied."""
    furnished(house)
    begin(ana, interests="caring for people", field="not sure yet")
    assert ana.member.interests == "caring for people"
    shown = ana.types("/network start")
    assert {each.name: each.given for each in shown.form.fields}["interests"] == "caring for people"
    ana.fills_in(field="marketing")
    assert ana.member.interests == "caring for people"
    begin(ana, interests="")
    assert ana.member.interests == ""
