"""Forms made from declarations: filled with what was given and with the present values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import drafts
from bot.arguments import read_one
from bot.command import Command, Parameter
from bot.context import Context
from bot.domain.drafts import Draft
from bot.invocation import Call, Given, Upload, call
from bot.refusal import AmbiguousError, BadValueError
from bot.reply import Answer, Buttons, Form, FormField, Text, answer, button, text

ONLY = "only_"
"""In a call, beside its arguments: the form's questions that are still to be asked."""


def rest_of(command: str, left_out: tuple[str, ...], **arguments: int) -> Call:
    """A call whose form asks only for what an earlier form had no room for."""
    return call(command, **arguments, **{ONLY: ",".join(left_out)})


def opens_form(command: Command, given: Mapping[str, Given]) -> bool:
    """Whether the form comes first: it asks for something, and nothing of that was given."""
    asked = [each.name for each in command.parameters if each.in_form]
    return bool(asked) and not any(name in given for name in asked)


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

    ``reopened``: it could not be shown, or its answer not taken, so the same is asked again.

    Where the surface holds fewer fields than there are, it asks for the first of those that no
    earlier step asked for, and says which step it is.
    """
    errors = errors or {}
    asked = _asked(command, given, errors)
    before = draft.asked if draft is not None and draft.form else ()
    if only:
        before = tuple(each.name for each in asked if each.name not in only.split(","))
    wanted = [each for each in asked if each.name not in before or each.name in errors] or asked
    if reopened:
        last = before[-(most_fields or len(before)) :]
        before = tuple(name for name in before if name not in last)
        again = [each for each in asked if each.name in errors or each.name in last]
        wanted = sorted(again, key=lambda each: each.name not in errors) or asked
    if most_fields is None:  # everything is seen again, beside what is to be mended
        before, wanted = (), [each for each in asked if not only or each.name in only.split(",")]
    now = wanted[: most_fields or len(wanted)]
    steps = 1 if most_fields is None else -(-len(asked) // most_fields)
    asking = before + tuple(each.name for each in now)
    kept = drafts.keep_form(ctx, draft, command, given, asking)
    shown = {**_prefilled(command, given, ctx), **given}
    return Form(
        command=command.name,
        draft=kept.key,
        title=command.title,
        fields=tuple(
            _field(each, shown.get(each.name), ctx, errors.get(each.name)) for each in now
        ),
        submit=command.submit,
        note=Text(command.note) if command.note else None,
        step=1 if most_fields is None else min(len(before) // most_fields + 1, max(steps, 1)),
        steps=max(steps, 1),
    )


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


def _prefilled(command: Command, given: Mapping[str, Given], ctx: Context) -> dict[str, Given]:
    """What the command's ``prefill`` knows, written as it would be typed."""
    if command.prefill is None:
        return {}
    values: dict[str, Any] = {}
    for each in command.parameters:
        raw = given.get(each.name)
        if raw:
            try:
                values[each.name] = read_one(each, raw, ctx)
            except (BadValueError, AmbiguousError):
                continue
    written: dict[str, Given] = {}
    for name, value in command.prefill(ctx, values).items():
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
