"""Checks Block Kit payloads as strictly as Slack: allowed keys, texts, counts, unique ids.

Each check yields Problems with a JSON pointer; a message or view is accepted when there are none.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tests.servers.slack import limits
from tests.servers.slack.limits import most


class Problem(NamedTuple):
    """What Slack would say is wrong, and where."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Check = Callable[[Any, str], Iterator[Problem]]


def string(longest: int, *, shortest: int = 0, pattern: str = "") -> Check:
    """A string of bounded length."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) > longest:
            yield Problem(at, f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            yield Problem(at, f"must be more than {shortest - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield Problem(at, f"must match {pattern}")

    return check


def one_of(*values: object) -> Check:
    """One of the listed values."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in values:
            yield Problem(at, f"must be one of {values}")

    return check


def whole(low: int, high: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            yield Problem(at, f"must be a whole number from {low} to {high}")

    return check


def listing(check_item: Check, longest: int, shortest: int = 1) -> Check:
    """A list of bounded length whose items pass a check."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        if len(value) > longest:
            yield Problem(at, f"no more than {longest} items allowed")
        if len(value) < shortest:
            yield Problem(at, f"no fewer than {shortest} items allowed")
        for i, item in enumerate(value):
            yield from check_item(item, f"{at}/{i}")

    return check


def shape(fields: Mapping[str, Check], required: str = "", any_of: str = "") -> Check:
    """An object with these keys and no others."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        for key, part in value.items():
            if key not in fields:
                yield Problem(f"{at}/{key}", "additional property is not allowed")
            else:
                yield from fields[key](part, f"{at}/{key}")
        for key in required.split():
            if key not in value:
                yield Problem(at, f"missing required field: {key}")
        if any_of and not any(key in value for key in any_of.split()):
            yield Problem(at, f"must define one of: {any_of}")

    return check


def anything(value: Any, at: str) -> Iterator[Problem]:
    """No check of ours."""
    yield from ()


yes_no = one_of(True, False)
DATE = string(10, pattern=r"\d{4}-\d{2}-\d{2}")
TIME = string(5, pattern=r"\d{2}:\d{2}")


def plain(longest: int) -> Check:
    """A plain_text object that is not empty."""
    return shape(
        {"type": one_of("plain_text"), "text": string(longest, shortest=1), "emoji": yes_no},
        required="type text",
    )


def text(longest: int) -> Check:
    """A plain_text or mrkdwn object that is not empty."""
    mrkdwn = shape(
        {"type": one_of("mrkdwn"), "text": string(longest, shortest=1), "verbatim": yes_no},
        required="type text",
    )

    def check(value: Any, at: str) -> Iterator[Problem]:
        is_plain = isinstance(value, dict) and value.get("type") == "plain_text"
        yield from (plain(longest) if is_plain else mrkdwn)(value, at)

    return check


CONFIRM = shape(
    {
        "title": plain(most("ConfirmationDialog", "title")),
        "text": text(most("ConfirmationDialog", "text")),
        "confirm": plain(most("ConfirmationDialog", "confirm")),
        "deny": plain(most("ConfirmationDialog", "deny")),
        "style": one_of("primary", "danger"),
    },
    required="text",
)
OPTION = shape(
    {
        "text": text(most("PlainTextOption", "text")),
        "value": string(most("PlainTextOption", "value"), shortest=1),
        "description": text(most("PlainTextOption", "description")),
        "url": string(most("PlainTextOption", "url")),
    },
    required="text value",
)
OPTIONS = listing(OPTION, most("StaticSelect", "options"))
GROUP = shape(
    {"label": plain(limits.GROUP_LABEL.most), "options": OPTIONS}, required="label options"
)
GROUPS = listing(GROUP, most("StaticSelect", "option_groups"))
FEW_OPTIONS = listing(OPTION, most("RadioButtons", "options"))
INITIAL_OPTIONS = listing(OPTION, most("StaticSelect", "options"))

_ANY = {"type": anything, "action_id": string(most("Button", "action_id"), shortest=1)}
_FOCUS = {**_ANY, "focus_on_load": yes_no, "confirm": CONFIRM}
_HELD = {**_FOCUS, "placeholder": plain(most("ExternalSelect", "placeholder"))}
_TYPED = {
    **_ANY,
    "focus_on_load": yes_no,
    "placeholder": plain(most("PlainTextInput", "placeholder")),
    "dispatch_action_config": anything,
    "initial_value": string(limits.INPUT_LENGTH.most),
}
_LONG = whole(0, limits.INPUT_LENGTH.most)
_MANY = {"max_selected_items": whole(1, 100)}
_SMALL_QUERY = {"min_query_length": whole(0, 100)}

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {
            **_ANY,
            "text": plain(most("Button", "text")),
            "value": string(most("Button", "value")),
            "url": string(most("Button", "url")),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(most("Button", "accessibility_label")),
        },
        required="text",
    ),
    "overflow": shape(
        {**_ANY, "options": listing(OPTION, most("Overflow", "options")), "confirm": CONFIRM},
        required="options",
    ),
    "static_select": shape(
        {**_HELD, "options": OPTIONS, "option_groups": GROUPS, "initial_option": OPTION},
        any_of="options option_groups",
    ),
    "multi_static_select": shape(
        {
            **_HELD,
            **_MANY,
            "options": OPTIONS,
            "option_groups": GROUPS,
            "initial_options": INITIAL_OPTIONS,
        },
        any_of="options option_groups",
    ),
    "external_select": shape({**_HELD, **_SMALL_QUERY, "initial_option": OPTION}),
    "multi_external_select": shape(
        {**_HELD, **_SMALL_QUERY, **_MANY, "initial_options": INITIAL_OPTIONS}
    ),
    "users_select": shape({**_HELD, "initial_user": string(20)}),
    "radio_buttons": shape(
        {**_FOCUS, "options": FEW_OPTIONS, "initial_option": OPTION}, required="options"
    ),
    "checkboxes": shape(
        {**_FOCUS, "options": FEW_OPTIONS, "initial_options": FEW_OPTIONS}, required="options"
    ),
    "datepicker": shape({**_HELD, "initial_date": DATE}),
    "timepicker": shape({**_HELD, "initial_time": TIME, "timezone": string(60)}),
    "datetimepicker": shape({**_FOCUS, "initial_date_time": whole(10**9, 10**10 - 1)}),
    "plain_text_input": shape(
        {**_TYPED, "multiline": yes_no, "min_length": _LONG, "max_length": _LONG}
    ),
    "email_text_input": shape(_TYPED),
    "url_text_input": shape(_TYPED),
    "number_input": shape(
        {**_TYPED, "is_decimal_allowed": yes_no, "min_value": string(30), "max_value": string(30)},
        required="is_decimal_allowed",
    ),
    "file_input": shape(
        {
            **_ANY,
            "filetypes": listing(string(20), 100),
            "max_files": whole(1, limits.FILE_INPUT_FILES.most),
        }
    ),
}
IMAGE_PARTS = {
    "image_url": string(limits.IMAGE_URL.most, shortest=1),
    "alt_text": string(most("ImageBlock", "alt_text"), shortest=1),
    "slack_file": anything,
}
IN_ACTIONS = {name for name in ELEMENTS if not name.endswith("_input")}
IN_INPUT = set(ELEMENTS) - {"button", "overflow"}


