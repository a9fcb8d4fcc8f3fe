"""What Discord refuses in the components of a message and of a modal."""

import re

from tests.servers.discord import limits
from tests.servers.discord.errors import Json, Spot

ROW, BUTTON, SELECT, INPUT = 1, 2, 3, 4
PEOPLE_SELECTS = {5, 6, 7, 8}
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = (
    9, 10, 11, 12, 13, 14, 17, 18, 19,
)  # fmt: skip
LINK_STYLE = 5
V1_TOP = {ROW}
V2_TOP = {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER}
IN_CONTAINER = V2_TOP - {CONTAINER}
IN_LABEL = {SELECT, INPUT, UPLOAD} | PEOPLE_SELECTS


class Seen:
    """What must be unique or is limited over a whole message or modal."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.custom_ids: set[str] = set()
        self.components = 0
        self.text = 0


def check_message_components(spot: Spot, components: list[Json], files: set[str], v2: bool) -> None:
    """The components of a message, of either generation."""
    seen = Seen(files)
    if not v2:
        spot.count(components, limits.ROWS)
    for index, component in enumerate(components):
        _component(spot.at(index), component, V2_TOP if v2 else V1_TOP, seen)
    if v2 and seen.components > limits.V2_COMPONENTS:
        spot.say("BASE_TYPE_MAX_LENGTH", f"Must be {limits.V2_COMPONENTS} or fewer in total.")
    if v2 and seen.text > limits.V2_TEXT:
        spot.say(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Displayable text exceeds maximum of {limits.V2_TEXT}.",
        )


def check_modal(spot: Spot, data: Json) -> None:
    """A form: its title, its handle and its fields."""
    spot.text(data, "custom_id", limits.CUSTOM_ID, 1, needed=True)
    spot.text(data, "title", limits.MODAL_TITLE, 1, needed=True)
    components = data.get("components") or []
    here = spot.at("components")
    here.count(components, limits.MODAL_COMPONENTS, 1)
    seen = Seen(set())
    for index, component in enumerate(components):
        _component(here.at(index), component, {ROW, LABEL, TEXT}, seen)


def _component(spot: Spot, body: Json, allowed: set[int], seen: Seen) -> None:
    kind = body.get("type")
    seen.components += 1
    if kind not in allowed:
        spot.at("type").say(
            "UNION_TYPE_CHOICES", f"Value of field must be one of {sorted(allowed)}."
        )
        return
    if kind in PEOPLE_SELECTS or kind == UPLOAD:
        _custom_id(spot, body, seen)
    elif check := CHECKS.get(kind):
        check(spot, body, seen)


def _custom_id(spot: Spot, body: Json, seen: Seen) -> None:
    spot.text(body, "custom_id", limits.CUSTOM_ID, 1, needed=True)
    custom_id = body.get("custom_id")
    if custom_id in seen.custom_ids:
        spot.at("custom_id").say(
            "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    seen.custom_ids.add(custom_id or "")


def _row(spot: Spot, body: Json, seen: Seen) -> None:
    inside = body.get("components") or []
    here = spot.at("components")
    kinds = {component.get("type") for component in inside}
    here.count(inside, limits.ROW_BUTTONS if kinds == {BUTTON} else 1, 1)
    for index, component in enumerate(inside):
        _component(here.at(index), component, {BUTTON, SELECT, INPUT} | PEOPLE_SELECTS, seen)


def _button(spot: Spot, body: Json, seen: Seen) -> None:
    spot.text(body, "label", limits.BUTTON_LABEL)
    if not body.get("label") and not body.get("emoji"):
        spot.at("label").say("BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji")
    if body.get("style") not in {1, 2, 3, 4, 5}:
        spot.at("style").say("BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    if body.get("style") != LINK_STYLE:
        _custom_id(spot, body, seen)
        return
    spot.text(body, "url", limits.BUTTON_URL, 1, needed=True)
    if not re.match(r"(https?|discord)://", body.get("url") or ""):
        spot.at("url").say("URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').")
    if body.get("custom_id"):
        spot.say("BUTTON_COMPONENT_INVALID", "A link button cannot have a custom id")


def _string_select(spot: Spot, body: Json, seen: Seen) -> None:
    _custom_id(spot, body, seen)
    spot.text(body, "placeholder", limits.SELECT_PLACEHOLDER)
    options = body.get("options") or []
    here = spot.at("options")
    here.count(options, limits.SELECT_OPTIONS, 1)
    values: set[str] = set()
    for index, option in enumerate(options):
        here.at(index).text(option, "label", limits.OPTION_LABEL, 1, needed=True)
        here.at(index).text(option, "value", limits.OPTION_VALUE, 1, needed=True)
        here.at(index).text(option, "description", limits.OPTION_DESCRIPTION)
        if option.get("value") in values:
            here.at(index, "value").say(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(option.get("value") or "")
    chosen = sum(1 for option in options if option.get("default"))
    if chosen > (body.get("max_values") or 1):
        here.say("SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "Too many defaults")
    if (body.get("max_values") or 1) > len(options):
        spot.at("max_values").say("BASE_TYPE_MAX", "More than there are options")


def _input(spot: Spot, body: Json, seen: Seen) -> None:
    _custom_id(spot, body, seen)
    if body.get("style") not in {1, 2}:
        spot.at("style").say("BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    spot.text(body, "placeholder", limits.INPUT_PLACEHOLDER)
    spot.text(body, "value", body.get("max_length") or limits.INPUT_VALUE)
    spot.text(body, "label", limits.LABEL, 1)
    high = body.get("max_length")
    if high is not None and not 1 <= high <= limits.INPUT_VALUE:
        spot.at("max_length").say("NUMBER_TYPE_MAX", "int value should be between 1 and 4000")


def _label(spot: Spot, body: Json, seen: Seen) -> None:
    spot.text(body, "label", limits.LABEL, 1, needed=True)
    spot.text(body, "description", limits.LABEL_DESCRIPTION, 1)
    inside = body.get("component") or {}
    if inside.get("label"):
        spot.at("component", "label").say("BASE_TYPE_FORBIDDEN", "The label says it")
    _component(spot.at("component"), inside, IN_LABEL, seen)


def _section(spot: Spot, body: Json, seen: Seen) -> None:
    texts = body.get("components") or []
    spot.at("components").count(texts, limits.SECTION_TEXTS, 1)
    for index, component in enumerate(texts):
        _component(spot.at("components", index), component, {TEXT}, seen)
    _component(spot.at("accessory"), body.get("accessory") or {}, {BUTTON, THUMBNAIL}, seen)


def _container(spot: Spot, body: Json, seen: Seen) -> None:
    inside = body.get("components") or []
    spot.at("components").count(inside, limits.V2_COMPONENTS, 1)
    for index, component in enumerate(inside):
        _component(spot.at("components", index), component, IN_CONTAINER, seen)


def _gallery(spot: Spot, body: Json, seen: Seen) -> None:
    items = body.get("items") or []
    spot.at("items").count(items, limits.GALLERY_ITEMS, 1)
    for index, item in enumerate(items):
        here = spot.at("items", index)
        here.text(item, "description", limits.GALLERY_DESCRIPTION)
        _media(here.at("media"), item.get("media") or {}, seen)


def _media(spot: Spot, media: Json, seen: Seen) -> None:
    url = str(media.get("url") or "")
    if url.startswith("attachment://"):
        if url.removeprefix("attachment://") not in seen.files:
            spot.at("url").say("COMPONENT_ATTACHMENT_NOT_FOUND", f"{url} is not uploaded")
    elif not re.match(r"https?://", url):
        spot.at("url").say("URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').")


def _text(spot: Spot, body: Json, seen: Seen) -> None:
    spot.text(body, "content", limits.V2_TEXT, 1, needed=True)
    seen.text += len(body.get("content") or "")


def _thumbnail(spot: Spot, body: Json, seen: Seen) -> None:
    _media(spot.at("media"), body.get("media") or {}, seen)


def _file(spot: Spot, body: Json, seen: Seen) -> None:
    _media(spot.at("file"), body.get("file") or {}, seen)


CHECKS = {
    ROW: _row,
    BUTTON: _button,
    SELECT: _string_select,
    INPUT: _input,
    SECTION: _section,
    TEXT: _text,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    FILE: _file,
    CONTAINER: _container,
    LABEL: _label,
}
