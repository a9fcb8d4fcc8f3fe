"""The pure renderer: everything is taken by Discord, nothing is lost, words are shown as typed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.modal import modal
from adapters.discord.paging import DiscordSurface, messages
from adapters.discord.render import Sheet, walk
from adapters.discord.wording import escape, markdown, plain
from bot.invocation import call, read_id
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Fact,
    Facts,
    Form,
    Listing,
    Menu,
    Note,
    Option,
    Paragraph,
    Row,
    Text,
    Title,
    text,
)
from tests.gallery import (
    EVIL,
    GALLERY,
    GIVEN,
    MONSTERS,
    WIDGETS,
    answer_of,
    field,
    form,
    words,
)
from tests.servers.discord import schemas
from tests.servers.discord.check_components import check_modal
from tests.servers.discord.check_messages import check_message
from tests.servers.discord.errors import spot

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
EVERYTHING = {**{name: (part,) for name, part in GALLERY.items()}, **MONSTERS}


def taken(sheets: list[Sheet], *, by_schema: bool = True) -> list[dict[str, Any]]:
    """The bodies, each held against the stand-in's rules and the published schemas."""
    bodies = [sheet.body() for sheet in sheets]
    for sheet, body in zip(sheets, bodies, strict=True):
        top = spot()
        check_message(top, body, {file.name for file in sheet.files})
        assert top.problems == []
        if by_schema and not schemas.ABSENT:
            assert list(schemas.closed("PostMessage").iter_errors(body)) == []
    return bodies


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_part_and_every_monster_is_taken(name: str) -> None:
    """Within every limit, with ids that are unique and lead back to their calls."""
    sheets = messages(answer_of(*EVERYTHING[name]), 7)
    for body in taken(sheets):
        for each in walk(body["components"]):
            if "custom_id" in each and each["type"] == 2:
                assert read_id(each["custom_id"]).cohort == 7


def count(answer: Answer) -> int:
    """How many calls there are in an answer."""
    total = 0
    for part in answer.parts:
        match part:
            case Buttons(buttons):
                total += len(buttons)
            case Listing(rows):
                total += sum(len(row.buttons) for row in rows)
            case Menu(options=options):
                total += len(options)
            case _:
                pass
    return total


@pytest.mark.parametrize("name", EVERYTHING)
def test_nothing_is_lost_in_pages(name: str) -> None:
    """Every button and option is there; what does not fit at once is in the rest, in order."""
    whole = answer_of(*EVERYTHING[name])
    bodies = [sheet.body() for sheet in messages(whole, 1)]
    found = [each for body in bodies for each in walk(body["components"])]
    calls = sum(1 for each in found if each["type"] == 2) + sum(
        len(each.get("options", ())) for each in found
    )
    assert calls == count(whole)
    head, rest = DiscordSurface().split(whole)
    assert count(head) + count(Answer(rest)) == count(whole)
    if rest:
        again, more = DiscordSurface().split(Answer(rest))
        assert again.parts
        assert len(more) < len(rest)


def test_a_long_text_keeps_every_word() -> None:
    """4,100 characters over two messages are the same words."""
    long = " ".join(f"word{number}" for number in range(900))
    sheets = messages(Answer((Paragraph(words(long)),)), 1)
    said = " ".join(each["content"] for sheet in sheets for each in sheet.components)
    assert said.split() == long.split()


