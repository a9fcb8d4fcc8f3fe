"""An answer as messages that Discord takes: parts in order, split where one would be too long.

Nothing is cut: what is long is continued. Words to copy stand alone in a message of their own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from adapters.discord import limits
from adapters.discord.render import Sheet, is_long, sheet_of
from adapters.discord.wording import markdown, plain
from bot.reply import (
    Answer,
    Attachment,
    Buttons,
    Copyable,
    Fact,
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
)

SPARE_COMPONENTS = 2
"""Kept free for a row with one button, "Show more"."""
LONG = 3000
"""Characters of one text before it is continued in the next part."""
LONG_LINE = 1000
"""The same within a card or a list."""
ROWS = 10
BUTTONS = 25

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of one message. ``overflow``: it begins because the one before was full."""

    parts: tuple[Part, ...]
    overflow: bool = False


@dataclass(frozen=True, slots=True)
class DiscordSurface:
    """What Discord holds: five fields in a form, and one message (with what is to be copied)."""

    form_fields: int | None = limits.FORM_FIELDS

    def split(self, whole: Answer) -> tuple[Answer, tuple[Part, ...]]:
        """What is shown at once, and what waits behind a button."""
        found = pages(whole)
        full = next((at for at, page in enumerate(found) if page.overflow), len(found))
        head = tuple(part for page in found[:full] for part in page.parts)
        rest = tuple(part for page in found[full:] for part in page.parts)
        return Answer(head), rest


def messages(answer: Answer, cohort: int) -> list[Sheet]:
    """The answer as messages to be sent one after another; never none."""
    found = pages(answer) or [Page((Paragraph(Text("…")),))]
    return [sheet_of(page.parts, cohort) for page in found]


def pages(answer: Answer) -> list[Page]:
    """The answer's parts, grouped into messages."""
    pieces = [piece for whole in answer.parts for piece in _pieces(whole)]
    together = not any(isinstance(piece, Copyable) for piece in pieces)
    if pieces and together and _fits(pieces):  # as nearly always: drawn once, not once a part
        return [Page(tuple(pieces))]
    found: list[Page] = []
    now: list[Part] = []
    overflow = False
    for part in pieces:
        alone = isinstance(part, Copyable)
        full = bool(now) and not _fits([*now, part])
        if now and (alone or full):
            found.append(Page(tuple(now), overflow))
            now, overflow = [], full and not alone
        now.append(part)
        if alone:
            found.append(Page(tuple(now), overflow))
            now, overflow = [], False
    return [*found, Page(tuple(now), overflow)] if now else found


def _fits(parts: list[Part]) -> bool:
    sheet = sheet_of(tuple(parts), 0)
    room = limits.COMPONENTS - SPARE_COMPONENTS
    return (
        sheet.count <= room and sheet.characters <= limits.TEXT and len(sheet.files) <= limits.FILES
    )


def _pieces(part: Part) -> Iterator[Part]:  # noqa: C901, PLR0912 - one exhaustive match
    """The part, as one or more that fit into a message each."""
    match part:
        case Title(text):
            yield from _titled(text)
        case Paragraph(text):
            yield from (Paragraph(each) for each in _chunks(text, LONG))
        case Note(text):
            yield from (Note(each) for each in _chunks(text, LONG))
        case Facts(rows):
            yield from _facts(rows)
        case Listing(rows):
            yield from _listing(rows)
        case Buttons(buttons):
            yield from (Buttons(each) for each in _runs(buttons, BUTTONS))
        case Menu(options=options):
            for each in _runs(options, limits.MENU_OPTIONS):
                yield replace(part, options=each)
        case Copyable(words):
            yield from (Copyable(each) for each in _cut_up(words, LONG))
        case Picture() | Attachment():
            yield part
        case Occasion():
            for each in described(part):
                yield from _pieces(each)
        case _:
            assert_never(part)


def _titled(text: Text) -> Iterator[Part]:
    first, *rest = _chunks(text, LONG_LINE)
    yield Title(first)
    yield from (Paragraph(each) for each in rest)


def _facts(rows: tuple[Fact, ...]) -> Iterator[Part]:
    short: list[Fact] = []
    for row in rows:
        if is_long(row.value, LONG_LINE) or is_long(row.label, LONG_LINE):
            yield from _flush_facts(short)
            short = []
            yield from (Paragraph(each) for each in _chunks(row.label, LONG_LINE))
            yield from (Paragraph(each) for each in _chunks(row.value, LONG))
        else:
            short.append(row)
    yield from _flush_facts(short)


def _flush_facts(rows: list[Fact]) -> Iterator[Part]:
    def length(row: Fact) -> int:
        return len(markdown(row.label)) + len(markdown(row.value)) + 8

    yield from (Facts(each) for each in _by_length(rows, length, len(rows)))


def _listing(rows: tuple[Row, ...]) -> Iterator[Part]:
    short: list[Row] = []
    for row in rows:
        detail = row.detail
        if is_long(row.title, LONG_LINE):
            yield from _flush_rows(short)
            short = []
            head, *rest = _chunks(row.title, LONG_LINE // 2)
            yield from _flush_rows([replace(row, title=head, detail=None)])
            yield from (Paragraph(each) for each in rest)
            yield from (Paragraph(each) for each in (_chunks(detail, LONG) if detail else ()))
        elif detail is not None and is_long(detail, LONG_LINE):
            yield from _flush_rows([*short, replace(row, detail=None)])
            short = []
            yield from (Paragraph(each) for each in _chunks(detail, LONG))
        else:
            short.append(row)
    yield from _flush_rows(short)


def _flush_rows(rows: list[Row]) -> Iterator[Part]:
    def length(row: Row) -> int:
        return len(markdown(row.title)) + (len(markdown(row.detail)) if row.detail else 0) + 8

    yield from (Listing(each) for each in _by_length(rows, length, ROWS))


def _by_length(
    given: Iterable[T], length: Callable[[T], int], most: int
) -> Iterator[tuple[T, ...]]:
    """Groups of at most so many, and of no more characters than a message holds."""
    group: list[T] = []
    total = 0
    for each in given:
        if group and (len(group) == most or total + length(each) > LONG):
            yield tuple(group)
            group, total = [], 0
        group.append(each)
        total += length(each)
    if group:
        yield tuple(group)


def _runs(given: tuple[T, ...], most: int) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(given), most):
        yield given[start : start + most]


def _chunks(text: Text, most: int) -> list[Text]:
    """The text, or its words in several: half the room each, for escaping may double them."""
    if not is_long(text, most):
        return [text]
    return [Text("{words}", {"words": each}) for each in _cut_up(plain(text), most // 2 - 10)]


def _cut_up(words: str, most: int) -> list[str]:
    """Pieces of at most so many characters, broken between words where there are any."""
    found = []
    while len(words) > most:
        at = max(words.rfind("\n", 0, most), words.rfind(" ", 0, most))
        at = at if at > most // 2 else most
        found.append(words[:at].rstrip())
        words = words[at:].lstrip()
    return [*found, words] if words.strip() or not found else found
