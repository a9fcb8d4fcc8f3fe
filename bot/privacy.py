"""The privacy sheet: what is stored, who sees it, until when, where (FEATURES H5).

Its sentences are a data file; what is encrypted comes from the stored values themselves, and a test
holds the two together.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bot.domain.asks import Ask
from bot.domain.care import Concern, PeerReview, Touch
from bot.domain.codes import Code
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.drafts import Draft, Seen
from bot.domain.events import Event, Going, Win
from bot.domain.introductions import Introduction, WhoKnows
from bot.domain.marks import Mark, Ref
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed
from bot.domain.pairings import Pairing, Partnership
from bot.domain.people import Alum, Contact, Volunteer
from bot.domain.talks import CheckIn, Promise, QuestionUse, Talk

KINDS: Mapping[str, type[Any]] = {
    "cohorts": Cohort, "workspaces": Workspace, "members": Member, "accounts": Account,
    "alumni": Alum, "volunteers": Volunteer, "contacts": Contact, "asks": Ask, "talks": Talk,
    "promises": Promise, "question_uses": QuestionUse, "meetings": Meeting, "touches": Touch,
    "concerns": Concern, "peer_reviews": PeerReview, "who_knows": WhoKnows,
    "introductions": Introduction, "pairings": Pairing, "partnerships": Partnership,
    "events": Event, "going": Going, "wins": Win, "codes": Code, "check_ins": CheckIn,
    "owed": Owed, "drafts": Draft, "seen": Seen,
}  # fmt: skip
"""The stored values by the name of their table."""
NUMBERS = frozenset({"cohort_id", "id"})
KEPT = {
    None: "as it is",
    Mark.SECRET: "encrypted",
    Mark.MATCHED: "encrypted, with a keyed hash to find equal ones",
}


@dataclass(frozen=True, slots=True)
class Held:
    """Some columns of a table, and what they are for."""

    what: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of the sheet."""

    name: str
    title: str
    sees: str
    until: str
    holds: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole of it."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[Kept, ...]


@lru_cache(maxsize=1)
def sheet() -> Sheet:
    """The sheet, as its data file has it."""
    read = tomllib.loads(files("bot.content").joinpath("privacy.toml").read_text(encoding="utf-8"))
    sections = tuple((each["title"], tuple(each["words"])) for each in read["section"])
    return Sheet(sections, tuple(_table(name, each) for name, each in read["table"].items()))


def _table(name: str, of: Mapping[str, Any]) -> Kept:
    holds = tuple(Held(what, tuple(columns)) for what, columns in of["holds"].items())
    return Kept(name, of["title"], of["sees"], of["until"], holds)


def marks_of(kind: type[Any]) -> dict[str, Mark | None]:
    """How each field of a stored value is kept; numbers and references left out."""
    found: dict[str, Mark | None] = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
        if name in NUMBERS or any(isinstance(each, Ref) for each in extras):
            continue
        found[name] = next((each for each in extras if isinstance(each, Mark)), None)
    return found


def how_kept(held: Held, of: Kept) -> str:
    """Encrypted or not, and which of them where they differ."""
    marks = marks_of(KINDS[of.name])
    ways = {marks[name] for name in held.columns}
    if len(ways) == 1:
        return KEPT[ways.pop()]
    return "encrypted: " + ", ".join(name for name in held.columns if marks[name] is not None)


def markdown() -> str:
    """The sheet as a page of the docs."""
    return "\n".join(_markdown()).rstrip() + "\n"


def _markdown() -> Iterator[str]:
    yield "# Privacy sheet\n"
    yield "For the school. This page is made from the code’s own tables by `make docs`.\n"
    for title, words in sheet().sections:
        yield f"## {title}\n"
        yield from (f"{each}\n" for each in words)
    yield "## What is stored\n"
    for each in sheet().tables:
        yield f"### {each.title}\n"
        yield f"Who sees it: {each.sees}.  \nKept: {each.until}.\n"
        yield from (f"- {held.what} ({how_kept(held, each)})" for held in each.holds)
        yield ""


STYLE = (
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem}h3{margin-bottom:0}ul{margin-top:.3rem}@media print{body{font-size:11px}}"
    "</style>"
)


def page(for_whom: str, style: str = STYLE) -> str:
    """The sheet as one page that any browser opens and prints."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Privacy sheet</title>'
        f"{style}<main><h1>Privacy sheet</h1><p>{escape(for_whom)}</p>{''.join(_html())}</main>"
        "</html>"
    )


def _html() -> Iterator[str]:
    for title, words in sheet().sections:
        yield f"<h2>{escape(title)}</h2>"
        yield from (f"<p>{_code(escape(each))}</p>" for each in words)
    yield "<h2>What is stored</h2>"
    for each in sheet().tables:
        yield f"<h3>{escape(each.title)}</h3>"
        yield f"<p>Who sees it: {escape(each.sees)}. Kept: {escape(each.until)}.</p><ul>"
        for held in each.holds:
            yield f"<li>{escape(held.what)} ({escape(how_kept(held, each))})</li>"
        yield "</ul>"


def _code(words: str) -> str:
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", words)
