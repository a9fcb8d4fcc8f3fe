"""A text as Discord's Markdown: our template's marks are markup, every value is shown as typed.

A value is escaped, so it can neither format, link, mention nor quote; in code it loses backticks.
"""

import re
from dataclasses import dataclass
from typing import Literal, assert_never
from urllib.parse import quote

from whenever import Date

from bot.reply import Day, Link, Mention, Moment, Text, Value, pieces

MARKS = {"*": "**", "_": "*", "`": "`"}
STAMPS = {"time": "t", "day": "D", "both": "F"}
CLICKABLE = ("http://", "https://", "mailto:")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_ACTIVE = re.compile(r"([\\*_~`|<>\[\]])")
_AT_LINE_START = re.compile(r"(?m)^(\s*)([#+-]|\d+(?=[.)]))(?=\S*\s|[.)])")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069"  # what turns the words around it
    "\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]"  # what Discord refuses
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
ISOLATE, END_ISOLATE, NOTHING = "\u2068", "\u2069", "\u200b"


def escape(typed: str) -> str:
    """Somebody's words, shown as typed wherever Markdown is read."""
    typed = _UNSEEN.sub("", typed)
    safe = _ACTIVE.sub(r"\\\1", typed)
    safe = _AT_LINE_START.sub(_escaped_start, safe).replace("://", "\\://")
    safe = _EVERYBODY.sub("@" + NOTHING, safe)
    return f"{ISOLATE}{safe}{END_ISOLATE}" if _RIGHT_TO_LEFT.search(safe) else safe


def _escaped_start(found: re.Match[str]) -> str:
    space, mark = found[1], found[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _in_code(typed: str) -> str:
    return _UNSEEN.sub("", typed).replace("`", "ˋ").replace("@", "@" + NOTHING)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["words", "mark", "value"]
    words: str = ""
    value: Value | None = None


def markdown(text: Text) -> str:
    """The text for a message."""
    tokens = list(_tokens(text))
    partners = _pairs(tokens)
    in_code = _inside_code(tokens, partners)
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "mark" and at in partners:
            out.append(MARKS[token.words])
        elif token.kind == "value" and token.value is not None:
            out.append(_in_code(_said(token.value)) if at in in_code else _value(token.value))
        elif at in in_code:
            out.append(token.words)
        else:
            out.append(f"\\{token.words}" if token.kind == "mark" else _our_words(token.words))
    return "".join(out)


def plain(text: Text) -> str:
    """The text without markup: for labels of buttons, menus and forms."""
    tokens = list(_tokens(text))
    partners = _pairs(tokens)
    return "".join(
        _said(token.value) if token.value is not None else token.words
        for at, token in enumerate(tokens)
        if at not in partners
    )


def _our_words(words: str) -> str:
    """A template's plain words hold no other markup than its three marks."""
    return re.sub(r"([\\~|<>\[\]])", r"\\\1", words)


def _tokens(text: Text) -> list[_Token]:
    found = []
    for literal, value in pieces(text):
        found += [
            _Token("mark" if part in MARKS else "words", part)
            for part in re.split(r"([*_`])", literal)
            if part
        ]
        if value is not None:
            found.append(_Token("value", value=value))
    return found


def _pairs(tokens: list[_Token]) -> dict[int, int]:
    """Which marks open and close: position of each to that of its partner."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind != "mark":
            continue
        partner = next((n for n in opened if tokens[n].words == token.words), None)
        code = any(tokens[n].words == "`" for n in opened)
        if partner is not None and not tokens[at - 1].words[-1:].isspace():
            pairs[partner], pairs[at] = at, partner
            opened = [n for n in opened if n < partner]
        elif not code and _may_open(tokens, at):
            opened.append(at)
    return pairs


def _may_open(tokens: list[_Token], at: int) -> bool:
    """A mark opens at the beginning of a word."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1 : at + 2]
    if before is not None and (before.kind == "value" or before.words[-1:].isalnum()):
        return False
    return bool(after) and not after[0].words[:1].isspace()


def _inside_code(tokens: list[_Token], pairs: dict[int, int]) -> set[int]:
    return {
        between
        for start, end in pairs.items()
        if start < end and tokens[start].words == "`"
        for between in range(start + 1, end)
    }


def _value(value: Value) -> str:
    match value:
        case str() | int():
            return escape(str(value))
        case Moment(at, show):
            return f"<t:{at.timestamp()}:{STAMPS[show]}>"
        case Day():
            return _said(value)
        case Link(url, label):
            return _link(url, label)
        case Mention(user, name):
            return f"<@{user}>" if user.isdecimal() else escape(name)
        case Text():
            return markdown(value)
        case _:
            assert_never(value)


def _said(value: Value) -> str:
    """A value where only characters can stand; moments are said in UTC there."""
    match value:
        case str() | int():
            return _UNSEEN.sub("", str(value))
        case Moment(at, show):
            local = at.to_tz("UTC")
            day, hour = day_in_words(local.date()), f"{local.hour}:{local.minute:02} UTC"
            return {"day": day, "time": hour, "both": f"{day}, {hour}"}[show]
        case Day(on):
            return day_in_words(on)
        case Link(_, label):
            return label
        case Mention(_, name):
            return name
        case Text():
            return plain(value)
        case _:
            assert_never(value)


def day_in_words(on: Date) -> str:
    """ "Monday 23 November"."""
    return f"{WEEKDAYS[on.day_of_week().value - 1]} {on.day} {MONTHS[on.month - 1]}"


def _link(url: str, label: str) -> str:
    """A masked link; what is not worth opening stays words."""
    if not url.lower().startswith(CLICKABLE):
        return escape(label)
    safe = quote(url, safe=":/?#@!$&'*+,;=%~-._")
    if url.lower().startswith("mailto:"):
        return escape(f"{label} {url[7:]}" if url[7:] not in label else label)
    return f"[{escape(label).replace('@', '@' + NOTHING)}](<{safe}>)"
