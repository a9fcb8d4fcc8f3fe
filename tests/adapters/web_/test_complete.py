"""Completion in the composer: commands, then values and options, as both platforms do it."""

import json

from adapters.web.complete import Completion, complete
from bot.command import Command, Parameter, Registry, command
from bot.context import Context
from bot.domain.cohort import Role
from bot.reply import Choice, Reply, answer
from tests.adapters.web_.sample import find, question


@command("cohort import", "Bring alumni in.", who=Role.ORGANISER)
def bring_in(ctx: Context) -> Reply:
    """Only its declaration is used here."""
    del ctx
    return answer()


REGISTRY = Registry({"alum find": find, "cohort import": bring_in, "question": question})
CHOICES = [Choice("marketing", "Marketing"), Choice("7", "Dana Lee (Calloway)")]


def suggest(of: Command, parameter: Parameter, typed: str) -> list[Choice]:
    assert (of.name, parameter.name) == ("alum find", "field")
    return [each for each in CHOICES if typed.lower() in each.label.lower()]


def completed(words: str, *, admin: bool = False) -> Completion:
    return complete(words, REGISTRY, suggest, admin=admin)


def texts(found: Completion) -> list[str]:
    return [each.text for group in found.groups for each in group.choices]


def test_plain_words_are_left_alone() -> None:
    assert completed("find marketing") == Completion()
    assert completed("") == Completion()


def test_a_slash_lists_the_commands() -> None:
    assert texts(completed("/")) == ["/alum find ", "/question "]


def test_a_students_list_holds_no_organisers_commands() -> None:
    assert "/cohort import " not in texts(completed("/co"))
    assert texts(completed("/co", admin=True)) == ["/cohort import "]


def test_a_part_of_a_command_finds_it() -> None:
    assert texts(completed("/find")) == ["/alum find "]
    assert texts(completed("/ALUM  f")) == ["/alum find "]


def test_enter_takes_a_command_that_is_not_whole_yet_and_sends_one_that_is() -> None:
    assert completed("/ques").enter_takes
    assert not completed("/question").enter_takes


def test_after_the_command_come_values_and_options() -> None:
    found = completed("/alum find ")
    assert [group.title for group in found.groups] == ["Field: ", "Options"]
    assert texts(found) == [
        "/alum find Marketing ", "/alum find Dana Lee (Calloway) ",
        "/alum find field: ", "/alum find place: ",
    ]  # fmt: skip


def test_what_is_typed_narrows_the_values() -> None:
    assert texts(completed("/alum find mark")) == ["/alum find Marketing "]
    assert texts(completed("/alum find place: x field: mark")) == [
        "/alum find place: x field: Marketing "
    ]


def test_a_label_that_stands_for_a_value_says_so() -> None:
    (proposal,) = completed("/alum find dana").groups[0].choices
    assert json.loads(proposal.pick) == {
        "parameter": "field", "label": "Dana Lee (Calloway)", "value": "7",
    }  # fmt: skip


def test_an_option_that_was_given_is_not_offered_again() -> None:
    assert texts(completed("/alum find design pl")) == ["/alum find design place: "]
    assert texts(completed("/alum find place: Rome ")) == ["/alum find place: Rome field: "]
