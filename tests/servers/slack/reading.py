"""How blocks and mrkdwn look to a person: plain text in their own zone, buttons as ``[Label]``.

Also finds what somebody can press or fill in, and what would ping people.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Block = dict[str, Any]

ANGLED = re.compile(r"<([^<>\n]+)>")
BROADCASTS = {"!channel", "!here", "!everyone"}


def pings(text: str) -> list[str]:
    """Whom a mrkdwn text would call: broadcasts, people, groups."""
    found = [match.group(1).split("|")[0] for match in ANGLED.finditer(text)]
    return [f for f in found if f in BROADCASTS or f.startswith(("@", "!subteam"))]


def read_mrkdwn(text: str, tz: str = "UTC") -> str:
    """A mrkdwn text as it is shown, markup characters of bold and the like left in place."""

    def shown(match: re.Match[str]) -> str:
        inside, _, label = match.group(1).partition("|")
        if inside.startswith("!date^"):
            return _date(inside, label, tz)
        if inside in BROADCASTS:
            return f"@{inside[1:]}"
        return label or inside

    return html.unescape(ANGLED.sub(shown, text))


def _date(token: str, fallback: str, tz: str) -> str:
    _, stamp, form = token.split("^")[:3]
    when = datetime.fromtimestamp(int(stamp), UTC).astimezone(ZoneInfo(tz))
    forms = {
        "date_num": "%Y-%m-%d",
        "date_short_pretty": "%b %-d, %Y",
        "date_short": "%b %-d, %Y",
        "date_long_pretty": "%A, %B %-d, %Y",
        "date_long_full": "%A, %B %-d, %Y",
        "date_long": "%A, %B %-d, %Y",
        "date_pretty": "%B %-d, %Y",
        "date": "%B %-d, %Y",
        "time_secs": "%H:%M:%S",
        "time": "%H:%M",
    }
    known = re.sub(
        r"\{(\w+)\}",
        lambda m: when.strftime(forms[m.group(1)]) if m.group(1) in forms else "",
        form,
    )
    return known or fallback


def _text(thing: Any, tz: str) -> str:
    if not isinstance(thing, dict):
        return ""
    words = thing.get("text", "")
    return read_mrkdwn(words, tz) if thing.get("type") == "mrkdwn" else words


def read_element(element: Block, tz: str = "UTC") -> str:
    """One element as words: ``[Label]`` for a button, ``<placeholder>`` for a menu."""
    kind = element.get("type", "")
    if kind == "button":
        return f"[{_text(element['text'], tz)}]"
    if kind == "image":
        return f"(picture: {element.get('alt_text', '')})"
    if kind in {"plain_text", "mrkdwn"}:
        return _text(element, tz)
    if kind in {"radio_buttons", "checkboxes", "overflow"}:
        return " ".join(f"<{_text(option['text'], tz)}>" for option in element["options"])
    return f"<{_text(element.get('placeholder'), tz) or kind}>"


def _rich(thing: Any, tz: str) -> str:
    """Rich text is literal: only its own dates, links and mentions are more than characters."""
    if isinstance(thing, list):
        return "".join(_rich(part, tz) for part in thing)
    match thing.get("type"):
        case "text" | "raw_text":
            return thing["text"]
        case "date":
            token = f"!date^{thing['timestamp']}^{thing['format']}"
            return _date(token, thing.get("fallback", ""), tz)
        case "link":
            return thing.get("text") or thing["url"]
        case "user":
            return f"@{thing['user_id']}"
        case "rich_text_list":
            return "".join(f"• {_rich(part, tz)}\n" for part in thing["elements"])
        case _:
            return _rich(thing.get("elements", []), tz)


def _lines(block: Block, tz: str) -> Iterator[str]:
    match block["type"]:
        case "section" | "header":
            words = [_text(block.get("text"), tz)]
            words += [_text(field, tz) for field in block.get("fields", [])]
            yield "\n".join(filter(None, words))
            if "accessory" in block:
                yield read_element(block["accessory"], tz)
        case "context" | "actions":
            yield " ".join(read_element(e, tz) for e in block["elements"])
        case "image":
            yield f"(picture: {block['alt_text']})"
        case "input":
            yield f"{_text(block['label'], tz)}: {read_element(block['element'], tz)}"
            if "hint" in block:
                yield _text(block["hint"], tz)
        case "markdown":
            yield block["text"]
        case "table":
            yield from (" | ".join(_rich(c, tz) for c in row) for row in block["rows"])
        case _:
            yield _rich(block, tz)


def read_blocks(blocks: list[Block], tz: str = "UTC") -> str:
    """All blocks as plain text, a line each or more."""
    return "\n".join(line for block in blocks for line in _lines(block, tz) if line)


def block_pings(blocks: list[Block]) -> list[str]:
    """Whom the mrkdwn in these blocks would call."""
    return [ping for words in _mrkdwn_texts(blocks) for ping in pings(words)] + [*_mentions(blocks)]


def _mentions(thing: Any) -> Iterator[str]:
    """Mentions as rich-text elements."""
    if isinstance(thing, list):
        for part in thing:
            yield from _mentions(part)
    elif isinstance(thing, dict):
        if thing.get("type") in {"user", "usergroup", "broadcast"}:
            yield str(thing.get("range") or thing.get("user_id") or thing["type"])
        for part in thing.values():
            yield from _mentions(part)


def _mrkdwn_texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, list):
        for part in thing:
            yield from _mrkdwn_texts(part)
    elif isinstance(thing, dict):
        if thing.get("type") in {"mrkdwn", "markdown"} and isinstance(thing.get("text"), str):
            yield thing["text"]
        for part in thing.values():
            yield from _mrkdwn_texts(part)


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press or pick, with the words beside it."""

    label: str
    beside: str
    block: Block
    element: Block

    @property
    def kind(self) -> str:
        """The element's type."""
        return self.element["type"]


def controls(blocks: list[Block], tz: str = "UTC") -> Iterator[Control]:
    """Every interactive element that is not an input, in order, with the nearest words."""
    beside = ""
    for block in blocks:
        held = [*block.get("elements", [])] if block["type"] == "actions" else []
        if block["type"] == "section":
            beside = read_blocks([{**block, "accessory": {"type": "plain_text", "text": ""}}], tz)
            held = [block["accessory"]] if "accessory" in block else []
        elif block["type"] in {"header", "context", "rich_text"}:
            beside = read_blocks([block], tz)
        for element in held:
            if element.get("type") != "image":
                yield Control(_label(element, tz), beside, block, element)


def _label(element: Block, tz: str) -> str:
    return _text(element.get("text") or element.get("placeholder"), tz)


def inputs(blocks: list[Block], tz: str = "UTC") -> list[Control]:
    """Every input of a view, labelled."""
    return [
        Control(_text(block["label"], tz), _text(block.get("hint"), tz), block, block["element"])
        for block in blocks
        if block["type"] == "input"
    ]


def options_of(element: Block) -> list[Block]:
    """The options that an element itself lists."""
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return [*element.get("options", []), *grouped]
