"""A text as HTML: the template's own markup becomes elements, every value is escaped and isolated.

Isolated (``<bdi>``) so that a name written right to left does not turn the sentence around it.
"""

import re
from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup, escape

from adapters.web.when import Reader
from bot.reply import Day, Link, Mention, Moment, Text, Value, pieces

ELEMENTS = {"*": "strong", "_": "em", "`": "code"}
CLICKABLE = ("http://", "https://", "mailto:")
_MARKS = re.compile(r"([*_`])")


def html(text: Text, reader: Reader) -> Markup:
    """The text, safe to put into a page."""
    return _marked_up(list(_chunks(text, reader)))


def plain(text: Text, reader: Reader) -> str:
    """The text without markup, for attributes: alt texts, names of fields."""
    return html(text, reader).striptags()


def _chunks(text: Text, reader: Reader) -> Iterator[str]:
    """Literal parts as str, values as Markup."""
    for literal, value in pieces(text):
        if literal:
            yield literal
        if value is not None:
            yield _value(value, reader)


def _value(value: Value, reader: Reader) -> Markup:
    match value:
        case str() | int():
            return Markup("<bdi>{}</bdi>").format(value)
        case Moment():
            words = reader.moment(value)
            iso = value.at.format_iso()
            return Markup('<time datetime="{}">{}</time>').format(iso, words)
        case Day(on):
            return Markup('<time datetime="{}">{}</time>').format(on.format_iso(), reader.day(on))
        case Link(url, label):
            return _link(url, label)
        case Mention(_, name):
            return Markup("<b>@<bdi>{}</bdi></b>").format(name)
        case Text():
            return html(value, reader)
        case _:
            assert_never(value)


def _link(url: str, label: str) -> Markup:
    if not url.lower().startswith(CLICKABLE):
        return Markup("<bdi>{}</bdi>").format(label)
    return Markup(
        '<a href="{}" title="{}" target="_blank" rel="noopener noreferrer"><bdi>{}</bdi></a>'
    ).format(url, url, label)


def _marked_up(chunks: list[str]) -> Markup:
    """Pairs of marks become elements; a mark without a partner stays a character."""
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    tokens = [token for chunk in chunks for token in _tokens(chunk)]
    for at, token in enumerate(tokens):
        if token not in ELEMENTS or isinstance(token, Markup):
            out.append(escape(token))
            continue
        partner = next((n for n, (mark, _) in enumerate(opened) if mark == token), None)
        in_code = any(mark == "`" for mark, _ in opened)
        if partner is not None and not tokens[at - 1][-1:].isspace():
            out[opened[partner][1]] = f"<{ELEMENTS[token]}>"
            out.append(f"</{ELEMENTS[token]}>")
            del opened[partner:]
        else:
            if not in_code and _may_open(tokens, at):
                opened.append((token, len(out)))
            out.append(token)
    return Markup("".join(out))  # noqa: S704 - every token was escaped above


def _tokens(chunk: str) -> list[str]:
    if isinstance(chunk, Markup):
        return [chunk]
    return [token for token in _MARKS.split(chunk) if token]


def _may_open(tokens: list[str], at: int) -> bool:
    """A mark opens at the beginning of a word."""
    before = tokens[at - 1][-1:] if at else " "
    after = tokens[at + 1][:1] if at + 1 < len(tokens) else " "
    before_is_word = isinstance(tokens[at - 1], Markup) if at else False
    return not (before_is_word or before.isalnum() or after.isspace())
