"""Parts of a reply as Discord's components: one message, nothing sent. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, assert_never

from adapters.discord import limits
from adapters.discord.limits import cut
from adapters.discord.wording import escape, markdown, plain
from bot.invocation import Call, write_id
from bot.reply import (
    Attachment,
    Button,
    Buttons,
    Copyable,
    Facts,
    Listing,
    Mention,
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

Json = dict[str, Any]
ROW, BUTTON, SELECT, SECTION, TEXT, GALLERY, FILE = 1, 2, 3, 9, 10, 12, 13
STYLES = {"plain": 2, "main": 1, "danger": 4}
COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6
NOBODY: Json = {"parse": []}
MENU = Call("menu")
ROWS_OF_BUTTONS = 4
"""Up to so many rows keep all their buttons; more have one each, and the rest in menus below."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that goes with a message."""

    name: str
    content: bytes
    media_type: str
    alt: str = ""


@dataclass(slots=True)
class Sheet:
    """One message in the making. Every id in it is numbered, so that none comes twice."""

    cohort: int
    components: list[Json] = field(default_factory=list)
    files: list[SentFile] = field(default_factory=list)
    numbers: int = 0
    mentioned: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many components there are, nested ones too."""
        return sum(1 for _ in walk(self.components))

    @property
    def characters(self) -> int:
        """How many characters of text there are."""
        return sum(len(each.get("content", "")) for each in walk(self.components))

    def body(self, *, private: bool = False) -> Json:
        """The message as it is sent; it pings nobody but those that we mean."""
        users = sorted(self.mentioned)
        return {
            "flags": COMPONENTS_V2 | (EPHEMERAL if private else 0),
            "components": self.components,
            "allowed_mentions": NOBODY | {"users": users} if users else NOBODY,
            "attachments": [
                {"id": number, "filename": file.name}
                | ({"description": file.alt} if file.alt else {})
                for number, file in enumerate(self.files)
            ],
        }

    def id_for(self, call: Call, *, replaces: bool) -> str:
        """A new id that makes this call."""
        self.numbers += 1
        return write_id(call, self.cohort, self.numbers, replaces=replaces)

    def attach(self, name: str, content: bytes, media_type: str, alt: str = "") -> str:
        """The address by which components show the file."""
        kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
        kept = kept[-80:].lstrip("._") or "file"
        if any(file.name == kept for file in self.files):
            kept = f"{len(self.files)}-{kept}"
        self.files.append(SentFile(kept, content, media_type, cut(alt, limits.ALT)))
        return f"attachment://{kept}"


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, nested ones too."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield from walk([component["accessory"]])


def is_long(text: Text, most: int) -> bool:
    """Whether the text takes more characters than that."""
    return len(markdown(text)) > most


def sheet_of(parts: tuple[Part, ...], cohort: int) -> Sheet:
    """The parts as one message."""
    sheet = Sheet(cohort)
    for part in parts:
        sheet.components += _part(part, sheet)
        if isinstance(part, Paragraph):
            sheet.mentioned |= set(_mentioned(part.text))
    return sheet


def _mentioned(text: Text) -> Iterator[str]:
    for value in text.values.values():
        if isinstance(value, Mention) and value.user.isdecimal():
            yield value.user
        elif isinstance(value, Text):
            yield from _mentioned(value)


def _part(part: Part, sheet: Sheet) -> list[Json]:  # noqa: C901 - one exhaustive match
    match part:
        case Title(text):
            return [_text(f"## {_one_line(text)}")]
        case Paragraph(text):
            return [_text(markdown(text))]
        case Note(text):
            return [_text("\n".join(f"-# {line}" for line in markdown(text).splitlines() if line))]
        case Facts(rows):
            return [_text("\n".join(f"{_bold(r.label)} {markdown(r.value)}" for r in rows))]
        case Listing(rows):
            return list(_listing(rows, sheet))
        case Buttons(buttons):
            return list(_buttons(buttons, sheet))
        case Menu(label, options, replaces):
            return [_menu(plain(label), options, replaces, sheet)]
        case Copyable(words):
            return [_text(_copyable(words))]
        case Picture(png, alt, name):
            url = sheet.attach(name, png, "image/png", plain(alt))
            item = {"media": {"url": url}, "description": cut(plain(alt), limits.ALT)}
            return [{"type": GALLERY, "items": [item]}]
        case Attachment(name, content, media_type):
            return [{"type": FILE, "file": {"url": sheet.attach(name, content, media_type)}}]
        case Occasion():
            return [each for shown in described(part) for each in _part(shown, sheet)]
        case _:
            assert_never(part)


def _text(words: str) -> Json:
    return {"type": TEXT, "content": words.strip() or "…"}


def _one_line(text: Text) -> str:
    return " ".join(markdown(text).split())


def _bold(text: Text) -> str:
    """In bold, unless the text itself says what is bold in it."""
    line = _one_line(text)
    return line if "**" in line else f"**{line}**"


def _copyable(words: str) -> str:
    """As it is where Markdown would leave it alone; else as code, which shows it as it is."""
    if escape(words) == words:
        return words
    return f"```\n{words.replace('```', 'ˋˋˋ')}\n```"


def _label(text: Text, most: int) -> str:
    return cut(" ".join(plain(text).split()), most) or "…"


def _button(each: Button, sheet: Sheet) -> Json:
    return {
        "type": BUTTON,
        "style": STYLES[each.style],
        "label": _label(each.label, limits.BUTTON_LABEL),
        "custom_id": sheet.id_for(each.call, replaces=each.replaces),
    }


def _buttons(buttons: tuple[Button, ...], sheet: Sheet) -> Iterator[Json]:
    for start in range(0, len(buttons), limits.ROW_BUTTONS):
        row = buttons[start : start + limits.ROW_BUTTONS]
        yield {"type": ROW, "components": [_button(each, sheet) for each in row]}


def _menu(label: str, options: tuple[Option, ...], replaces: bool, sheet: Sheet) -> Json:
    select = {
        "type": SELECT,
        "custom_id": sheet.id_for(MENU, replaces=replaces),
        "placeholder": cut(label, limits.MENU_PLACEHOLDER),
        "options": [_option(each, replaces, sheet) for each in options],
    }
    return {"type": ROW, "components": [select]}


def _option(each: Option, replaces: bool, sheet: Sheet) -> Json:
    made: Json = {
        "label": _label(each.label, limits.OPTION_LABEL),
        "value": sheet.id_for(each.call, replaces=replaces),
    }
    if each.detail is not None:
        made["description"] = _label(each.detail, limits.OPTION_LABEL)
    return made


def _listing(rows: tuple[Row, ...], sheet: Sheet) -> Iterator[Json]:
    crowded = sum(1 for row in rows if len(row.buttons) > 1) > ROWS_OF_BUTTONS
    for row in rows:
        words = _bold(row.title)
        if row.detail is not None:
            words += f"\n{markdown(row.detail)}"
        if row.buttons and (crowded or len(row.buttons) == 1):
            accessory = _button(row.buttons[0], sheet)
            yield {"type": SECTION, "components": [_text(words)], "accessory": accessory}
        else:
            yield _text(words)
            yield from _buttons(row.buttons, sheet)
    if crowded:
        yield from _menus_below(rows, sheet)


def _menus_below(rows: tuple[Row, ...], sheet: Sheet) -> Iterator[Json]:
    """The second and further buttons of many rows: a menu for each label, an option a row."""
    by_label: dict[tuple[str, bool], list[Option]] = {}
    for row in rows:
        for each in row.buttons[1:]:
            named = by_label.setdefault((plain(each.label), each.replaces), [])
            named.append(Option(row.title, each.call, row.detail))
    for (label, replaces), options in by_label.items():
        yield _menu(f"{label}…", tuple(options), replaces, sheet)
