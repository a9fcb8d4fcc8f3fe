"""Holds traffic against the published schemas, where the test data is beside the project.

``problems(discord)`` lists what a schema refuses in anything the app or the stand-in sent.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator

from tests.servers.discord.errors import Json
from tests.servers.discord.server import Discord
from tests.servers.discord.world import Request

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "discord"
ABSENT = "" if DATA.is_dir() else "Discord's schemas (../shared/data/discord) are not here"
EVENTS = {
    "READY": "Ready",
    "GUILD_CREATE": "GuildCreate",
    "INTERACTION_CREATE": "Interaction",
    "MESSAGE_CREATE": "MessageCreate",
}
CLOSED = (
    (r"POST /interactions/[^/]+/[^/]+/callback", "InteractionCallback"),
    (r"POST /webhooks/[^/]+/[^/]+", "Followup"),
    (r"PATCH /webhooks/[^/]+/[^/]+/messages/[^/]+", "EditOriginal"),
    (r"POST /channels/\d+/messages", "PostMessage"),
    (r"PATCH /channels/\d+/messages/\d+", "PatchMessage"),
    (r"PUT /applications/\d+/(guilds/\d+/)?commands", "PutCommands"),
)


@cache
def openapi() -> Json:
    """The official description of the API."""
    return json.loads((DATA / "openapi.json").read_text())


@cache
def closed(name: str) -> Validator:
    """A closed schema: it refuses unknown keys. Bit fields may hold any sum of their bits."""
    schema = json.loads((DATA / f"tjs-{name}.schema.json").read_text())
    _free_flags(schema)
    for title, definition in schema["definitions"].items():
        if title.startswith("Required<Pick<"):
            definition.pop("additionalProperties", None)
        if title.startswith("Record<string,"):
            inside = quote(title.removeprefix("Record<string,").removesuffix(">"), safe="")
            known = inside in {quote(one, safe="") for one in schema["definitions"]}
            value = {"$ref": f"#/definitions/{inside}"} if known else True
            schema["definitions"][title] = {"type": "object", "additionalProperties": value}
    return Draft7Validator(schema)


def _free_flags(schema: Any) -> None:
    if isinstance(schema, dict):
        for key, inside in schema.items():
            if str(key).lower().endswith("flags") and isinstance(inside, dict):
                schema[key] = {"type": "integer"}
            else:
                _free_flags(inside)
    elif isinstance(schema, list):
        for inside in schema:
            _free_flags(inside)


def _ids_as_text(body: Any) -> Any:
    """Ids that Discord takes as numbers too, though its description has only text."""
    if isinstance(body, list):
        return [_ids_as_text(one) for one in body]
    if not isinstance(body, dict):
        return body
    made = {key: _ids_as_text(value) for key, value in body.items()}
    if isinstance(made.get("recipient_id"), int):
        made["recipient_id"] = str(made["recipient_id"])
    for attachment in made.get("attachments") or []:
        attachment["id"] = str(attachment["id"])
    return made


@cache
def component(name: str) -> Validator:
    """One of the official description's schemas, by name."""
    root = {"components": openapi()["components"], "$ref": f"#/components/schemas/{name}"}
    return Draft202012Validator(root)


@cache
def route(method: str, template: str) -> Validator | None:
    """The schema of a route's JSON body."""
    operation = openapi()["paths"][template].get(method.lower()) or {}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    return Draft202012Validator({"components": openapi()["components"], **content["schema"]})


@cache
def templates() -> list[tuple[re.Pattern[str], str]]:
    """Every route of the description; the ones with fewest parameters first."""
    paths = sorted(openapi()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in paths]


def _first(validator: Validator, body: Any) -> str:
    error = best_match(validator.iter_errors(body))
    while error and error.context:
        error = _of_likeliest_branch(error)
    return f"{list(error.absolute_path)}: {error.message[:400]}" if error else ""


def _of_likeliest_branch(error: ValidationError) -> ValidationError:
    """Of several shapes that do not fit, the one whose ``type`` fits says what is wrong."""
    context = list(error.context or [])
    by_type = {one.schema_path[0] for one in context if list(one.path)[-1:] == ["type"]}
    left = [one for one in context if one.schema_path[0] not in by_type] or context
    return max(left, key=lambda one: len(one.absolute_path))


def of_request(request: Request) -> list[str]:
    """What is wrong with a request that the stand-in took."""
    asked = f"{request.method} {request.path}"
    found = []
    template = next((path for shape, path in templates() if shape.match(request.path)), None)
    if template is None:
        return [f"{asked}: no such route"]
    if (validator := route(request.method, template)) and (
        wrong := _first(validator, _ids_as_text(request.body))
    ):
        found.append(f"{asked} {wrong}")
    for shape, name in CLOSED:
        if re.fullmatch(shape, asked) and (wrong := _first(closed(name), request.body)):
            found.append(f"{asked} ({name}) {wrong}")
    return found


def event_problems(discord: Discord) -> list[str]:
    """What is wrong with what the stand-in itself sent over the gateway."""
    if ABSENT:
        return []
    found = []
    for event in discord.world.sent_events:
        name = EVENTS.get(event["t"])
        if name and (wrong := _first(closed(name), event["d"])):
            found.append(f"event {event['t']} {wrong}")
    return found


def problems(discord: Discord) -> list[str]:
    """Everything wrong with what went over the wire, in both directions."""
    if ABSENT:
        return []
    taken = [request for request in discord.requests if request.status < 300]
    found = [wrong for request in taken for wrong in of_request(request)]
    return found + event_problems(discord)
