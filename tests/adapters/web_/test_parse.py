"""What is done on the page becomes the invocation that the platforms would make of it."""

from adapters.web import parse
from adapters.web.demo import CAST
from adapters.web.parse import Done, Picked
from bot.command import Registry
from bot.invocation import Actor, Call, Place, Upload, write_id
from tests.adapters.web_.sample import find, question

ANA = CAST[0]
REGISTRY = Registry({"alum find": find, "question": question})
IN_DM = Done(ANA, "dm", "e1")
IN_CHANNEL = Done(ANA, "channel", "e2")


def test_a_typed_command_keeps_its_words_for_the_core() -> None:
    made = parse.typed(IN_DM, "/alum find marketing place: Berlin", (), REGISTRY)
    assert (made.command, made.typed, made.arguments) == (
        "alum find", "marketing place: Berlin", {},
    )  # fmt: skip
    assert made.actor == Actor("playground", "demo", "ana", "Ana Ruiz", "America/Chicago", False)
    assert (made.place, made.key, made.how) == (Place("dm", True), "playground:e1", "typed")


def test_the_channel_is_no_private_place() -> None:
    assert parse.typed(IN_CHANNEL, "/question", (), REGISTRY).place == Place("channel", False)


def test_a_picked_suggestion_means_its_value() -> None:
    picked = (Picked("place", "Berlin (Germany)", "berlin-de"),)
    made = parse.typed(IN_DM, "/alum find marketing place: Berlin (Germany)", picked, REGISTRY)
    assert made.arguments == {"field": "marketing", "place": "berlin-de"}


def test_a_picked_suggestion_that_was_changed_means_what_was_typed() -> None:
    picked = (Picked("place", "Berlin (Germany)", "berlin-de"),)
    made = parse.typed(IN_DM, "/alum find place: Berlin (Ge", picked, REGISTRY)
    assert (made.typed, made.arguments) == ("place: Berlin (Ge", {})


def test_an_unknown_command_is_left_to_the_core_to_answer() -> None:
    assert parse.typed(IN_DM, "/alum fnd marketing", (), REGISTRY).command == "alum fnd"
    assert parse.typed(IN_DM, "/", (), REGISTRY).command == ""


def test_plain_words_are_said_to_snowball() -> None:
    made = parse.said(IN_DM, "talked to Dana")
    assert (made.command, made.typed, made.how) == ("snowball", "talked to Dana", "said")


def test_a_press_carries_call_cohort_and_whether_it_replaces() -> None:
    made, replaces = parse.pressed(
        IN_DM, write_id(Call("thanks sent", {"talk": "3"}), 9, 0, replaces=True)
    )
    assert (made.command, made.arguments, made.cohort, made.how, replaces) == (
        "thanks sent", {"talk": "3"}, 9, "pressed", True,
    )  # fmt: skip


def test_a_press_that_no_page_of_ours_made_is_no_known_command() -> None:
    made, replaces = parse.pressed(IN_DM, "<script>")
    assert (made.command, replaces) == ("?", False)


def test_a_form_answers_with_what_was_typed_or_picked() -> None:
    posted = {
        "as": "ana", "f.person": "Dana (Calloway)", "label.person": "Dana (Calloway)",
        "value.person": "17", "f.held": "yesterday", "label.held": "Monday",
        "value.held": "2026-03-09",
        "f.tip": "",
    }  # fmt: skip
    assert parse.form_fields(posted) == {"person": "17", "held": "yesterday", "tip": ""}


def test_a_file_field_without_a_file_says_nothing() -> None:
    table = Upload("a.csv", b"name")
    assert parse.form_fields({"f.a": Upload("", b""), "f.b": table}) == {"b": table}


def test_a_submitted_form_names_its_draft_and_cohort() -> None:
    made = parse.submitted(IN_DM, "interview log", "d1", 4, {"person": "17"})
    assert (made.command, made.draft, made.cohort, made.how) == ("interview log", "d1", 4, "form")
