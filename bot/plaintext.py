"""Replies as plain text: for the terminal, for logs of examples, for notifications."""

from collections.abc import Iterator
from typing import assert_never

from bot.invocation import write
from bot.reply import (
    Attachment,
    Button,
    Buttons,
    Copyable,
    Day,
    Facts,
    Form,
    FormField,
    Link,
    Listing,
    Mention,
    Menu,
    Moment,
    Note,
    Occasion,
    Paragraph,
    Part,
    Picture,
    Reply,
    Text,
    Title,
    Value,
    described,
    pieces,
)


def words_of(text: Text, zone: str) -> str:
    """The text with its values filled in; moments in ``zone``."""
    said: list[str] = []
    for literal, name in pieces(text):
        said.append(literal.replace("*", "").replace("`", "").replace("_", ""))
        if name is not None:
            said.append(value_of(name, zone))
    return "".join(said)


def value_of(value: Value, zone: str) -> str:
    """One value as words."""
    match value:
        case Text():
            return words_of(value, zone)
        case Day(day):
            return day.to_stdlib().strftime("%A %-d %B")
        case Moment(at, show):
            local = at.to_tz(zone or "UTC").to_stdlib()
            form = {"time": "%H:%M", "day": "%A %-d %B", "both": "%A %-d %B, %H:%M"}[show]
            return local.strftime(form)
        case Link(url, label):
            return label if label == url else f"{label} ({url})"
        case Mention(_, name):
            return f"@{name}"
        case int() | str():
            return str(value)
        case _:
            assert_never(value)


def plain(reply: Reply, zone: str = "UTC", *, calls: bool = False) -> str:
    """A whole reply. ``calls``: buttons show the invocation that they make."""
    if isinstance(reply, Form):
        return "\n".join(_form(reply, zone))
    return "\n".join(line for part in reply.parts for line in _part(part, zone, calls))


def _part(part: Part, zone: str, calls: bool) -> Iterator[str]:  # noqa: C901 - a case a kind
    match part:
        case Title(text) | Paragraph(text):
            yield words_of(text, zone)
        case Note(text):
            yield f"({words_of(text, zone)})"
        case Facts(rows):
            yield from (f"{words_of(r.label, zone)}: {words_of(r.value, zone)}" for r in rows)
        case Listing():
            yield from _listing(part, zone, calls)
        case Buttons(buttons):
            yield _buttons(buttons, zone, calls)
        case Menu(label, options):
            offered = " | ".join(words_of(each.label, zone) for each in options)
            yield f"{words_of(label, zone)}: {offered}"
        case Copyable(words):
            yield from ("", *(f"    {line}".rstrip() for line in words.splitlines()), "")
        case Picture(alt=alt):
            yield f"[picture: {words_of(alt, zone)}]"
        case Attachment(name=name):
            yield f"[file: {name}]"
        case Occasion():
            for each in described(part):
                yield from _part(each, zone, calls)
        case _:
            assert_never(part)


def _listing(part: Listing, zone: str, calls: bool) -> Iterator[str]:
    for number, row in enumerate(part.rows, 1):
        detail = f" — {words_of(row.detail, zone)}" if row.detail is not None else ""
        buttons = f"  {_buttons(row.buttons, zone, calls)}" if row.buttons else ""
        yield f"{number}. {words_of(row.title, zone)}{detail}{buttons}"


def _buttons(buttons: tuple[Button, ...], zone: str, calls: bool) -> str:
    return "  ".join(
        f"[{words_of(each.label, zone)}]" + (f" {write(each.call)}" if calls else "")
        for each in buttons
    )


def _form(form: Form, zone: str) -> Iterator[str]:
    yield form.title
    yield from (_field(each, zone) for each in form.fields)
    if form.note is not None:
        yield f"({words_of(form.note, zone)})"


def _field(field: FormField, zone: str) -> str:
    star = " (needed)" if field.required else ""
    shown = f" = {field.shown}" if field.shown else ""
    error = f"  ! {words_of(field.error, zone)}" if field.error is not None else ""
    return f"  {field.name}: {field.hint}{star}{shown}{error}"