def test_a_value_is_never_markup() -> None:
    """Stars, links, mentions and quotes in a value are characters."""
    said = markdown(text("*Hello* {n}", n=EVIL))
    assert said.startswith(r"**Hello** \*\_\~\`\|\> @")
    assert "@everyone" not in said
    assert not re.search(r"(?<!\\)[<\[\]*_`|~>]", said.removeprefix("**Hello**"))
    assert "\u202e" not in said


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("# heading", r"\# heading"),
        ("-# small", r"\-# small"),
        ("- a\n1. b\n2) c", "\\- a\n1\\. b\n2\\) c"),
        ("plain-words 3.5 (a+b) it's", "plain-words 3.5 (a+b) it's"),
        ("https://evil.example", r"https\://evil.example"),
        ("{user.mention}{0.__class__}", r"{user.mention}{0.\_\_class\_\_}"),
        ("@here", "@\u200bhere"),
        ("\u05d3\u05e0\u05d4", "\u2068\u05d3\u05e0\u05d4\u2069"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_escaping(typed: str, safe: str) -> None:
    """What would start a heading, a list, a link or a mention does not; plain words stay plain."""
    assert escape(typed) == safe


def test_a_links_label_cannot_break_out() -> None:
    """The `](` trap: label and address are both escaped; other schemes are not clickable."""
    assert messages(answer_of(GALLERY["link"]), 1)[0].components[0]["content"] == (
        r"See [their \[page\](x)](<https://example.org/a%28b%29>)"
    )
    assert messages(answer_of(GALLERY["bad link"]), 1)[0].components[0]["content"] == "See this"


def test_marks_of_ours_that_stand_alone_stay_characters() -> None:
    """Only pairs at the edges of words are markup; in code, values lose their backticks."""
    assert markdown(text("2 * 3 and a_b and `/x {n}`", n="a`b")) == r"2 \* 3 and a\_b and `/x aˋb`"
    assert plain(text("*a* `b` c_d")) == "a b c_d"


def test_words_to_copy_are_exact() -> None:
    """Plain words stay as they are; with markup in them they stand in a code block."""
    assert messages(answer_of(GALLERY["copyable"]), 1)[0].components[0]["content"] == (
        "Dear Dana,\n\nthank you."
    )


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("given", GIVEN)
def test_every_widget_is_taken_with_anything_in_it(widget: str, given: str) -> None:
    """Five fields with a note, with and without errors, within every limit of a modal."""
    error = words("That did not fit because " + "e" * 200)
    for fields in (
        [field(widget, given, number=n) for n in range(5)],
        [field(widget, given, error)],
    ):
        accepted(form(*fields, steps=3))


def accepted(of: Form, *, by_schema: bool = True) -> None:
    """Discord takes the modal."""
    made = modal(of, 7)
    top = spot()
    check_modal(top, made)
    assert top.problems == []
    assert read_id(made["custom_id"]).call.arguments == {"draft": "dRaFt"}
    if by_schema and not schemas.ABSENT:
        body = {"type": 9, "data": made}
        assert list(schemas.closed("InteractionCallback").iter_errors(body)) == []


def hostile() -> list[str]:
    """Our hostile samples and the naughty strings, as far as they are texts."""
    if not SHARED.is_dir():
        return []
    ours = [each["sample"] for each in json.loads((SHARED / "hostile.json").read_text())]
    texts = [each for each in ours if isinstance(each, str)]
    return texts + json.loads((SHARED / "blns.json").read_text())


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_hostile_words_are_taken_everywhere() -> None:
    """Each sample as title, line, fact, button, option and form value: taken, unformatted."""
    for number, typed in enumerate(hostile()):
        slowly = number % 10 == 0  # the schemas judge shapes, which words do not change
        said = words(typed)
        sheets = messages(_everywhere(said), 1)
        bodies = taken(sheets, by_schema=slowly)
        for body in bodies:
            for each in walk(body["components"]):
                content = each.get("content", "")
                assert "@everyone" not in content
                assert not re.search(r"(?<!\\)<[@#:!/]", content.replace("<t:", ""))
        accepted(form(field("line", typed), field("long", typed, number=1)), by_schema=slowly)


def _everywhere(said: Text) -> Answer:
    press = Button(said, call("echo", words="x"))
    return Answer(
        (
            Title(said),
            Paragraph(text("Hello {n}, and {m}", n=said, m=said)),
            Note(said),
            Facts((Fact(said, said),)),
            Listing((Row(said, said, (press,)),)),
            Menu(said, (Option(said, call("echo", words="y"), said),)),
            Buttons((press,)),
        )
    )
