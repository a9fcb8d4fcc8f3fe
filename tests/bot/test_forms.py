"""Forms made from declarations: what they ask, what they show as known, what they never lose."""

import pytest
from whenever import Time

from bot.domain.people import Contact, ContactKind
from bot.domain.talks import Talk
from bot.forms import continue_button
from bot.invocation import call
from tests.front_door import House, Paper, Person, Shown

FIVE = Paper(form_fields=5)
"""A surface like Discord, whose forms hold five fields."""


def test_a_missing_value_opens_the_form_with_what_was_given(ana: Person) -> None:
    """What was typed is in the form already."""
    form = ana.types("/contact add company: Acme")
    assert form.given == {"company": "Acme"}
    assert form.asked[0] == "name"
    assert [each.name for each in form.form.fields if each.required] == ["name"]


def test_errors_keep_everything_typed(ana: Person) -> None:
    """One wrong answer costs none of the others; the rest is still to be seen."""
    form = ana.types("/settings change")
    again = ana.fills_in(form, zone="Chicago", quiet_from="late", check_in_day="3")
    assert again.errors == {"quiet_from": "I could not read that time. “9:30” or “6 pm” would do."}
    assert again.asked == form.asked
    kept = {name: again.given[name] for name in ("zone", "quiet_from", "check_in_day")}
    assert kept == {"zone": "Chicago", "quiet_from": "late", "check_in_day": "3"}
    ana.fills_in(again, quiet_from="21:00")
    member = ana.member
    assert (member.zone, member.check_in_day, member.quiet_from) == (
        "America/Chicago",
        3,
        Time(21),
    )


def test_present_values_stand_in_the_form(ana: Person) -> None:
    """Editing begins with what is known, shown as a person writes it."""
    ana.types("/contact add Dana company:Acme")
    form = ana.types("/contact edit Dana")
    assert form.given == {"name": "Dana", "company": "Acme", "kind": "heard-of"}


def test_a_form_begun_by_a_button_knows_whom_it_is_about(ana: Person) -> None:
    """The person is not asked for again."""
    ana.types("/contact add Dana")
    assert "person" not in ana.presses("Log a talk").asked


def test_an_ambiguous_name_asks_which_before_the_form_opens(ana: Person) -> None:
    """With two Danas, a choice comes first, and then the form, about the one chosen."""
    _two_danas(ana)
    asked = ana.types("/interview log Dana")
    assert asked.words.startswith("Which Dana do you mean?")
    known = ["Dana Lee (Acme)", "Dana Reyes (Umbrella)"]
    assert asked.options == [*known, "Somebody new: Dana"]
    form = ana.picks("Dana Reyes (Umbrella)")
    ana.fills_in(form, tip="Read")
    (talk,) = ana.keeps(Talk)
    assert ana.house.rows(Contact, id=talk.contact_id)[0].name == "Dana Reyes"


def test_an_ambiguous_name_in_a_form_asks_and_carries_on(ana: Person) -> None:
    """What else was filled in waits for the answer, and is saved with it."""
    _two_danas(ana)
    form = ana.types("/interview log")
    asked = ana.fills_in(form, person="Dana", takeaways="a lot", tip="Read")
    assert ana.keeps(Talk) == []
    done = ana.picks("Dana Lee (Acme)", asked)
    assert done.words.startswith("Logged: your talk with Dana Lee")
    (talk,) = ana.keeps(Talk)
    assert (talk.takeaways, talk.tip) == ("a lot", "Read")
    assert ana.picks("Dana Lee (Acme)", asked).words == "That is saved already; once is enough."


def test_an_ambiguous_option_carries_the_others(ana: Person) -> None:
    """Typed all at once, the other options stay with the choice."""
    _two_danas(ana)
    ana.types("/interview log Dana tip: Read more")
    ana.picks("Dana Lee (Acme)")
    assert [each.tip for each in ana.keeps(Talk)] == ["Read more"]


def test_the_words_of_a_choice_can_be_typed(ana: Person) -> None:
    """What a choice or a suggestion shows is understood when it is typed."""
    _two_danas(ana)
    assert "Dana Reyes" in ana.types("/contact show Dana Reyes (Umbrella)").words


def test_two_people_who_look_the_same_are_told_apart(ana: Person) -> None:
    """The same name and nothing else known: the choice says what differs, and works."""
    ana.types("/contact add Dana")
    ana.types("/contact add Dana")
    ana.presses("Somebody else: save")
    first, second = ana.keeps(Contact)
    asked = ana.types("/contact show Dana")
    assert asked.options == [f"Dana, to ask, no. {first.id}", f"Dana, to ask, no. {second.id}"]
    ana.picks(asked.options[1])
    assert ana.picks("Remove").words.startswith("Dana is off your list")
    assert [each.removed is None for each in ana.keeps(Contact)] == [True, False]


def test_a_name_only_alike_is_asked_about(ana: Person) -> None:
    """Nobody is taken for somebody else in silence; somebody new is one of the choices."""
    ana.types("/contact add Maria Garcia")
    asked = ana.types("/interview log Marie Garcia tip: Read")
    assert asked.options == ["Maria Garcia", "Somebody new: Marie Garcia"]
    ana.picks("Somebody new: Marie Garcia", asked)
    assert [each.name for each in ana.keeps(Contact)] == ["Maria Garcia", "Marie Garcia"]


def test_a_beginning_of_a_name_may_be_somebody_new(ana: Person) -> None:
    """Dan is not Dana without being asked."""
    ana.types("/contact add Dana Reyes")
    assert ana.types("/interview log Dan tip: x").options == [
        "Dana Reyes",
        "Somebody new: Dan",
    ]


