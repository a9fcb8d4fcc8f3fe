"""Forms as Slack modals, answers as modals for the home tab, and what a modal held. Pure."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, assert_never

from adapters.slack.render import (
    IN_OPTION,
    IN_PLACEHOLDER,
    OPTIONS_IN_MENU,
    Drawn,
    Pen,
    by,
    option,
    plain_text,
)
from adapters.slack.words import Json, plain, shortened, whole
from bot.reply import (
    Answer,
    Choose,
    Form,
    FormField,
    Line,
    LongLine,
    Note,
    Paragraph,
    PickFile,
    PickMember,
    Reply,
    Text,
    text,
)

FORM, SHOWN = "form", "shown"
"""The callback_id of a form, and of a modal that shows an answer."""
IN_TITLE, IN_HINT, IN_VALUE = 24, 2000, 3000
MOST_IN_VIEW = 100
ASK_AFTER = 0
"""Characters typed before an external select asks for suggestions."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened from; a submission carries no channel and no response_url."""

    cohort: int = 0
    command: str = ""
    draft: str = ""
    channel: str = ""
    response_url: str = ""
    dm: bool = False
    shown: bool = False
    """Opened from the home tab or from a modal, so the answer is shown as one."""

    def write(self) -> str:
        """For private_metadata (3,000 characters)."""
        return json.dumps({name: value for name, value in asdict(self).items() if value})


def read_origin(metadata: str) -> Origin:
    """What :meth:`Origin.write` wrote; anything else is an origin of nothing."""
    try:
        kept = json.loads(metadata or "{}")
        known = {each.name for each in fields(Origin)}
        return Origin(**{name: value for name, value in kept.items() if name in known})
    except (ValueError, TypeError, AttributeError):
        return Origin()


def form_view(form: Form, origin: Origin, zone: str) -> Json:
    """The modal that asks a form's fields."""
    blocks: list[Json] = []
    for each in form.fields:
        if each.error is not None:
            blocks += Pen(0, zone).blocks(Paragraph(_mend(each)))
        blocks.append(_input(each))
    if form.note is not None:
        blocks += Pen(0, zone).blocks(Note(form.note))
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(shortened(form.title, IN_TITLE)),
        "submit": plain_text(shortened(form.submit, IN_TITLE)),
        "close": plain_text("Cancel"),
        "private_metadata": origin.write(),
        "blocks": blocks[:MOST_IN_VIEW],
    }


def _mend(each: FormField) -> Text:
    return text("*{label}:* {error}", label=each.label, error=each.error or "")


def answer_view(drawn: Drawn, origin: Origin) -> Json:
    """A modal that shows an answer: what a press in the home tab is answered with."""
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "title": plain_text("Snowball"),
        "close": plain_text("Close"),
        "private_metadata": origin.write(),
        "blocks": drawn.blocks[:MOST_IN_VIEW] or [*Pen(0).blocks(Paragraph(text("Done.")))],
    }


def home_view(drawn: Drawn) -> Json:
    """The home tab."""
    return {"type": "home", "blocks": drawn.blocks[:MOST_IN_VIEW]}


def _input(each: FormField) -> Json:
    block = {
        "type": "input",
        "block_id": each.name,
        "label": plain_text(each.label),
        "optional": not each.required,
        "element": {"action_id": each.name, **_element(each)},
    }
    if each.hint:
        block["hint"] = plain_text(each.hint[:1].upper() + each.hint[1:IN_HINT])
    return block


def _element(each: FormField) -> Json:
    match each.widget:
        case Line(max_length, suggests):
            fits = len(each.given) <= IN_OPTION
            return _suggesting(each) if suggests and fits else _typed(each, max_length)
        case LongLine(max_length):
            return {**_typed(each, max_length), "multiline": True}
        case Choose(choices):
            return _choosing(
                each, [option(shortened(c.label, IN_OPTION), c.value) for c in choices]
            )
        case PickMember():
            return {"type": "users_select", "placeholder": plain_text("Choose somebody")}
        case PickFile():
            return {"type": "file_input", "max_files": 1}
        case _:
            assert_never(each.widget)


def _typed(each: FormField, longest: int) -> Json:
    """What is longer than Slack's inputs take stays in the draft; its beginning is shown."""
    given = (each.shown or each.given)[:IN_VALUE]
    element: Json = {
        "type": "plain_text_input",
        "max_length": min(max(longest, len(given), 1), IN_VALUE),
    }
    return element | ({"initial_value": given} if given else {})


def _suggesting(each: FormField) -> Json:
    element: Json = {
        "type": "external_select",
        "min_query_length": ASK_AFTER,
        "placeholder": plain_text("Type to search"[:IN_PLACEHOLDER]),
    }
    if each.given:
        initial = option(shortened(each.shown or each.given, IN_OPTION), each.given)
        element["initial_option"] = initial
    return element


def _choosing(each: FormField, options: list[Json]) -> Json:
    element: Json = {"type": "static_select", "placeholder": plain_text("Choose")}
    if len(options) <= OPTIONS_IN_MENU:
        element["options"] = options
    else:
        element["option_groups"] = [
            {"label": plain_text(few[0]["text"]["text"]), "options": [*few]}
            for few in by(OPTIONS_IN_MENU, options)
        ]
    chosen = [each_option for each_option in options if each_option["value"] == each.given]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def field_errors(form: Form, view: Json, zone: str) -> dict[str, str] | None:
    """The errors to show beside the fields of this open modal; None when it lacks some of them."""
    errors = {each.name: plain(each.error, zone) for each in form.fields if each.error is not None}
    asked = {block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"}
    return errors if errors and set(errors) <= asked else None


def stays_open(undone: Reply | None, view: Json) -> dict[str, str] | None:
    """What keeps this modal open with all that was typed: why, at its first field."""
    asked = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    match undone:
        case Answer((Paragraph(why), *_)) if asked:
            return {asked[0]: plain(why)}
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person left in a form: words by field, and files still to be fetched."""

    words: dict[str, str]
    files: dict[str, Json]


def read_state(values: dict[str, dict[str, Any]]) -> Filled:
    """The state of a submitted modal; an empty field is an empty word, which clears."""
    words: dict[str, str] = {}
    files: dict[str, Json] = {}
    for name, actions in values.items():
        for state in actions.values():
            if state.get("files"):
                files[name] = state["files"][0]
            else:
                words[name] = _word(state)
    return Filled(words, files)


def _word(state: Json) -> str:
    chosen = state.get("selected_option")
    if isinstance(chosen, dict):
        return whole(str(chosen.get("value") or ""))
    return whole(str(state.get("value") or state.get("selected_user") or ""))