def element(*allowed: str) -> Check:
    """An element of one of the allowed types."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in allowed:
            yield Problem(f"{at}/type", f"unsupported type: {kind}")
            return
        yield from ELEMENTS[kind](value, at)
        yield from _initial_is_offered(value, at)

    return check


def _initial_is_offered(value: dict[str, Any], at: str) -> Iterator[Problem]:
    offered = [*value.get("options", [])]
    for group in value.get("option_groups", []):
        offered += group.get("options", [])
    initial = [*value.get("initial_options", [])]
    if "initial_option" in value:
        initial.append(value["initial_option"])
    values = [option.get("value") for option in offered]
    if offered and any(option not in offered for option in initial):
        yield Problem(at, "initial option must match one of the options")
    if len(set(values)) != len(values):
        yield Problem(at, "option values must be unique")


def in_context(value: Any, at: str) -> Iterator[Problem]:
    """Context blocks hold texts and small images."""
    if isinstance(value, dict) and value.get("type") == "image":
        yield from shape({"type": anything, **IMAGE_PARTS}, required="alt_text")(value, at)
    else:
        yield from text(most("MrkdwnElement", "text"))(value, at)


_ID = {"type": anything, "block_id": string(most("Block", "block_id"), shortest=1)}
BLOCKS: dict[str, Check] = {
    "section": shape(
        {
            **_ID,
            "text": text(most("SectionBlock", "text")),
            "fields": listing(text(limits.SECTION_FIELD_TEXT.most), most("SectionBlock", "fields")),
            "accessory": element(*IN_ACTIONS),
            "expand": yes_no,
        },
        any_of="text fields",
    ),
    "header": shape({**_ID, "text": plain(most("HeaderBlock", "text"))}, required="text"),
    "divider": shape(_ID),
    "context": shape(
        {**_ID, "elements": listing(in_context, most("ContextBlock", "elements"))},
        required="elements",
    ),
    "actions": shape(
        {**_ID, "elements": listing(element(*IN_ACTIONS), most("ActionsBlock", "elements"))},
        required="elements",
    ),
    "image": shape(
        {**_ID, **IMAGE_PARTS, "title": plain(most("ImageBlock", "title"))},
        required="alt_text",
        any_of="image_url slack_file",
    ),
    "input": shape(
        {
            **_ID,
            "label": plain(most("InputBlock", "label")),
            "hint": plain(most("InputBlock", "hint")),
            "element": element(*IN_INPUT),
            "optional": yes_no,
            "dispatch_action": yes_no,
        },
        required="label element",
    ),
    "markdown": shape(
        {**_ID, "text": string(limits.MARKDOWN_TEXT.most, shortest=1)}, required="text"
    ),
    "rich_text": shape({**_ID, "elements": listing(anything, 1000, 0)}, required="elements"),
    "table": shape(
        {
            **_ID,
            "rows": listing(anything, most("TableBlock", "rows")),
            "column_settings": anything,
        },
        required="rows",
    ),
}


def block(value: Any, at: str) -> Iterator[Problem]:
    """One block of a kind that the stand-in knows."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in BLOCKS:
        yield Problem(f"{at}/type", f"unsupported type: {kind}")
        return
    yield from BLOCKS[kind](value, at)