@pytest.fixture
def ben(house: House) -> Person:
    """A member on a surface whose forms hold five fields."""
    made = house.joined("Ben")
    house.surface = FIVE
    return made


def test_a_small_form_saves_and_offers_the_rest(ben: Person) -> None:
    """Five fields save; one press asks for the five others, and only these."""
    first = ben.types("/contact add")
    assert first.asked == ["name", "kind", "company", "title", "field"]
    saved = ben.fills_in(first, name="Dana", kind="alum", company="Acme")
    rest = ben.presses("Add the rest", saved)
    assert rest.asked == ["city", "email", "link", "referred_by", "notes"]
    done = ben.fills_in(rest, city="Chicago", notes="met at the fair")
    assert done.labels == ["Show"]
    (dana,) = ben.keeps(Contact)
    assert (dana.kind, dana.company, dana.city, dana.notes) == (
        ContactKind.ALUM,
        "Acme",
        "Chicago",
        "met at the fair",
    )


def test_a_small_form_with_an_error_goes_on(ben: Person) -> None:
    """A form cannot follow a form there: a button brings what is to be mended, and what is next."""
    values = {"zone": "Nowhere-on-Sea", "quiet_from": "21:00", "check_in_day": "3"}
    wrong = ben.fills_in(ben.types("/settings change"), **values)
    again = ben.presses("Mend it", Shown(continue_button(wrong.form), wrong.cohort))
    assert list(again.errors) == ["zone"]
    assert again.asked[0] == "zone"
    assert {"hour_day", "hour_at"} <= {*again.asked}
    saved = ben.fills_in(again, zone="Chicago", hour_day="4", hour_at="16:00")
    assert "Change the rest" not in saved.labels
    member = ben.member
    assert (member.zone, member.check_in_day, member.quiet_from, member.hour_day) == (
        "America/Chicago",
        3,
        Time(21),
        4,
    )


def test_the_rest_of_a_logged_talk_can_be_added(ben: Person) -> None:
    """Six questions on a surface of five: the sixth is behind a button."""
    form = ben.types("/interview log")
    assert form.asked == ["person", "takeaways", "tip", "names", "promises"]
    logged = ben.fills_in(form, person="Dana", tip="Read")
    rest = ben.presses("Add the rest", logged)
    assert rest.asked == ["thanked"]
    ben.fills_in(rest, thanked="yes")
    (talk,) = ben.keeps(Talk)
    assert (talk.tip, talk.thanked is not None) == ("Read", True)


@pytest.mark.parametrize("fields", [3, 4, 5])
@pytest.mark.parametrize(
    ("line", "saying"),
    [
        ("/contact add", {"name": "Dana"}),
        ("/interview log", {"person": "Dana"}),
        ("/settings change", {}),
        ("/cohort asking", {}),
    ],
)
def test_the_steps_of_a_form_add_up(
    house: House, fields: int, line: str, saying: dict[str, str]
) -> None:
    """ "1 of 3" is followed by "2 of 3" and "3 of 3", though another command asks the rest."""
    ben = house.joined("Ben", admin=True)
    house.surface = Paper(form_fields=fields)
    shown, seen = ben.types(line), []
    while True:
        seen.append((shown.form.step, shown.form.steps))
        saved = ben.fills_in(shown, **saying)
        saying = {}
        label = next((each for each in saved.labels if each in REST), None)
        if label is None:
            break
        shown = ben.presses(label, saved)
    assert len(seen) > 1
    assert seen == [(step, len(seen)) for step in range(1, len(seen) + 1)]


REST = ("Add the rest", "Edit the rest", "Change the rest", "The next numbers")


def test_the_rest_can_be_added_with_an_error_in_it(ben: Person) -> None:
    """The second step is mended like the first, and touches nothing of the first."""
    ben.fills_in(ben.types("/contact add"), name="Dana", company="Acme")
    rest = ben.presses("Add the rest")
    again = ben.fills_in(rest, city="Chicago", referred_by="Nobody Known")
    assert list(again.errors) == ["referred_by"]
    ben.fills_in(again, referred_by="")
    (dana,) = ben.keeps(Contact)
    assert (dana.company, dana.city, dana.referred_by) == ("Acme", "Chicago", None)


def test_a_form_that_cannot_open_becomes_a_button(ana: Person) -> None:
    """Where no form can be shown, a button opens it later, with everything in it."""
    form = ana.types("/contact add company: Acme")
    shown = Shown(continue_button(form.form), form.cohort)
    assert shown.labels == ["Open the form"]
    assert ana.presses("Open the form", shown).given == {"company": "Acme"}


def test_a_form_to_mend_says_what_and_opens_so(ana: Person) -> None:
    """The same for one with an error: the sentence, then the form with the sentence in it."""
    wrong = ana.fills_in(ana.types("/settings zone"), zone="Nowhere-on-Sea")
    shown = Shown(continue_button(wrong.form), wrong.cohort)
    assert "I do not know that time zone" in shown.words
    again = ana.presses("Mend it", shown)
    assert (again.given, list(again.errors)) == ({"zone": "Nowhere-on-Sea"}, ["zone"])


def test_a_form_of_long_ago_says_so(ana: Person) -> None:
    """A draft that was tidied away is no error."""
    assert ana.calls(call("~", d="gone")).words.startswith("That is too old for me to find.")


def _two_danas(of: Person) -> None:
    of.types("/contact add Dana Reyes company: Umbrella")
    of.types("/contact add Dana Lee company: Acme")
