"""Filling in an open form: required fields, lengths and choices as the client has them."""

from collections.abc import Callable
from typing import Any

from tests.servers.discord import limits, wire
from tests.servers.discord.errors import Json
from tests.servers.discord.sight import Form
from tests.servers.discord.world import StoredFile

SELECT, INPUT, USER_SELECT, LABEL, UPLOAD = 3, 4, 5, 18, 19


class CannotFillInError(AssertionError):
    """The client does not let a person submit this."""


def submission(form: Form, given: dict[str, Any], upload: Callable[[StoredFile], Json]) -> Json:
    """The data of the interaction that submitting makes."""
    given, resolved = dict(given), {}
    components: list[Json] = []
    for number, component in enumerate(form.data["components"], 1):
        if component["type"] == LABEL:
            label, field = component["label"], component["component"]
            made = _field(label, field, given, resolved, upload)
            components.append({"type": LABEL, "id": number, "component": made})
        elif component["type"] == 1:
            field = component["components"][0]
            made = _field(field.get("label") or "", field, given, resolved, upload)
            components.append({"type": 1, "id": number, "components": [made]})
        else:
            components.append({"type": component["type"], "id": number})
    if given:
        raise CannotFillInError(f"no field {sorted(given)} in {form.labels}")
    data = {"custom_id": form.data["custom_id"], "components": components}
    return data | ({"resolved": resolved} if resolved else {})


def _field(
    label: str, field: Json, given: dict[str, Any], resolved: Json, upload: Callable[..., Json]
) -> Json:
    made: Json = {"type": field["type"], "id": 100, "custom_id": field["custom_id"]}
    key = next((key for key in given if key == label), None) or next(
        (key for key in given if label.startswith(key)), None
    )
    needed = field.get("required", True)
    if field["type"] == INPUT:
        value = str(given.pop(key)) if key else str(field.get("value") or "")
        high = field.get("max_length") or limits.INPUT_VALUE
        if len(value) > high or (needed and not value.strip()):
            raise CannotFillInError(
                f"{label}: {len(value)} of {high} characters, required {needed}"
            )
        return made | {"value": value}
    chosen = given.pop(key) if key else None
    if field["type"] == SELECT:
        values = _options(label, field, chosen)
    elif field["type"] == USER_SELECT:
        kept = [str(one["id"]) for one in field.get("default_values") or []]
        values = [_user(chosen, resolved)] if chosen else kept
    elif field["type"] == UPLOAD:
        values = [_file(chosen, resolved, upload)] if chosen else []
    else:
        raise CannotFillInError(f"{label}: type {field['type']} is not known to the stand-in")
    if needed and not values:
        raise CannotFillInError(f"{label} is required")
    return made | {"values": values}


def _options(label: str, field: Json, chosen: Any) -> list[str]:
    if chosen is None:
        return [option["value"] for option in field["options"] if option.get("default")]
    for option in field["options"]:
        if chosen in (option["label"], option["value"]):
            return [option["value"]]
    raise CannotFillInError(f"{label} has no option {chosen}")


def _user(person: Any, resolved: Json) -> str:
    resolved.setdefault("users", {})[person.account.id] = wire.user(person.account)
    return str(person.account.id)


def _file(file: StoredFile, resolved: Json, upload: Callable[..., Json]) -> str:
    resolved.setdefault("attachments", {})[file.id] = upload(file)
    return file.id
