"""vCards in and out: version 2.1, 3.0 and 4.0 are read, 3.0 is written, which everything reads."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import vobject

from bot.domain.tidy import tidy_line, tidy_text
from bot.files import cells
from bot.files.people import LONGEST, LONGEST_NOTE, Refuse, refuse_if_long
from bot.files.refused import FileRefused, RefusedRow

MOST_CARDS = 10_000
MOST_CHARACTERS = 100_000  # of one card without its picture; a property's parts take much memory
_BEGIN = re.compile(r"^BEGIN:VCARD[ \t]*\r?$", re.I | re.M)
_END = re.compile(r"^END:VCARD[ \t]*$", re.I | re.M)
# Pictures, sounds and keys with their folded lines: large, slow to read and not wanted.
_BULK = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*(?:\n[ \t].*)*\n", re.I | re.M)
_FOLD_AT = 75

ALSO = {
    "email": "Also e-mail",
    "phone": "Also phone",
    "title": "Also works as",
    "company": "Also at",
    "linkedin": "Also on",
}
"""How the notes keep what a card has more than one of: as they do when two cards are made one."""
_PHONE = re.compile(r"\+?[\d(][\d ()./-]{3,38}\d(?: ?(?:x|ext\.?) ?\d{1,6})?")
_OUT_AGAIN: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("email", ALSO["email"], cells.is_email),
    ("tel", ALSO["phone"], lambda value: _PHONE.fullmatch(value) is not None),
    ("url", ALSO["linkedin"], lambda value: cells.read_profile(value) == value),
)
UNREADABLE = "This card cannot be read; it may be cut off or damaged."


@dataclass(frozen=True, slots=True)
class Card:
    """A person to write out."""

    name: str
    uid: str
    email: str = ""
    phone: str = ""
    title: str = ""
    company: str = ""
    city: str = ""
    link: str = ""
    notes: str = ""


def holds_vcards(text: str) -> bool:
    """Whether the file is vCards, whatever it is called."""
    return _BEGIN.match(text.lstrip()) is not None


def read_vcards(text: str) -> Iterator[dict[str, Any] | RefusedRow]:
    """The values of each card, by our field names."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_BEGIN.findall(text)) > MOST_CARDS:
        raise FileRefused(f"That file has more than {MOST_CARDS:,} cards. Split it, please.")
    return _read_cards(text)


def _read_cards(text: str) -> Iterator[dict[str, Any] | RefusedRow]:
    """From each beginning to the next: a card that is cut off costs only itself."""
    starts = [found.start() for found in _BEGIN.finditer(text)]
    line = text.count("\n", 0, starts[0]) + 1
    for start, end in pairwise([*starts, len(text)]):
        card = text[start:end]
        try:
            yield {"line": line, **_read_card(card)}
        except Refuse as refusal:
            yield RefusedRow(line, str(refusal))
        line += card.count("\n")


def _read_card(text: str) -> dict[str, Any]:
    if not _END.search(text):
        raise Refuse(UNREADABLE)
    text = _BULK.sub("", text)
    if len(text) > MOST_CHARACTERS:
        raise Refuse(f"This card is longer than {MOST_CHARACTERS:,} characters.")
    try:
        card = next(vobject.readComponents(text, ignoreUnreadable=True))
    except Exception as error:  # vobject raises whatever its codecs raise
        raise Refuse(UNREADABLE) from error
    contents: dict[str, list[Any]] = card.contents
    values: dict[str, Any] = {
        "name": cells.turn_name(_text(contents, "fn")) or _structured_name(contents)
    }
    if not values["name"]:
        raise Refuse("It has no name.")
    more = [
        *_take(values, "email", _each(contents, "email"), cells.read_email),
        *_take(values, "phone", _phones(contents)),
        *_take(values, "title", [*_each(contents, "title"), *_each(contents, "role")]),
        *_take(values, "company", _each(contents, "org")),
        *_take(values, "linkedin", _each(contents, "url"), cells.read_profile),
    ]
    if not values["email"] and (written := _text(contents, "email")):
        raise Refuse(f"“{written[:40]}” is not a whole e-mail address.")
    for part in ("city", "country"):
        values[part] = _first(getattr(_value(contents, "adr"), part, ""))
    values["notes"] = "\n".join(dict.fromkeys(part for part in (_notes(contents), *more) if part))
    for field, longest in LONGEST.items():
        refuse_if_long(values.get(field, ""), longest, f"the {field}")
    refuse_if_long(values["notes"], LONGEST_NOTE, "the note")
    return values


