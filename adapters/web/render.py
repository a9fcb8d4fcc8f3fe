"""Replies as HTML fragments. Jinja2 escapes everything that is not markup of ours.

The page holds what a reply holds, so nothing is split here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.web import wording
from adapters.web.cast import SNOWBALL_HERSELF, Persona, stranger
from adapters.web.transcript import DM, Message
from adapters.web.when import Reader
from bot.invocation import Call, write_id
from bot.reply import (
    Answer,
    Attachment,
    Button,
    Buttons,
    Copyable,
    Facts,
    Listing,
    Menu,
    Note,
    Occasion,
    Option,
    Paragraph,
    Part,
    Picture,
    Row,
    Text,
    Title,
    described,
)

FOLLOWS_WITHIN = 300
"""Seconds in which a second message of the same person needs no second name above it."""


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button or a menu's option as the page needs it."""

    id: str
    label: Markup
    style: str = "plain"
    detail: Markup | None = None


class Fragments:
    """Makes the page's fragments from its templates."""

    def __init__(self, people: Sequence[Persona]) -> None:
        self.pages = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._people = {each.key: each for each in (*people, SNOWBALL_HERSELF)}
        self._parts: Any = self.pages.get_template("parts.html").module
        self._messages: Any = self.pages.get_template("message.html").module

    def message(self, message: Message, above: Message | None, reader: Reader, me: str) -> Markup:
        """One message, with the day above it where a day begins."""
        new_day = above is None or reader.day_of(above.at) != reader.day_of(message.at)
        day = self._messages.day(reader.day(reader.day_of(message.at))) if new_day else Markup()
        return day + self.alone(message, None if new_day else above, reader, me)

    def alone(self, message: Message, above: Message | None, reader: Reader, me: str) -> Markup:
        """One message without the day."""
        follows = (
            above is not None
            and (above.by, above.reader) == (message.by, message.reader)
            and (message.at - above.at).total("seconds") < FOLLOWS_WITHIN
        )
        content = (
            self._parts.said(message.said)
            if isinstance(message.said, str)
            else self.answer(message.said, message, reader)
        )
        return self._messages.message(
            {
                "id": message.id,
                "by": self._people.get(message.by) or stranger(message.by),
                "mine": message.by == me,
                "follows": follows,
                "only_you": message.place != DM and bool(message.reader),
                "asked": message.asked,
                "hour": reader.hour(message.at),
                "iso": message.at.format_iso(),
                "content": content,
            }
        )

    def answer(self, answer: Answer, message: Message, reader: Reader) -> Markup:
        """An answer's parts, one below the other."""
        made = _Parts(self._parts, message, reader)
        return Markup("\n").join(
            made.html(number, part) for number, part in enumerate(answer.parts)
        )


class _Parts:
    """The parts of one message; buttons are numbered through all of them."""

    def __init__(self, macros: Any, message: Message, reader: Reader) -> None:
        self.macros = macros
        self.message = message
        self.reader = reader
        self.numbers = count()

    def html(self, number: int, part: Part) -> Markup:  # noqa: C901 - a case a kind
        match part:
            case Title(text):
                return self.macros.title(self._text(text))
            case Paragraph(text):
                return self.macros.paragraph(self._text(text))
            case Note(text):
                return self.macros.note(self._text(text))
            case Facts(rows):
                return self.macros.facts([(self._text(r.label), self._text(r.value)) for r in rows])
            case Listing(rows):
                key = f"m{self.message.id}-{number}"
                return self.macros.listing([self._row(row) for row in rows], key)
            case Buttons(buttons):
                return self.macros.buttons([self._button(each) for each in buttons])
            case Menu(label, options, replaces):
                shown = [self._option(each, replaces) for each in options]
                return self.macros.menu(self._text(label), shown)
            case Copyable(words):
                return self.macros.copyable(words)
            case Picture(alt=alt):
                return self.macros.picture(self._file(number), wording.plain(alt, self.reader))
            case Attachment(name, content):
                return self.macros.attachment(self._file(number), name, size(len(content)))
            case Occasion():
                return Markup("\n").join(self.html(number, each) for each in described(part))
            case _:
                assert_never(part)

    def _text(self, text: Text) -> Markup:
        return wording.html(text, self.reader)

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            "title": self._text(row.title),
            "detail": self._text(row.detail) if row.detail else None,
            "buttons": [self._button(each) for each in row.buttons],
        }

    def _button(self, button: Button) -> Pressable:
        return Pressable(
            self._id(button.call, button.replaces), self._text(button.label), button.style
        )

    def _option(self, option: Option, replaces: bool) -> Pressable:
        detail = self._text(option.detail) if option.detail else None
        return Pressable(self._id(option.call, replaces), self._text(option.label), detail=detail)

    def _id(self, call: Call, replaces: bool) -> str:
        return write_id(call, self.message.cohort, next(self.numbers), replaces=replaces)

    def _file(self, number: int) -> str:
        whose = f"?as={self.message.reader}" if self.message.reader else ""
        return f"/file/{self.message.id}/{number}{whose}"


def size(count_of_bytes: int) -> str:
    """A file's size in words: "12 KB"."""
    if count_of_bytes < 1024:
        return f"{count_of_bytes} bytes"
    if count_of_bytes < 1024 * 1024:
        return f"{round(count_of_bytes / 1024)} KB"
    return f"{count_of_bytes / 1024 / 1024:.1f} MB"
