"""An answer as Slack's blocks: pure, one branch a part, within the limits of Block Kit's reference.

What a whole message holds is in ``surface.py``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar, assert_never

from adapters.slack.spoken import spoken
from adapters.slack.turns import in_turn, laid_out
from adapters.slack.words import (
    Json,
    escaped,
    isolated,
    mrkdwn,
    plain,
    rich_elements,
    runs,
    shortened,
)
from bot.invocation import Call, write, write_id
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
    Paragraph,
    Part,
    Picture,
    Row,
    Text,
    Title,
    described,
    text,
)

IN_ONE_BLOCK = 3000
IN_HEADER, IN_CONTEXT = 150, 3000
IN_BUTTON, IN_OPTION, IN_PLACEHOLDER = 75, 75, 150
BUTTONS_IN_BLOCK, OPTIONS_IN_MENU = 25, 100
IN_NOTIFICATION = 2000
PICKED = "-"
"""The command in a menu's id: the call is the value of the option that was picked."""

_STYLES = {"main": {"style": "primary"}, "danger": {"style": "danger"}, "plain": {}}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message: its blocks, what notifications and screen readers say, and what goes apart.

    ``apart`` cannot stand in a private reply of a channel; each is a message of its own in the DM.
    What can be done with words to copy stands below them, so it is a message after theirs.
    """

    blocks: list[Json]
    text: str
    apart: "tuple[Apart, ...]" = ()


Apart = Copyable | Picture | Attachment | Drawn


@dataclass(slots=True)
class Pen:
    """Draws parts; knows the cohort that buttons act in and the reader's zone."""

    cohort: int
    zone: str = ""
    numbers: Iterator[int] = field(default_factory=count)

    def draw(self, answer: Answer) -> Drawn:
        """The whole answer: one message, and what has to stand apart, in its order."""
        head, apart = in_turn(answer.parts)
        gone = tuple(self._message(each) if isinstance(each, list) else each for each in apart)
        named = [each for each in apart if isinstance(each, Picture | Attachment)]
        return replace(self._message(head, *named), apart=gone)

    def post(self, answer: Answer) -> Drawn:
        """The whole answer as one message for several people, words to copy among the others."""
        shown = (_quoted(each) if isinstance(each, Copyable) else each for each in answer.parts)
        return self._message([*shown])

    def _message(self, parts: list[Part], *named: Part) -> Drawn:
        blocks = laid_out(parts, self.blocks, BUTTONS_IN_BLOCK)
        said = "\n".join(filter(None, (spoken(part, self.zone) for part in (*parts, *named))))
        return Drawn(blocks, escaped(said[:IN_NOTIFICATION].strip() or "Done."))

    def blocks(self, part: Part) -> Iterator[Json]:  # noqa: C901 - one exhaustive match
        """The blocks of one part."""
        match part:
            case Title(words):
                yield from self._title(words)
            case Paragraph(words):
                yield from rich(rich_elements(words))
            case Note(words):
                yield from self._note(words)
            case Facts():
                yield from self._facts(part)
            case Listing(rows):
                for row in rows:
                    yield from self._row(row)
            case Buttons(buttons):
                yield from self._actions(buttons)
            case Menu():
                yield from self._menu(part)
            case Occasion():
                for each in described(part):
                    yield from self.blocks(each)
            case Copyable() | Picture() | Attachment():
                return
            case _:
                assert_never(part)

    def _title(self, words: Text) -> Iterator[Json]:
        title = plain(words, self.zone).strip()
        literal = all(isinstance(run.value, str) for run in runs(words))
        if literal and 0 < len(title) <= IN_HEADER:
            yield {"type": "header", "text": plain_text(title)}
        else:
            yield from rich(rich_elements(words, frozenset({"bold"})))

    def _note(self, words: Text) -> Iterator[Json]:
        note = mrkdwn(words)
        if not note.strip():
            return
        if len(note) > IN_CONTEXT:
            yield from rich(rich_elements(words, frozenset({"italic"})))
        else:
            yield {"type": "context", "elements": [{"type": "mrkdwn", "text": note}]}

    def _facts(self, facts: Facts) -> Iterator[Json]:
        """As many lines in one block as it holds; a label stays with its value."""
        elements: list[Json] = []
        for row in facts.rows:
            line = rich_elements(text("*{label}:* {value}\n", label=row.label, value=row.value))
            if elements and length(elements) + length(line) > IN_ONE_BLOCK:
                yield from rich(elements)
                elements = []
            elements += line
        yield from rich(elements)

    def _row(self, row: Row) -> Iterator[Json]:
        detail = text("\n{detail}", detail=row.detail) if row.detail is not None else ""
        yield from rich(rich_elements(text("*{title}*{detail}", title=row.title, detail=detail)))
        yield from self._actions(row.buttons)

    def _actions(self, buttons: Iterable[Button]) -> Iterator[Json]:
        for few in by(BUTTONS_IN_BLOCK, [*buttons]):
            yield {"type": "actions", "elements": [self._button(each) for each in few]}

    def _button(self, button: Button) -> Json:
        number = next(self.numbers)
        label = shortened(isolated(plain(button.label, self.zone)), IN_BUTTON)
        written = write_id(button.call, self.cohort, number, replaces=button.replaces)
        return {
            "type": "button",
            "text": plain_text(label),
            "action_id": written,
            **_STYLES[button.style],
        }

    def _menu(self, menu: Menu) -> Iterator[Json]:
        options: dict[str, Json] = {}
        for each in menu.options:
            label = shortened(plain(each.label, self.zone), IN_OPTION)
            made = option(label, write(each.call))
            if each.detail is not None:
                detail = shortened(plain(each.detail, self.zone), IN_OPTION)
                made["description"] = plain_text(detail)
            options.setdefault(made["value"], made)
        label = shortened(plain(menu.label, self.zone), IN_PLACEHOLDER)
        for few in by(OPTIONS_IN_MENU, [*options.values()]):
            number = next(self.numbers)
            select = {
                "type": "static_select",
                "placeholder": plain_text(label),
                "action_id": write_id(Call(PICKED), self.cohort, number, replaces=menu.replaces),
                "options": [*few],
            }
            yield {"type": "actions", "elements": [select]}