def _take(
    values: dict[str, Any],
    field: str,
    written: list[str],
    read: Callable[[str], str | None] = tidy_line,
) -> list[str]:
    """The first that can be read is the field's; each other becomes a line of the notes."""
    kept = next((at for at, each in enumerate(written) if read(each)), None)
    values[field] = read(written[kept]) if kept is not None else ""
    others = [each for at, each in enumerate(written) if at != kept]
    return [f"{ALSO[field]} {each}" for each in others if each != values[field]]


def _each(contents: dict[str, list[Any]], name: str) -> list[str]:
    return [line for each in contents.get(name, ()) if (line := _first(each.value))]


def _phones(contents: dict[str, list[Any]]) -> list[str]:
    return [each.removeprefix("tel:") for each in _each(contents, "tel")]


def _value(contents: dict[str, list[Any]], name: str) -> object:
    return contents[name][0].value if contents.get(name) else ""


def _first(value: object) -> str:
    """Values with parts come as lists; the first part is the one people mean."""
    value = value[0] if isinstance(value, list) and value else value
    return tidy_line(value) if isinstance(value, str) else ""


def _text(contents: dict[str, list[Any]], name: str) -> str:
    return _first(_value(contents, name))


def _structured_name(contents: dict[str, list[Any]]) -> str:
    name = _value(contents, "n")
    parts = (_first(getattr(name, part, "")) for part in ("given", "additional", "family"))
    return " ".join(part for part in parts if part) or _text(contents, "nickname")


def _notes(contents: dict[str, list[Any]]) -> str:
    notes = (tidy_text(note.value) for note in contents.get("note", ()) if note.value)
    return "\n".join(notes)


def write_vcards(people: Iterable[Card]) -> bytes:
    """One file with a card a person."""
    return "".join(map(_write_card, people)).encode()


def _write_card(person: Card) -> str:
    card = vobject.vCard()
    name = tidy_line(person.name)
    given, _, family = name.rpartition(" ")
    card.add("fn").value = name
    card.add("n").value = vobject.vcard.Name(family=family, given=given)
    card.add("uid").value = tidy_line(person.uid)
    more, notes = _taken_apart(tidy_text(person.notes))
    for key, value in (("email", person.email), ("tel", person.phone), ("title", person.title)):
        if kept := tidy_line(value):
            card.add(key).value = kept
    if company := tidy_line(person.company):
        card.add("org").value = [company]
    if city := tidy_line(person.city):
        card.add("adr").value = vobject.vcard.Address(city=city)
    if link := cells.read_profile(tidy_line(person.link)):
        card.add("url").value = link
    for key, value in more:
        card.add(key).value = value
    if notes:
        card.add("note").value = notes
    # vobject counts characters before it folds octets, so it is told not to fold.
    return "".join(map(_folded, str(card.serialize(lineLength=1_000_000)).splitlines()))


def _taken_apart(notes: str) -> tuple[list[tuple[str, str]], str]:
    """Further addresses, numbers and links that the notes keep, and the notes without them."""
    more: list[tuple[str, str]] = []
    left: list[str] = []
    for line in notes.splitlines():
        found = [
            (key, value)
            for key, label, fits in _OUT_AGAIN
            if line.startswith(f"{label} ") and fits(value := line.removeprefix(f"{label} "))
        ]
        more += found
        left += [] if found else [line]
    return more, "\n".join(left)


def _folded(line: str) -> str:
    """Pieces of at most 75 octets, never cut inside a character."""
    pieces, length = [""], 0
    for character in line:
        octets = len(character.encode())
        if length + octets > _FOLD_AT:
            pieces.append(" ")
            length = 1
        pieces[-1] += character
        length += octets
    return "\r\n".join(pieces) + "\r\n"
