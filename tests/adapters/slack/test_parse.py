"""Slack's payloads as invocations: the recorded ones, typed entities, and what buttons carry."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adapters.slack import parse
from adapters.slack.back import Back, Profile
from adapters.slack.manifest import EVENTS, SCOPES, manifest
from adapters.slack.modal import Origin, read_origin, read_state
from bot.command import Registry, registry
from bot.invocation import call, write, write_id
from bot.reply import Choice
from tests.adapters.slack.house import COMMANDS
from tests.servers.slack.published import DATA, needs_data

ANA = Profile("Ana", "Europe/Berlin", admin=False)
PAYLOADS = DATA / "bolt-python-payloads"


def recorded(kind: str) -> list[Any]:
    """The recorded request bodies of one kind."""
    found = [json.loads(p.read_text()) for p in sorted(Path(PAYLOADS).glob(f"{kind}__*.json"))]
    return [body for body in found if isinstance(body, dict) and "trigger_id" in body]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<@U123|ana> and <@W9>", "@U123 and @W9"),
        ("<#C1|jobs> <!channel> <!subteam^S1|@x>", "#jobs @channel @subteam"),
        ("<https://x.org|x.org> <mailto:a@b.c|a@b.c>", "https://x.org a@b.c"),
        ("“Dana Kim” tip: ‘x’", "“Dana Kim” tip: ‘x’"),
        ("half <open and \ud800", "half <open and \ufffd"),
    ],
)
def test_entities_become_what_was_typed(typed: str, meant: str) -> None:
    """Each entity once; quotes are the core's business."""
    assert parse.unescaped(typed) == meant


def slashed(command: str, words: str) -> tuple[str, str]:
    """The command and the words left over."""
    body = {"command": command, "text": words, "team_id": "T1", "user_id": "U1", "trigger_id": "t"}
    back = parse.slash_back(body, dm=False)
    made = parse.slash(body, back, ANA, Registry(COMMANDS))
    return made.command, made.typed


def test_families_and_snowball_reach_every_command() -> None:
    """`/talk log`, `/snowball talk log`, and words of no command."""
    assert slashed("/talk", "log Dana tip: x") == ("talk log", "Dana tip: x")
    assert slashed("/snowball", "talk log Dana") == ("talk log", "Dana")
    assert slashed("/snowball", "find me somebody") == ("snowball", "find me somebody")
    assert slashed("/talk", "  ") == ("snowball", "talk")
    assert slashed("/snowball", "") == ("snowball", "")


@needs_data
def test_the_recorded_presses_and_submissions_are_read() -> None:
    """Nothing recorded from the real one trips the parser."""
    assert (recorded("block_actions"), recorded("view_submission")) != ([], [])
    for body in recorded("block_actions"):
        back = parse.action_back(body)
        made = parse.action(body, back, ANA)
        assert (made.how, made.key) == ("pressed", f"trigger:{body['trigger_id']}")
        assert made.command == "?"
    for body in recorded("view_submission"):
        back = parse.submission_back(body)
        values = (body["view"].get("state") or {}).get("values") or {}
        made = parse.submission(body, back, ANA, read_state(values).words)
        assert made.how == "form"
    for body in recorded("message_action") + recorded("shortcut"):
        back = parse.shortcut_back(body)
        assert parse.shortcut(body, back, ANA, {}).command == "snowball"


def pressed(action: dict[str, Any], **more: Any) -> Back:
    """The way back of a press."""
    body = {"team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [action], **more}
    return parse.action_back(body)


def test_a_press_replaces_only_what_nobody_else_reads() -> None:
    """An ephemeral message or our DM; never a channel's message."""
    action = {"action_id": write_id(call("echo", words="x"), 3, 0, replaces=True)}
    ephemeral = {"container": {"is_ephemeral": True}, "channel": {"id": "C1"}}
    direct = {"container": {"is_ephemeral": False}, "channel": {"id": "D1"}}
    public = {"container": {"is_ephemeral": False}, "channel": {"id": "C1"}}
    found = [pressed(action, **place) for place in (ephemeral, direct, public)]
    assert [(b.replace, b.dm) for b in found] == [(True, False), (True, True), (False, False)]


def test_a_picked_option_carries_its_own_call() -> None:
    """The menu's id says the cohort, the option's value the call."""
    picked = {"value": write(call("echo", words="Bob"))}
    action = {"action_id": write_id(call("-"), 3, 0, replaces=True), "selected_option": picked}
    press = parse.pressed({"actions": [action]})
    assert (press.call, press.cohort, press.replaces) == (call("echo", words="Bob"), 3, True)


def test_what_was_typed_is_always_offered() -> None:
    """A new name can be used; a known one is not offered twice; too long is not offered."""
    known = [Choice("7", "Dana Kim")]
    assert parse.offered(known, "Dan") == [*known, Choice("Dan", "“Dan”")]
    assert parse.offered(known, "dana kim") == known
    assert parse.offered([Choice("x" * 76, "long")], "y" * 76) == []


def test_an_origin_survives_and_a_stranger_is_none() -> None:
    """private_metadata holds at most 3,000 characters."""
    origin = Origin(3, "talk log", "key", "C1", "https://hooks.slack.com/" + "x" * 120, dm=True)
    assert read_origin(origin.write()) == origin
    assert len(origin.write()) < 3000
    for strange in ("", "[]", "null", "{", '{"cohort": 1, "evil": 2}', "This is for you!"):
        assert read_origin(strange).draft == ""


@needs_data
@pytest.mark.parametrize("address", ["", "https://snowball.example.org"])
def test_the_manifest_is_valid(address: str) -> None:
    """Both published schemas, and the scopes and events that Slack knows."""
    made = manifest(registry(), address)
    folder = DATA / "manifest"
    for name in ("schemastore-slack-app-manifest.json", "manifest.schema.1.0.0.json"):
        jsonschema.validate(made, json.loads((folder / name).read_text()))
    typed = json.loads((DATA / "webapi-args" / "AppManifest.schema.json").read_text())
    jsonschema.validate(made, typed)


def test_the_manifest_names_every_family_and_the_least_scopes() -> None:
    """`/snowball` and one command a family; each scope has its reason."""
    made = manifest(registry())
    names = {command["command"] for command in made["features"]["slash_commands"]}
    assert names == {f"/{family}" for family in registry().families()}
    assert "/snowball" in names
    assert made["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert made["settings"]["event_subscriptions"]["bot_events"] == EVENTS
    assert all(SCOPES.values())


def test_the_docs_give_each_scope_with_its_reason() -> None:
    """docs/running/slack.md has the table that the manifest has."""
    page = (Path(__file__).parents[3] / "docs" / "running" / "slack.md").read_text()
    for scope, reason in SCOPES.items():
        assert f"| `{scope}` | {reason} |" in page