def _quoted(words: Copyable) -> Paragraph:
    return Paragraph(text("{words}", words=words.words))


T = TypeVar("T")


def by(most: int, things: Sequence[T]) -> Iterator[Sequence[T]]:
    """The things in portions."""
    return (things[begin : begin + most] for begin in range(0, len(things), most))


def plain_text(words: str) -> Json:
    """A plain_text object; typed ``:colons:`` stay as they were typed."""
    return {"type": "plain_text", "text": words, "emoji": False}


def option(label: str, value: str) -> Json:
    """One option of a menu."""
    return {"text": plain_text(label), "value": value}


def rich(elements: list[Json]) -> Iterator[Json]:
    """Rich-text blocks of at most ``IN_ONE_BLOCK`` characters each."""
    for few in _chunks(elements):
        if few[-1]["type"] == "text":
            few[-1] = {**few[-1], "text": few[-1]["text"].rstrip("\n") or " "}
        section = {"type": "rich_text_section", "elements": few}
        yield {"type": "rich_text", "elements": [section]}


def length(elements: list[Json]) -> int:
    """How long rich-text elements are; a date or a link is taken for 20 characters at least."""
    return sum(len(each.get("text", "")) or 20 for each in elements)


def _chunks(elements: list[Json]) -> Iterator[list[Json]]:
    chunk: list[Json] = []
    left = IN_ONE_BLOCK
    for element in elements:
        for piece in _pieces(element):
            size = length([piece])
            if size > left and chunk:
                yield chunk
                chunk, left = [], IN_ONE_BLOCK
            chunk.append(piece)
            left -= size
    if any(each.get("text", "x").strip() for each in chunk):
        yield chunk


def _pieces(element: Json) -> Iterator[Json]:
    words = element.get("text", "")
    if element["type"] != "text" or len(words) <= IN_ONE_BLOCK:
        yield element
        return
    for begin in range(0, len(words), IN_ONE_BLOCK):
        yield {**element, "text": words[begin : begin + IN_ONE_BLOCK]}
