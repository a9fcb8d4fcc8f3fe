"""Interactions become invocations: pure, from payloads as Discord sends them."""

from typing import Any

from adapters.discord.parse import Event, arrival, said, typing
from bot.command import Registry
from bot.invocation import Actor, Call, Invocation, Place, write_id
from tests.adapters.discord_.home import COMMANDS

REGISTRY = Registry(COMMANDS)


def an_event(kind: int, data: dict[str, Any], **how: Any) -> Event:
    """An interaction of Ana's in a server."""
    given: dict[str, Any] = {
        "kind": kind, "id": "9", "token": "t", "user": "7", "name": "Ana", "guild": "5",
        "channel": "3", "admin": False, "data": data,
    }  # fmt: skip
    return Event(**given | how)


ANA = Actor("discord", "5", "7", "Ana")
HERE = Place("3", private=False)


def test_a_subcommand_with_options() -> None:
    """Options of every type become words, by their parameters' names."""
    options = [
        {"name": "person", "type": 3, "value": "Dana"},
        {"name": "hours", "type": 4, "value": 2},
        {"name": "thanked", "type": 5, "value": True},
    ]
    data = {"name": "talk", "type": 1, "options": [{"name": "log", "type": 1, "options": options}]}
    found = arrival(an_event(2, data), REGISTRY)
    given = {"person": "Dana", "hours": "2", "thanked": "yes"}
    assert found.invocation == Invocation("talk log", ANA, HERE, "discord:9", given)


def test_a_dm_has_no_workspace_and_is_private() -> None:
    """In a DM the cohort is the account's."""
    found = arrival(an_event(2, {"name": "gifts", "type": 1}, guild=""), REGISTRY)
    assert found.invocation.actor.workspace == ""
    assert found.invocation.place == Place("3", private=True)


def test_a_button_and_an_option_of_a_menu_are_their_calls() -> None:
    """The id says the call, the cohort, and whether the reply replaces."""
    written = write_id(Call("echo", {"words": "a b"}), 4, 1, replaces=True)
    pressed = arrival(an_event(3, {"custom_id": written, "component_type": 2}), REGISTRY)
    picked = {"custom_id": "4!menu#2", "component_type": 3, "values": [written]}
    for found in (pressed, arrival(an_event(3, picked), REGISTRY)):
        assert found.replaces
        assert (found.invocation.command, found.invocation.cohort) == ("echo", 4)
        assert found.invocation.arguments == {"words": "a b"}
        assert found.invocation.how == "pressed"


def test_a_form_names_its_draft_and_keeps_what_was_left_empty() -> None:
    """Text, choice, member and file; an empty answer clears, an empty upload keeps."""
    fields = [
        {"type": 4, "custom_id": "person", "value": "Dana"},
        {"type": 4, "custom_id": "tip", "value": ""},
        {"type": 3, "custom_id": "thanked", "values": []},
        {"type": 5, "custom_id": "peer", "values": ["77"]},
        {"type": 19, "custom_id": "file", "values": []},
        {"type": 19, "custom_id": "other", "values": ["1"]},
    ]
    data = {
        "custom_id": write_id(Call("form", {"draft": "dRaFt"}), 4, 0),
        "components": [{"type": 18, "component": each} for each in fields] + [{"type": 10}],
        "resolved": {"attachments": {"1": {"filename": "a.csv", "url": "u", "size": 3}}},
    }
    found = arrival(an_event(5, data), REGISTRY)
    assert (found.invocation.draft, found.invocation.cohort) == ("dRaFt", 4)
    assert found.invocation.how == "form"
    expected = {"person": "Dana", "tip": "", "thanked": "", "peer": "77"}
    assert found.invocation.arguments == expected
    assert [(name, ref.name) for name, ref in found.files.items()] == [("other", "a.csv")]


def test_typing_knows_what_is_focused_and_what_is_given() -> None:
    """The other options are given, the focused one is being typed."""
    options = [
        {"name": "words", "type": 3, "value": "hi"},
        {"name": "person", "type": 3, "value": "da", "focused": True},
    ]
    found = typing(an_event(4, {"name": "echo", "type": 1, "options": options}), REGISTRY)
    assert found is not None
    assert (found.parameter, found.typed) == ("person", "da")
    assert found.invocation.arguments == {"words": "hi"}


def test_plain_words_in_a_dm() -> None:
    """They are the menu's words."""
    assert said("9", "7", "Ana", "3", "talked to Dana") == Invocation(
        "snowball",
        Actor("discord", "", "7", "Ana"),
        Place("3"),
        "discord:9",
        typed="talked to Dana",
        how="said",
    )


def test_rubbish_is_a_call_of_no_known_command() -> None:
    """Forged and foreign ids are harmless."""
    for custom_id in ("", "contact:2:delete", "x" * 100, "1:\u202e#1", "0!a?b=%ZZ#1"):
        found = arrival(an_event(3, {"custom_id": custom_id, "component_type": 2}), REGISTRY)
        assert REGISTRY.get(found.invocation.command) is None
