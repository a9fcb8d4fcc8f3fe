"""A form as a modal: five labelled fields at most, each with the widget that asks for it. Pure."""

from dataclasses import replace
from typing import Any, assert_never

from adapters.discord import limits
from adapters.discord.limits import cut
from adapters.discord.wording import plain
from bot.invocation import Call, write_id
from bot.reply import Choose, Form, FormField, Line, LongLine, PickFile, PickMember

Json = dict[str, Any]
SELECT, INPUT, USER_SELECT, TEXT, LABEL, UPLOAD = 3, 4, 5, 10, 18, 19
SHORT, LONG = 1, 2
SUBMIT = "form"
DRAFT = "draft"
SNOWFLAKE_DIGITS = 17


def modal(form: Form, cohort: int, *, replaces: bool = False) -> Json:
    """The modal. Its id names the draft, its fields are named by their parameters."""
    title = form.title
    if form.steps > 1:
        title = f"{cut(title, limits.FORM_TITLE - 10)} ({form.step} of {form.steps})"
    note = cut(plain(form.note), limits.FIELD_HINT) if form.note is not None else ""
    room = len(form.fields) < limits.FORM_FIELDS
    fields = form.fields if room or not note else _with_note(form.fields, note)
    components = [_labelled(each) for each in fields]
    if note and room:
        components.append({"type": TEXT, "content": f"-# {plain(form.note) if form.note else ''}"})
    call = Call(SUBMIT, {DRAFT: form.draft})
    return {
        "custom_id": write_id(call, cohort, 0, replaces=replaces),
        "title": cut(title, limits.FORM_TITLE),
        "components": components,
    }


def _with_note(fields: tuple[FormField, ...], note: str) -> tuple[FormField, ...]:
    """Who can read it, said at the last field that has a placeholder to take over its hint."""
    for at in reversed(range(len(fields))):
        each = fields[at]
        if isinstance(each.widget, Line | LongLine) and each.error is None:
            noted = replace(each, hint=f"{each.hint}\n{note}")
            return (*fields[:at], noted, *fields[at + 1 :])
    return fields


def _labelled(each: FormField) -> Json:
    hint, _, note = each.hint.partition("\n")
    made: Json = {"type": LABEL, "label": cut(each.label, limits.FIELD_LABEL)}
    below = f"⚠ {plain(each.error)}" if each.error is not None else note or hint
    if below:
        made["description"] = cut(below[:1].upper() + below[1:], limits.FIELD_HINT)
    placeholder = hint if below != hint else ""
    return made | {"component": _field(each, cut(placeholder, limits.INPUT_PLACEHOLDER))}


def _field(each: FormField, placeholder: str) -> Json:
    named: Json = {"custom_id": each.name, "required": each.required}
    match each.widget:
        case Line(max_length):
            return named | _input(SHORT, each, max_length, placeholder)
        case LongLine(max_length):
            return named | _input(LONG, each, max_length, placeholder)
        case Choose(choices) if len(choices) <= limits.MENU_OPTIONS:
            return named | {"type": SELECT, "options": _options(each, choices)}
        case Choose(choices):
            shown = ", ".join(choice.label for choice in choices)
            return named | _input(SHORT, each, 100, cut(shown, limits.INPUT_PLACEHOLDER))
        case PickMember() if each.given and not _is_user(each.given):
            return named | _input(SHORT, each, 100, placeholder)
        case PickMember():
            picked = [{"id": each.given, "type": "user"}] if each.given else []
            chosen: Json = {"default_values": picked} if picked else {}
            return named | {"type": USER_SELECT} | chosen
        case PickFile():
            return named | {"type": UPLOAD, "required": each.required and not each.given}
        case _:
            assert_never(each.widget)


def _input(style: int, each: FormField, most: int, placeholder: str) -> Json:
    """What was typed before stays, even where it was too long."""
    typed = (each.given if each.error is not None else each.shown)[: limits.INPUT]
    if style == SHORT:
        typed = " ".join(typed.splitlines())
    made: Json = {
        "type": INPUT,
        "style": style,
        "max_length": min(max(most, len(typed), 1), limits.INPUT),
    }
    if typed:
        made["value"] = typed
    if placeholder:
        made["placeholder"] = placeholder
    return made


def _options(each: FormField, choices: tuple[Any, ...]) -> list[Json]:
    return [
        {"label": cut(choice.label, limits.OPTION_LABEL), "value": choice.value}
        | ({"default": True} if choice.value == each.given else {})
        for choice in choices
    ]


def _is_user(given: str) -> bool:
    """Only an id of Discord's own can be shown as already picked; a name is shown as typed."""
    return given.isdecimal() and len(given) >= SNOWFLAKE_DIGITS
