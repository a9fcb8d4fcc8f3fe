"""A text as Slack shows it: literal rich-text elements, escaped mrkdwn, or plain characters.

Rich text is used wherever Slack takes it, because there a value can be neither markup nor a
mention; mrkdwn (small print, notifications) has no escape for ``*`` or ``_``, so a word joiner is
put before such characters of a value.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, assert_never

from whenever import Date

from bot.reply import Day, Link, Mention, Moment, Text, Value, pieces

Json = dict[str, Any]
CLICKABLE = ("http://", "https://", "mailto:")
_MARKS = re.compile(r"([*_`])")
_STYLES = {"*": "bold", "_": "italic", "`": "code"}
_TOUCHY = re.compile(r"([*_~`:])")
_WORD_JOINER = "\u2060"
_ISOLATE, _RELEASE = "\u2068", "\u2069"
_DATE_FORMATS = {
    "time": "{time}",
    "day": "{date_long_pretty}",
    "both": "{date_long_pretty}, {time}",
}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters, a moment or a link in one style; ``ours`` when from a template."""

    value: str | Moment | Link | Mention
    styles: frozenset[str] = frozenset()
    ours: bool = False


def runs(text: Text, styles: frozenset[str] = frozenset()) -> list[Run]:
    """The text as styled runs; a mark without a partner stays a character."""
    found = [*_chunks(text, styles)]
    done: list[Run] = []
    at = 0
    while at < len(found):
        run = found[at]
        closing = _partner(found, at) if _is_mark(run) else None
        if closing is None:
            done.append(run)
            at += 1
            continue
        style = _STYLES[str(run.value)]
        inside = found[at + 1 : closing]
        found[at : closing + 1] = [_styled(each, style) for each in inside]
    return done


def _styled(run: Run, style: str) -> Run:
    return replace(run, styles=run.styles | {style}, ours=run.ours and style != "code")


def _is_mark(run: Run) -> bool:
    return run.ours and isinstance(run.value, str) and run.value in _STYLES


def _partner(found: list[Run], at: int) -> int | None:
    """Where the pair of this mark is, if it begins a word and the other ends one."""
    if at and _edge(found[at - 1], -1).isalnum():
        return None
    if at + 1 >= len(found) or _edge(found[at + 1], 0).isspace():
        return None
    for later in range(at + 2, len(found)):
        same = _is_mark(found[later]) and found[later].value == found[at].value
        if same and not _edge(found[later - 1], -1).isspace():
            return later
    return None


def _edge(run: Run, where: int) -> str:
    """The character at one end; a value counts as a word of its own."""
    if not run.ours:
        return "x"
    return str(run.value)[where]


def _chunks(text: Text, styles: frozenset[str]) -> Iterator[Run]:
    for literal, value in pieces(text):
        yield from (Run(part, styles, ours=True) for part in _MARKS.split(literal) if part)
        if value is not None:
            yield from _value(value, styles)


def _value(value: Value, styles: frozenset[str]) -> Iterator[Run]:
    match value:
        case str() | int():
            yield Run(isolated(str(value)), styles)
        case Moment():
            yield Run(value, styles)
        case Day(on):
            yield Run(day_words(on), styles)
        case Link():
            if value.url.lower().startswith(CLICKABLE):
                yield Run(value, styles)
            else:
                yield Run(isolated(value.label), styles)
        case Mention(user, name):
            yield Run(value if user.isalnum() else isolated(name), styles)
        case Text():
            yield from runs(value, styles)
        case _:
            assert_never(value)


def whole(value: str) -> str:
    """Typed words with half characters (lone surrogates, which JSON can carry) replaced."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def isolated(value: str) -> str:
    """Right-to-left words kept from turning the sentence around them."""
    if any(unicodedata.bidirectional(each) in {"R", "AL", "RLO", "RLE"} for each in value):
        return f"{_ISOLATE}{value}{_RELEASE}"
    return value


def day_words(on: Date) -> str:
    """ "Monday 23 November 2026"."""
    return f"{on.to_stdlib():%A} {on.day} {on.to_stdlib():%B %Y}"


def moment_words(moment: Moment, zone: str) -> str:
    """A moment in words, for where Slack does not show it in the reader's own zone."""
    local = moment.at.to_tz(zone or "UTC")
    hour = f"{local.hour}:{local.minute:02}"
    day = day_words(local.date())
    words = {"time": hour, "day": day, "both": f"{day}, {hour}"}[moment.show]
    return words if zone or moment.show == "day" else f"{words} UTC"


# rich text


def rich_elements(text: Text, styles: frozenset[str] = frozenset()) -> list[Json]:
    """The elements of one rich_text_section."""
    return [*_joined(_rich(run) for run in runs(text, styles))]


def _rich(run: Run) -> Json:
    style = {"style": dict.fromkeys(sorted(run.styles), True)} if run.styles else {}
    match run.value:
        case str(words):
            return {"type": "text", "text": words, **style}
        case Moment() as moment:
            form, fallback = _DATE_FORMATS[moment.show], moment_words(moment, "")
            stamp = moment.at.timestamp()
            shown = {"timestamp": stamp, "format": form, "fallback": fallback}
            return {"type": "date", **shown, **style}
        case Link(url, label):
            return {"type": "link", "url": url, "text": label or url, **style}
        case Mention(user):
            return {"type": "user", "user_id": user, **style}
        case _:
            assert_never(run.value)


def _joined(elements: Iterable[Json]) -> Iterator[Json]:
    """Neighbouring texts of one style become one; empty ones go."""
    kept: Json | None = None
    for element in elements:
        if element["type"] == "text" and not element["text"]:
            continue
        same = kept and kept["type"] == element["type"] == "text"
        if kept and same and kept.get("style") == element.get("style"):
            kept = {**kept, "text": kept["text"] + element["text"]}
            continue
        if kept:
            yield kept
        kept = element
    if kept:
        yield kept


# mrkdwn and plain


def escaped(words: str) -> str:
    """The three characters that Slack reads as control sequences, as entities."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: Text) -> str:
    """The text for a mrkdwn object; values are shown as they were typed."""
    marks = {style: mark for mark, style in _STYLES.items()}
    out = []
    for run in runs(text):
        words = _mrkdwn_run(run)
        wrap = "".join(marks[style] for style in sorted(run.styles)) if words.strip() else ""
        out.append(f"{wrap}{words}{wrap[::-1]}")
    return "".join(out)


def _mrkdwn_run(run: Run) -> str:
    match run.value:
        case str(words):
            safe = escaped(words)
            return safe if run.ours else _TOUCHY.sub(rf"{_WORD_JOINER}\1", safe)
        case Moment() as moment:
            fallback = escaped(moment_words(moment, ""))
            return f"<!date^{moment.at.timestamp()}^{_DATE_FORMATS[moment.show]}|{fallback}>"
        case Link(url, label):
            address = url.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C")
            return f"<{escaped(address)}|{escaped(label or url).replace('|', '¦')}>"
        case Mention(user):
            return f"<@{user}>"
        case _:
            assert_never(run.value)


def plain(text: Text, zone: str = "") -> str:
    """The text without any markup, for labels and titles."""
    out = []
    for run in runs(text):
        match run.value:
            case str(words):
                out.append(words)
            case Moment() as moment:
                out.append(moment_words(moment, zone))
            case Link(url, label):
                out.append(label or url)
            case Mention(_, name):
                out.append(name)
            case _:
                assert_never(run.value)
    return "".join(out)


def shortened(words: str, longest: int, otherwise: str = "…") -> str:
    """At most this many characters, with a mark where something was left out."""
    words = " ".join(words.split()) or otherwise
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
