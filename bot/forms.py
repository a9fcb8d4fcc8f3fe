"""Forms made from declarations: filled with what was given and with the present values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import drafts
from bot.arguments import read_one
from bot.command import Command, Parameter
from bot.context import Context
from bot.domain.drafts import Draft
from bot.domain.people import Contact
from bot.invocation import Call, Given, Upload, call
from bot.people_kinds import Newcomer
from bot.refusal import AmbiguousError, BadValueError
from bot.reply import Answer, Buttons, Form, FormField, Reply, Text, answer, button, text

IN_TITLE = 24
"""Characters of a title, so that no surface has to cut it (Slack's views reference)."""
ONLY = "only_"
"""In a call, beside its arguments: the form's questions that are still to be asked."""


def rest_of(command: str, left_out: tuple[str, ...], **arguments: int) -> Call:
    """A call whose form asks only for what an earlier form had no room for."""
    return call(command, **arguments, **{ONLY: ",".join(left_out)})


def opens_form(command: Command, given: Mapping[str, Given]) -> bool:
    """Whether the form comes first: it asks for something, and nothing of that was given."""
    asked = {each.name for each in command.parameters if each.in_form}
    instead = {each.unless for each in command.parameters}
    return bool(asked) and given.keys().isdisjoint(asked | instead)


def form_for(
    command: Command,
    given: Mapping[str, Given],
    ctx: Context,
    most_fields: int | None,
    draft: Draft | None,
    errors: Mapping[str, Text] | None = None,
    only: str = "",
    *,
    reopened: bool = False,
) -> Form:
    """The form that asks for what is missing; what was given is kept in its draft.

    ``reopened``: it could not be shown, so the same is asked again. Where the surface holds fewer
    fields than there are, it says which step it is; ``only``: after one of the same command or
    another, whose steps were full.
    """
    errors = errors or {}
    every = _asked(command, given, errors)
    asked = [each for each in every if not only or each.name in {*only.split(","), *errors}]
    left = tuple(each.name for each in every if each not in asked)
    before, now, step, steps = (), asked, 1, 1
    if most_fields is not None:
        earlier = draft.asked if draft is not None and draft.form else ()
        before, now = _step(asked, earlier, errors, most_fields, again=reopened)
        done = max(1, len(left) // most_fields) if only else 0
        steps = done + max(1, -(-len(asked) // most_fields))
        step = min(done + len(before) // most_fields + 1, steps)
    asking = (*left, *before, *(each.name for each in now))
    kept = drafts.keep_form(ctx, draft, command, given, asking)
    values = _read(command, given, ctx)
    shown = {**_prefilled(command, values, ctx), **given}
    return Form(
        command=command.name,
        draft=kept.key,
        title=_title(command, values),
        fields=tuple(
            _field(each, shown.get(each.name), ctx, errors.get(each.name)) for each in now
        ),
        submit=command.submit,
        note=Text(command.note) if command.note else None,
        step=step,
        steps=steps,
    )


def _step(
    asked: list[Parameter],
    earlier: tuple[str, ...],
    errors: Mapping[str, Text],
    most: int,
    *,
    again: bool,
) -> tuple[tuple[str, ...], list[Parameter]]:
    """What steps before this one asked, and what this one asks: first what is to be mended.

    ``again``: then the last step once more; else the first of those that no step has asked."""
    room = most - len([name for name in errors if name not in earlier[-most:]])
    last = earlier[-room:] if again and room > 0 else ()
    before = tuple(name for name in earlier if name not in last)
    wanted = [each for each in asked if each.name in errors or each.name in last]
    if not last:
        wanted += [each for each in asked if each not in wanted and each.name not in earlier]
    wanted = sorted(wanted or asked, key=lambda each: each.name not in errors)
    return before, wanted[:most]


def in_words(reply: Reply) -> Answer:
    """A reply where no form can open by itself: the button that opens it."""
    return continue_button(reply) if isinstance(reply, Form) else reply


def continue_button(form: Form) -> Answer:
    """For where a form cannot be opened at once: a button that opens it, nothing lost."""
    errors = tuple(each.error for each in form.fields if each.error is not None)
    opening = Call(drafts.KEPT, {drafts.KEY: form.draft})
    if errors:
        label, said = text("Mend it"), errors
    elif form.step > 1:
        label = text("Continue ({step} of {steps})", step=form.step, steps=form.steps)
        said = (text("Kept. There is a little more to fill in."),)
    else:
        label, said = text("Open the form"), (text("Your form is ready."),)
    return answer(*said, Buttons((button(label, opening, style="main"),)))


def _asked(
    command: Command, given: Mapping[str, Given], errors: Mapping[str, Text]
) -> list[Parameter]:
    asked = [
        each
        for each in command.visible
        if each.in_form or each.name in errors or (each.required and not given.get(each.name))
    ]
    return sorted(asked, key=lambda each: not each.required)


def _read(command: Command, given: Mapping[str, Given], ctx: Context) -> dict[str, Any]:
    """What is given and can be read, for the title and the present values."""
    values: dict[str, Any] = {}
    if command.prefill is None and not command.titled:
        return values
    for each in command.parameters:
        raw = given.get(each.name)
        if raw:
            try:
                values[each.name] = read_one(each, raw, ctx)
            except (BadValueError, AmbiguousError):
                continue
    return values


def _title(command: Command, values: Mapping[str, Any]) -> str:
    """It names whom it is about where that is known; the first name where both are too long."""
    names = [each.name for each in values.values() if isinstance(each, Contact | Newcomer)]
    if not names or not command.titled:
        return command.title
    whole = command.titled.format(name=names[0])
    short = command.titled.format(name=(names[0].split() or names)[0])
    return whole if len(whole) <= IN_TITLE else short


def _prefilled(command: Command, values: Mapping[str, Any], ctx: Context) -> dict[str, Given]:
    """What the command's ``prefill`` knows, written as it would be typed."""
    written: dict[str, Given] = {}
    known = command.prefill(ctx, values) if command.prefill is not None else {}
    for name, value in known.items():
        parameter = command.parameter(name)
        if parameter is not None and value not in (None, ""):
            written[name] = parameter.kind.write(value)
    return written


def _field(each: Parameter, raw: Given | None, ctx: Context, error: Text | None) -> FormField:
    given = raw.name if isinstance(raw, Upload) else raw or ""
    made = FormField(
        name=each.name,
        label=each.label,
        hint=each.about,
        widget=each.kind.widget(),
        required=each.required,
        given=given,
        shown=given,
        error=error,
    )
    if given and error is None and isinstance(raw, str):
        try:
            return replace(made, shown=each.kind.show(each.kind.parse(raw, ctx), ctx))
        except (BadValueError, AmbiguousError):
            return made
    return made
