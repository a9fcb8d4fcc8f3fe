"""What a handler may answer: a closed union of intents, each with its plain text.

Text is a literal template with untrusted values; only a renderer turns values into characters,
so whatever somebody typed is shown as typed. A reply is always private to the one who asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Annotated, Literal, LiteralString, TypeAlias

from pydantic import Base64Bytes, Discriminator, TypeAdapter
from whenever import Date, Instant

from bot.invocation import Call


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown in the reader's own zone: the time, the day, or both."""

    at: Instant
    show: Literal["time", "day", "both"] = "both"
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day; the same in every zone. Shown as "Monday 23 November"."""

    on: Date
    kind: Literal["day"] = "day"


@dataclass(frozen=True, slots=True)
class Link:
    """An address worth opening. Only http, https and mailto are ever made clickable."""

    url: str
    label: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is to notice this, in a place that others read too: they alone are pinged.

    ``user``: the surface's own id of their account there."""

    user: str
    name: str
    kind: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class Text:
    """A template of ours with values of anybody's.

    In the template ``*bold*``, ``_italic_`` and ```/a command``` are markup and ``{name}`` is a
    value; a value is never markup.
    """

    template: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    kind: Literal["text"] = "text"


Tagged: TypeAlias = Annotated[Moment | Day | Link | Mention | Text, Discriminator("kind")]
Value: TypeAlias = str | int | Tagged


def text(template: LiteralString, /, **values: Value) -> Text:
    """A text; the only way handlers make one, so that no user's words become markup."""
    return Text(template, values)


def joined(texts: "tuple[Text, ...] | list[Text]", between: LiteralString = " ") -> Text:
    """Several texts as one, with ``between`` among them."""
    names = [f"t{number}" for number in range(len(texts))]
    template = between.join(f"{{{name}}}" for name in names)
    return Text(template, dict(zip(names, texts, strict=True)))


def pieces(of: Text) -> Iterator[tuple[str, "Value | None"]]:
    """The template's literal parts and values in order: ``(literal, value or None)``."""
    for literal, name, _spec, _conversion in Formatter().parse(of.template):
        yield literal, None if name is None else of.values[name]


@dataclass(frozen=True, slots=True)
class Button:
    """An invocation written in advance. It carries no authority.

    ``replaces``: its reply takes the place of the message that the button stands on.
    """

    label: Text
    call: Call
    replaces: bool = False
    style: Literal["plain", "main", "danger"] = "plain"


def button(
    label: LiteralString | Text,
    call: Call,
    *,
    replaces: bool = False,
    style: Literal["plain", "main", "danger"] = "plain",
) -> Button:
    """A button; a plain label may be given as a literal."""
    return Button(label if isinstance(label, Text) else Text(label), call, replaces, style)


@dataclass(frozen=True, slots=True)
class Title:
    """What the reply is about, in a few words."""

    text: Text
    kind: Literal["title"] = "title"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several."""

    text: Text
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: why this came, who can read it, how to stop it."""

    text: Text
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """A card: short labels with values."""

    rows: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Which person a row shows, for whoever reads replies as data (``say --json``)."""

    id: int
    name: str
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: a title, a detail, and what can be done with it."""

    title: Text
    detail: Text | None = None
    buttons: tuple[Button, ...] = ()
    person: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, a row each."""

    rows: tuple[Row, ...]
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True, slots=True)
class Buttons:
    """What can be done next; the first is the most likely."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a menu; choosing it is an invocation."""

    label: Text
    call: Call
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """One of several, where buttons would be too many."""

    label: Text
    options: tuple[Option, ...]
    replaces: bool = False
    among_others: Text | None = None
    """The label where a message holds several such menus: it says what this one is about."""
    kind: Literal["menu"] = "menu"


@dataclass(frozen=True, slots=True)
class Copyable:
    """Words for the member to copy and send; stands alone, so that a phone can copy it."""

    words: str
    kind: Literal["copyable"] = "copyable"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with what it shows in words."""

    png: Base64Bytes
    alt: Text
    name: str = "picture.png"
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to keep."""

    name: str
    content: Base64Bytes
    media_type: str
    kind: Literal["attachment"] = "attachment"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to go to. Posted to a channel, it also goes into the platform's own calendar
    where there is one; everywhere it is shown as :func:`described`.

    ``key``: our own number of it; a later post with the same one changes the calendar's entry, or
    takes it out when it is ``cancelled``."""

    name: str
    at: Instant
    minutes: int = 60
    place: str = ""
    """A room, an address or a link; "" where it is not known yet."""
    about: str = ""
    key: str = ""
    cancelled: bool = False
    kind: Literal["occasion"] = "occasion"


def described(of: Occasion) -> tuple[Title | Facts | Paragraph, ...]:
    """An occasion in words: its name, when it is for the reader, where, and what about.

    Nothing of one that is cancelled: the words around it say so."""
    if of.cancelled:
        return ()
    rows = [Fact(Text("When"), text("{at}", at=Moment(of.at)))]
    if of.place:
        rows.append(Fact(Text("Where"), text("{place}", place=of.place)))
    about = (Paragraph(text("{about}", about=of.about)),) if of.about else ()
    return (Title(text("{name}", name=of.name)), Facts(tuple(rows)), *about)


Part: TypeAlias = Annotated[
    Title | Paragraph | Note | Facts | Listing | Buttons | Menu | Copyable | Picture | Attachment
    | Occasion,
    Discriminator("kind"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to be shown, part by part."""

    parts: tuple[Part, ...]
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Line:
    """Widget: one line of typed text; ``suggests`` where names complete while typing."""

    max_length: int = 200
    suggests: bool = False
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class LongLine:
    """Widget: several lines of typed text (at most 3,000 characters, everywhere)."""

    max_length: int = 3000
    kind: Literal["long"] = "long"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed choice with the words shown for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Widget: one of a few."""

    choices: tuple[Choice, ...]
    kind: Literal["choose"] = "choose"


@dataclass(frozen=True, slots=True)
class PickMember:
    """Widget: a member of this cohort, picked as the platform picks people."""

    kind: Literal["member"] = "member"


@dataclass(frozen=True, slots=True)
class PickFile:
    """Widget: a file from the member's device."""

    kind: Literal["file"] = "file"


Widget: TypeAlias = Annotated[
    Line | LongLine | Choose | PickMember | PickFile, Discriminator("kind")
]


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form. ``given`` is what is already known, as it would be typed.

    ``error`` says what to mend; what was typed stays in ``given``.
    """

    name: str
    label: str
    hint: str
    widget: Widget
    required: bool
    given: str = ""
    shown: str = ""
    error: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A command's form parameters, asked for. ``draft`` names what is filled in so far.

    ``step`` of ``steps`` where a surface holds fewer fields than the command asks for.
    """

    command: str
    draft: str
    title: str
    fields: tuple[FormField, ...]
    submit: str = "Save"
    note: Text | None = None
    step: int = 1
    steps: int = 1
    kind: Literal["form"] = "form"


Reply: TypeAlias = Annotated[Answer | Form, Discriminator("kind")]

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


def to_json(answer: Answer) -> str:
    """An answer as text, to be kept in a row until it is settled."""
    return _ANSWER.dump_json(answer).decode()


def from_json(kept: str) -> Answer:
    """The answer that :func:`to_json` wrote.

    Raises pydantic's ValidationError when it is not one."""
    return _ANSWER.validate_json(kept)


def answer(*parts: "Part | Text") -> Answer:
    """An answer; a bare text is a paragraph."""
    return Answer(tuple(Paragraph(part) if isinstance(part, Text) else part for part in parts))
