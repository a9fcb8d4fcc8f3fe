"""The term as a page: dates as headings, who says what, and what was seen before said shortly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.plaintext import plain, words_of
from bot.reply import Answer, Attachment, Buttons, Copyable, Form, Menu, Note, Part
from tests.front_door import BERLIN
from tests.term.student import Said, Shown, Student
from tests.term.tally import table, week_number

HEAD = """# A term with Snowball

Ana studies English in Berlin. These are her twelve weeks: every message that she got, and what
she did with it. She mostly presses what is offered. Messages that came without being asked for
have their hour beside the name. In brackets stand buttons.

All people are invented. Drafts, forms, menus to put a reminder off and the line on how to stop are
shown whole the first time, and shortly after that. This page is made by `make docs` and held to the
code by a test.
"""


@dataclass
class Page:
    """What was shown already, so that it need not be shown again."""

    seen: set[str] = field(default_factory=set)

    def first_time(self, what: str) -> bool:
        """Whether this was not shown before; from now on it was."""
        new = what not in self.seen
        self.seen.add(what)
        return new

    def turn(self, said: Said, *, asked: bool) -> Iterator[str]:
        """One turn as a paragraph or more."""
        if said.who == "world":
            yield f"*{said.words}*"
        elif said.shown is None:
            yield f"**Ana:** {_escaped(said.words)}"
        else:
            clock = "" if asked else said.at.to_tz(BERLIN).to_stdlib().strftime(" (%H:%M)")
            yield f"**Snowball{clock}:**"
            yield "\n".join(_quoted(list(self._lines(said.shown))))

    def _lines(self, shown: Shown) -> Iterator[str]:
        reply = shown.reply
        if isinstance(reply, Form):
            whole = self.first_time(f"form {reply.command}")
            yield from _form(reply) if whole else [f"{reply.title} …"]
            return
        for part in reply.parts:
            yield from self._part(part, shown)

    def _part(self, part: Part, shown: Shown) -> Iterator[str]:
        words = plain(Answer((part,)), BERLIN)
        match part:
            case Copyable(text):
                kind = " ".join(text.split("\n\n")[-1].split()[:2])
                if self.first_time(f"copy {shown.labels[:1]} {kind}"):
                    yield from ("", *(f"    {line}".rstrip() for line in text.splitlines()), "")
                else:
                    yield f"    {_gist(text)}"
            case Menu(label):
                named = words_of(label, BERLIN).rstrip("…")
                yield words if self.first_time(f"menu {named}") else f"[{named} …]"
            case Note():
                if "·" in words:
                    yield "· · ·"
                elif self.first_time(words):
                    yield words
            case Buttons() | Attachment():
                yield words
            case _:
                yield from words.splitlines()


def _form(form: Form) -> Iterator[str]:
    """Its questions, named as people name things."""
    for line in plain(form, BERLIN).splitlines():
        name, colon, rest = line.partition(":")
        yield f"{name.replace('_', ' ')}{colon}{rest}"


def _gist(text: str) -> str:
    """The first line with something in it, and that there is more."""
    lines = [line for line in text.splitlines() if line.strip()]
    return f"{lines[0]} {lines[1] if len(lines) > 1 else ''}".strip()[:70] + " …"


def _escaped(words: str) -> str:
    return re.sub(r"([*_<>`])", r"\\\1", words)


def _quoted(lines: list[str]) -> Iterator[str]:
    """A quotation; text to copy keeps its lines, all others end where they end."""
    for line in lines:
        if not line.strip():
            yield ">"
        elif line.startswith("    "):
            yield f"> {line}"
        else:
            yield f"> {_escaped(line.strip())}  "


def page(term: Student) -> str:
    """The whole page."""
    made, day, week = Page(), None, 0
    lines = [HEAD]
    before: Said | None = None
    for said in term.said:
        today = said.at.to_tz(BERLIN).date()
        now_week = week_number(term, today)
        while week < now_week:
            week += 1
            lines.append(f"## Week {week}\n")
            if week < now_week:
                lines.append("*Nothing came.*\n")
        if today != day:
            day = today
            lines.append(f"### {today.to_stdlib():%A %-d %B}\n")
        asked = before is not None and before.who == "Ana"
        lines += [f"{each}\n" for each in made.turn(said, asked=asked)]
        before = said
    return "\n".join([*lines, "## The term in numbers\n", *table(term), ""])
