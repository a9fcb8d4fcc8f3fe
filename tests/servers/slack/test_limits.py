"""Our limit tables and payload shapes, held against what Slack and its SDK publish."""

import json
from typing import Any

import pytest
from slack_sdk.models.blocks import Block as SdkBlock

from tests.servers.slack import limits, payloads, shapes
from tests.servers.slack.published import DATA, block_errors, needs_data, schema
from tests.servers.slack.reading import controls, read_mrkdwn
from tests.servers.slack.workspace import Json, Workspace

BLOCKS = "types-Blocks.limits.schema.json"
MODAL = "types-Modal.limits.schema.json"
HOME = "types-Home.limits.schema.json"


def published(owner: str, part: str) -> int:
    """The number in the schema for one property, text inside or length of the list."""
    definitions = schema(MODAL)["definitions"] | schema(HOME)["definitions"]
    body = definitions[owner]
    for branch in (body, *body.get("anyOf", [])):
        if part in branch.get("properties", {}):
            found = branch["properties"][part]
            text = [p["properties"]["text"] for p in found.get("allOf", []) if "properties" in p]
            return [*text, found][0].get("maxLength", found.get("maxItems", 0))
    raise KeyError(part)


@needs_data
@pytest.mark.parametrize("row", list(limits.TYPES), ids=".".join)
def test_a_limit_is_the_published_one(row: tuple[str, str]) -> None:
    """Each row of the table equals the schema, where the schema has a number."""
    theirs = published(*row)
    if row == ("PlainTextOption", "description"):
        theirs = 75  # the schema numbers it inside an allOf of its own
    assert limits.TYPES[row].most == theirs


def sample(kind: str, text: str = "Text") -> Json:
    """A small valid block of each kind."""
    plain = {"type": "plain_text", "text": text}
    mrkdwn = {"type": "mrkdwn", "text": text}
    button = {"type": "button", "text": plain, "action_id": "a", "value": "v"}
    field = {"type": "plain_text_input", "action_id": "i"}
    return {
        "section": {"type": "section", "text": mrkdwn, "accessory": button},
        "header": {"type": "header", "text": plain},
        "divider": {"type": "divider"},
        "context": {"type": "context", "elements": [mrkdwn]},
        "actions": {"type": "actions", "elements": [button]},
        "image": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": text},
        "input": {"type": "input", "label": plain, "element": field},
        "markdown": {"type": "markdown", "text": text},
    }[kind]


KINDS = ["section", "header", "divider", "context", "actions", "image", "input", "markdown"]


@needs_data
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [1, 75, 76, 150, 151, 2000, 2001, 3000, 3001])
def test_what_we_refuse_is_what_the_schemas_refuse(kind: str, length: int) -> None:
    """Block by block and length by length, the two judges agree."""
    block = sample(kind, "x" * length)
    ours = bool([*shapes.block(block, "/0")])
    theirs = bool([*block_errors([block], MODAL)])
    assert ours == theirs


@pytest.mark.parametrize("kind", KINDS)
def test_what_we_take_the_sdk_takes(kind: str) -> None:
    """Each sample survives slack_sdk's own validation."""
    block = sample(kind)
    assert [*shapes.block(block, "/0")] == []
    parsed = SdkBlock.parse(block)
    assert parsed is not None
    assert parsed.to_dict()["type"] == kind


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([{"type": "divider", "block_id": "a"}] * 2, "block_id already exists"),
        ([{"type": "divider", "text": "x"}], "additional property"),
        ([{"type": "section"}], "must define one of"),
        ([sample("section", "")], "more than 0"),
        ([{"type": "novel"}], "unsupported type"),
        ([{**sample("actions"), "elements": sample("actions")["elements"] * 2}], "action_id"),
    ],
)
def test_what_no_number_says_is_refused_too(blocks: list[Json], words: str) -> None:
    """Unknown keys, empty texts, repeated ids."""
    problems = [str(p) for p in shapes.blocks(blocks, "/blocks", 50)]
    assert any(words in problem for problem in problems), problems


def keys(thing: Any, path: str = "") -> set[str]:
    """Every path of keys in a payload, below its first two levels not followed."""
    if not isinstance(thing, dict) or path.count(".") > 1:
        return {path}
    return {path}.union(*(keys(value, f"{path}.{key}") for key, value in thing.items()))


@needs_data
@pytest.mark.parametrize(
    "kind", ["slash_command", "block_actions", "block_suggestion", "view_submission", "shortcut"]
)
def test_our_payloads_have_no_key_that_slacks_have_not(kind: str) -> None:
    """Held against the recorded request bodies and the logs of two SDKs."""
    space = Workspace("T1", "Stand In", lambda: 1.0)
    ana = space.add_person("Ana")
    channel = space.channel("general")
    message = space.post(channel, space.bot.id, "", [sample("section")])
    view = space.new_view(
        ana.id,
        {
            "type": "modal",
            "title": {"type": "plain_text", "text": "T"},
            "blocks": [sample("input")],
        },
    )
    control = next(controls(message.blocks))
    made = {
        "slash_command": payloads.slash_command(space, ana, channel, "/a", "b", "url"),
        "block_actions": payloads.block_actions(space, ana, message, control, {}, "url"),
        "block_suggestion": payloads.block_suggestion(space, ana, view, control, "d"),
        "view_submission": payloads.view_submission(space, ana, view),
        "shortcut": payloads.shortcut(space, ana, "c"),
    }[kind]
    logs = {
        "slash_command": "slash-commands/SlashCommandPayload.json",
        "block_actions": "interactive-components/BlockActionPayload.json",
        "view_submission": "views/ViewSubmissionPayload.json",
    }
    files = [*(DATA / "bolt-python-payloads").glob(f"{kind}__*.json")]
    if kind in logs:
        files.append(DATA / "java-sdk-json-logs" / "app-backend" / logs[kind])
    known: set[str] = set()
    for file in files:
        body = json.loads(file.read_text())
        if isinstance(body, dict):
            known |= keys(body)
    known |= {".enterprise", ".is_enterprise_install"}  # as in the Socket Mode envelopes
    ours = {path for path in keys(made) if not path.startswith((".state.", ".view.state"))}
    assert sorted(ours - known) == []


def test_dates_and_entities_are_read_as_slack_shows_them() -> None:
    """A moment in the reader's zone; a broadcast is shown as one; entities are unescaped."""
    words = "<!date^1763974800^{date_num} {time}|soon> &lt;!channel&gt; <https://x.org|x>"
    assert read_mrkdwn(words, "Asia/Tokyo") == "2025-11-24 18:00 <!channel> x"