def blocks(value: Any, at: str, longest: int, shortest: int = 0) -> Iterator[Problem]:
    """A list of blocks with unique block ids, and unique action ids in each block."""
    problems = [*listing(block, longest, shortest)(value, at)]
    yield from problems
    if problems:
        return
    ids = [b["block_id"] for b in value if "block_id" in b]
    if len(set(ids)) != len(ids):
        yield Problem(at, "block_id already exists")
    for i, b in enumerate(value):
        actions = [e["action_id"] for e in b.get("elements", []) if "action_id" in e]
        if len(set(actions)) != len(actions):
            yield Problem(f"{at}/{i}", "action_id already exists in the block")
    focused = [b for b in value if b.get("element", {}).get("focus_on_load")]
    if len(focused) > 1:
        yield Problem(at, "only one element may be focused on load")


_VIEW = {
    "type": anything,
    "blocks": anything,
    "callback_id": string(most("ModalView", "callback_id")),
    "private_metadata": string(most("ModalView", "private_metadata")),
    "external_id": string(255),
}
VIEWS: dict[str, Check] = {
    "home": shape(_VIEW, required="blocks"),
    "modal": shape(
        {
            **_VIEW,
            "title": plain(most("ModalView", "title")),
            "submit": plain(limits.SUBMIT_TEXT.most),
            "close": plain(most("ModalView", "close")),
            "clear_on_close": yes_no,
            "notify_on_close": yes_no,
        },
        required="blocks title",
    ),
}


def view(value: Any, at: str, kind: str) -> Iterator[Problem]:
    """A modal or home view."""
    if not isinstance(value, dict) or value.get("type") != kind:
        yield Problem(f"{at}/type", f"must be {kind}")
        return
    yield from VIEWS[kind](value, at)
    yield from blocks(value.get("blocks"), f"{at}/blocks", most("ModalView", "blocks"))
    kinds = [b.get("type") for b in value.get("blocks") or [] if isinstance(b, dict)]
    if kind == "modal" and "input" in kinds and "submit" not in value:
        yield Problem(at, "submit is required when an input block is within the blocks array")
    if len(json.dumps(value).encode()) > limits.VIEW_BYTES.most:
        yield Problem(at, "view_too_large")
