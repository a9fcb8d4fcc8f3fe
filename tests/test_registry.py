"""Every command there is, walked: help, empty input, limits, and where its buttons lead."""

import re
from dataclasses import replace

import pytest

from bot.command import Command, collected, registry
from bot.invocation import WRITTEN_LIMIT, Call, Invocation, Place, write
from bot.reply import Choose, Line, LongLine
from tests.front_door import House, Paper, Person, Shown
from tests.surfaces import rendered
from tests.walk_registry import calls_of, fields_of, lived_in, required, unknown_names

EVERY = [each for each in registry() if not each.clockwork]
LISTED = registry().listed()
SORRY = "Something went wrong"


def named(commands: list[Command]) -> pytest.MarkDecorator:
    """A test for each of these."""
    return pytest.mark.parametrize("command", commands, ids=lambda each: each.name)


@pytest.fixture
def otto(house: House) -> Person:
    """An organiser who has been here for a while."""
    return lived_in(house)


@named(LISTED)
def test_every_command_has_help(otto: Person, command: Command) -> None:
    """Help names it, says what it is for, and names what can be given."""
    said = otto.types(f"/snowball help {command.family}").words
    assert f"{command.typed}: {command.about}" in said
    assert all(f"{each.name}: {each.about}" in said for each in command.visible)


@named(EVERY)
def test_every_command_survives_empty_input(otto: Person, command: Command) -> None:
    """Typed alone, it answers or asks; nothing goes wrong, on a small surface neither."""
    for surface in (Paper(), Paper(form_fields=5)):
        otto.house.surface = surface
        shown = otto.does(
            Invocation(command.name, otto.actor, Place(), otto.house.key(), how="typed")
        )
        assert shown is not None
        assert shown.words.strip()
        assert SORRY not in shown.words
        if fields_of(shown.reply):
            assert SORRY not in otto.fills_in(shown).words


@named(EVERY)
def test_every_command_answers_and_goes_on(otto: Person, command: Command) -> None:
    """With what it needs, it says what every surface can show, pinging nobody; its form is taken;
    its buttons name commands that are there, with arguments they have, short enough to carry."""
    given = required(command, otto)
    shown = otto.does(
        Invocation(command.name, otto.actor, Place(), otto.house.key(), given, how="pressed")
    )
    assert shown is not None
    if fields_of(shown.reply):
        rendered(shown.reply)
        shown = otto.fills_in(shown)
    assert SORRY not in shown.words
    assert rendered(shown.reply).slack_pings == ()
    for called in calls_of(shown.reply):
        target = registry().get(called.command)
        assert target is not None, called
        assert not target.clockwork
        assert unknown_names(target, called) == set()
        assert len(write(called)) <= WRITTEN_LIMIT
        assert SORRY not in otto.calls(called).words


@named(EVERY)
def test_every_command_stays_within_the_limits(command: Command) -> None:
    """Names, labels and choices that both platforms take."""
    assert re.fullmatch(r"[a-z]+( [a-z-]+)?", command.name)
    assert all(len(word) <= 32 for word in command.name.split())
    assert 1 <= len(command.about) <= 100
    assert len(command.visible) <= 25
    assert len(command.title) <= 24
    assert len(command.submit) <= 24
    for each in command.visible:
        assert re.fullmatch(r"[a-z_]{1,32}", each.name)
        assert 1 <= len(each.about) <= 100
        assert 1 <= len(each.label) <= 45
        match each.kind.widget():
            case Choose(choices):
                assert 2 <= len(choices) <= 25
                assert all(0 < len(choice.label) <= 75 for choice in choices)
                assert all(0 < len(choice.value) <= 75 for choice in choices)
            case Line(max_length=most) | LongLine(max_length=most):
                assert most <= 3000
            case _:
                pass


def test_every_family_is_named_by_a_word_of_its_own() -> None:
    """A family with verbs is never also a bare command: one platform cannot have both."""
    bare = {each.name for each in LISTED if not each.verb}
    assert bare & {each.family for each in LISTED if each.verb} == set()


def test_two_commands_of_one_name_are_refused() -> None:
    """The second would silently take the first one's place."""
    one = next(iter(registry()))
    assert list(collected([one, one])) == [one]
    with pytest.raises(ValueError, match=one.name):
        collected([one, replace(one)])


def test_no_family_has_more_verbs_than_a_platform_shows() -> None:
    """At most 25 subcommands."""
    assert max(len(verbs) for verbs in registry().families().values()) <= 25


def test_reminders_say_nothing_about_what_is_gone(otto: Person) -> None:
    """What the clock asks about rows that are not there is silence, never an error."""
    house = otto.house
    for each in (each for each in registry() if each.clockwork):
        given = {
            name: value
            for name, value in required(each, otto).items()
            if isinstance(value, str)
        }  # fmt: skip
        gone = {name: "999999" if value.isdecimal() else value for name, value in given.items()}
        with house.database.writing(house.cohort.id) as store:
            said = house.dispatcher.run_owed(store, otto.member, Call(each.name, gone))
        if said is not None:
            assert Shown(said, house.cohort.id).words.strip()
