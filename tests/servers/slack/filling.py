"""What an input of a modal holds once it is filled in, and what Slack's client would not submit."""

import re
from collections.abc import Sequence
from typing import Any

from tests.servers.slack.reading import inputs
from tests.servers.slack.workspace import Json, View, empty_value


def pick(offered: Sequence[Json], wanted: str) -> Json:
    """The option with this text, else the only one that holds it."""
    exact = [o for o in offered if o["text"]["text"] == wanted]
    holding = [o for o in offered if wanted.lower() in o["text"]["text"].lower()]
    found = exact or holding
    assert found, f"{wanted!r} is not offered: {[o['text']['text'] for o in offered]}"
    return found[0]


def filled(element: Json, given: Any, offered: Sequence[Json], uploads: list[Json]) -> Json:
    """The state of one element for what a person gave; None or "" empties it."""
    kind = element["type"]
    if given in (None, "", []):
        return {"type": kind, **empty_value(kind)}
    if kind == "file_input":
        return {"type": kind, "files": uploads}
    if kind == "checkboxes" or kind.startswith("multi_"):
        return {"type": kind, "selected_options": [pick(offered, one) for one in given]}
    name = next(iter(empty_value(kind)))
    if name == "selected_option":
        return {"type": kind, name: pick(offered, given)}
    return {"type": kind, name: given if kind == "datetimepicker" else str(given)}


def not_acceptable(view: View) -> list[str]:
    """What Slack's own client checks before it submits: required, lengths, numbers, addresses."""
    wrong = []
    for control in inputs(view.content["blocks"]):
        element = control.element
        held = view.state[control.block["block_id"]][element["action_id"]]
        value = next((v for k, v in held.items() if k != "type"), None)
        if not value:
            if not control.block.get("optional"):
                wrong.append(f"{control.label} is required")
        elif isinstance(value, str):
            wrong += [f"{control.label}: {words}" for words in _wrong_text(element, value)]
    return wrong


def _wrong_text(element: Json, value: str) -> list[str]:
    wrong = []
    if len(value) > element.get("max_length", 3000):
        wrong.append("too long")
    if len(value) < element.get("min_length", 0):
        wrong.append("too short")
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        wrong.append("not an e-mail address")
    if element["type"] == "url_text_input" and not re.match(r"https?://", value):
        wrong.append("not a web address")
    if element["type"] == "number_input" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        wrong.append("not a number")
    return wrong
