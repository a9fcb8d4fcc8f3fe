"""Every part and every monster becomes blocks that Slack takes, and values stay what was typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from whenever import Date, Instant

from adapters.slack.back import Back
from adapters.slack.modal import answer_view, form_view, home_view
from adapters.slack.render import Drawn, Pen
from adapters.slack.surface import SlackSurface
from adapters.slack.words import mrkdwn, plain, rich_elements, whole
from bot.invocation import call
from bot.reply import (
    Answer,
    Attachment,
    Button,
    Buttons,
    Choice,
    Choose,
    Copyable,
    Day,
    Fact,
    Facts,
    Form,
    FormField,
    Line,
    Link,
    Listing,
    LongLine,
    Menu,
    Moment,
    Note,
    Option,
    Paragraph,
    Part,
    PickFile,
    PickMember,
    Picture,
    Row,
    Title,
    answer,
    text,
)
from tests.servers.slack import published, shapes
from tests.servers.slack.reading import block_pings, pings, read_blocks, read_mrkdwn

DATA = Path(__file__).parents[3].parent / "shared" / "data"
NOON = Moment(Instant.from_utc(2026, 11, 23, 12))
NAMES = {
    "plain": "Dana",
    "empty": "",
    "spaces": "   ",
    "huge": "x" * 4100,
    "ten thousand": "word " * 2000,
    "ampersands": "&<>" * 1000,
    "broadcast": "<!channel> <!everyone> @here <@U1> <#C1|x> <!subteam^S1>",
    "markup": "*b* _i_ ~s~ `c` ```f``` > q :tada: [x](https://evil.example)",
    "link": "<https://evil.example|safe> <mailto:a@b.example|reset>",
    "date": "<!date^0^{date}^https://evil.example|soon>",
    "rtl": "שלום עולם مرحبا \u202eevil",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "lines": "Yes\nNo\r\n\tMaybe",
    "entities": "AT&amp;T &lt;ok&gt;",
    "braces": "{name} {0} {} %s",
}


def button(words: str) -> Button:
    """A button whose label is somebody's words."""
    return Button(text("{n}", n=words), call("contact show", person=words[:9]), style="main")


def gallery(words: str) -> list[Part]:
    """One of every part, filled with the same words."""
    said = text("{n} said _{n}_ on {d} at {m}: {l}", n=words, d=Day(Date(2026, 11, 23)), m=NOON,
                l=Link("https://example.org/?a=1&b=2", words))  # fmt: skip
    option = Option(text("{n}", n=words), call("contact show", person="1"), detail=said)
    return [
        Title(text("{n}", n=words)),
        Title(text("Due {m}", m=NOON)),
        Paragraph(said),
        Note(text("Why: {n}, `/settings stop` ends it.", n=words)),
        Facts((Fact(text("Name"), said), Fact(text("{n}", n=words), text("{n}", n=words)))),
        Listing((Row(said, said, (button(words), button(words))), Row(text("bare")))),
        Buttons((button(words), button("x"))),
        Menu(text("{n}", n=words), (option, option)),
        Copyable(words),
        Picture(b"\x89PNG", text("{n}", n=words)),
        Attachment(words or "a.csv", b"a", "text/csv"),
    ]


MONSTERS: list[Part] = [
    Facts(tuple(Fact(text("F{n}", n=n), text("{n}", n="v" * 400)) for n in range(30))),
    Listing(tuple(Row(text("R{n}", n=n), None, (button(str(n)),)) for n in range(60))),
    Buttons(tuple(button(str(n)) for n in range(30))),
    Menu(
        text("Many"),
        tuple(Option(text("O{n}", n=n), call("echo", words=n)) for n in range(230)),
    ),
    Buttons(()),
    Facts(()),
    Listing(()),
    Menu(text("None"), ()),
    Paragraph(text("")),
    Title(text("")),
    Note(text("")),
]


def pages(whole: Answer) -> list[Drawn]:
    """The answer as the messages that the core would page it into."""
    found = []
    rest: tuple[Part, ...] = whole.parts
    while rest:
        head, rest = SlackSurface().split(Answer(rest))
        found.append(Pen(7, "Europe/Berlin").draw(head))
        assert len(found) < 100
    return found


def judged(drawn: Drawn) -> None:
    """Our tables, the published schemas and the SDK take it; it pings nobody."""
    assert [*map(str, shapes.blocks(drawn.blocks, "/blocks", 50))] == []
    assert len(drawn.text) <= 40_000
    assert (block_pings(drawn.blocks), pings(drawn.text)) == ([], [])
    ids = [e["action_id"] for b in drawn.blocks for e in b.get("elements", []) if "action_id" in e]
    assert len(set(ids)) == len(ids)
    for block in drawn.blocks:
        parsed = SdkBlock.parse(block)
        assert parsed is not None
        parsed.to_dict()
    if published.DATA.is_dir():
        assert [*published.block_errors(drawn.blocks, "types-Blocks.limits.schema.json")] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at", range(11))
def test_every_part_is_taken_whatever_it_holds(name: str, at: int) -> None:
    """Eleven parts, fifteen kinds of words."""
    for drawn in pages(answer(gallery(NAMES[name])[at])):
        judged(drawn)


@pytest.mark.parametrize("at", range(len(MONSTERS)))
def test_monsters_are_paged_and_nothing_is_lost(at: int) -> None:
    """What does not fit into one message comes in the next."""
    whole = answer(text("Before"), MONSTERS[at], text("After"))
    found = pages(whole)
    for drawn in found:
        judged(drawn)
    shown = "\n".join(read_blocks(drawn.blocks) for drawn in found)
    assert shown.startswith("Before")
    assert shown.endswith("After")
    match MONSTERS[at]:
        case Listing(rows):
            assert all(f"[{n}]" in shown for n in range(len(rows)))
        case Facts(rows):
            assert all(f"F{n}: v" in shown for n in range(len(rows)))
        case Buttons(buttons):
            assert shown.count("[") == len(buttons)
        case _:
            pass


@pytest.mark.parametrize("name", [n for n, words in NAMES.items() if len(words) < 3000])
def test_a_value_is_shown_exactly_as_it_was_typed(name: str) -> None:
    """In rich text by construction, in mrkdwn but for a joiner that is not seen."""
    words = NAMES[name]
    said = text("A *bold* {n} end", n=words)
    shown = read_blocks([*Pen(1).blocks(Paragraph(said))])
    assert shown.replace("\u2068", "").replace("\u2069", "") == f"A bold {words} end"
    note = read_mrkdwn(mrkdwn(said))
    for unseen in "\u2060\u2068\u2069":
        note = note.replace(unseen, "")
    assert note == f"A *bold* {words} end"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_at_all_becomes_markup(words: str) -> None:
    """Whatever somebody types is one literal run of characters."""
    said = text("{n}", n=words)
    elements = rich_elements(said)
    assert [e["type"] for e in elements] in ([], ["text"])
    assert all("style" not in e for e in elements)
    assert pings(mrkdwn(said)) == []
    assert plain(said).strip("\u2068\u2069") == words.strip("\u2068\u2069")


@pytest.mark.skipif(not DATA.is_dir(), reason="the hostile texts (../shared/data) are not here")
def test_the_naughty_strings_are_taken_everywhere() -> None:
    """515 strings and the hostile samples, in every part at once."""
    naughty = [s for s in json.loads((DATA / "blns.json").read_text()) if isinstance(s, str)]
    hostile = json.loads((DATA / "hostile.json").read_text())
    samples = [s["sample"] for s in hostile if isinstance(s["sample"], str)]
    for words in map(whole, [*naughty, *samples]):
        for drawn in pages(answer(*gallery(words))):
            assert [*map(str, shapes.blocks(drawn.blocks, "/blocks", 50))] == []
            assert (block_pings(drawn.blocks), pings(drawn.text)) == ([], [])


def test_a_moment_is_shown_in_the_readers_own_zone() -> None:
    """Slack's own date token, in rich text and in small print."""
    parts = [Paragraph(text("At {m}", m=NOON)), Note(text("At {m}", m=NOON))]
    blocks = [block for part in parts for block in Pen(1).blocks(part)]
    wanted = "At Monday, November 23, 2026, 21:00"
    assert read_blocks(blocks, "Asia/Tokyo").splitlines() == [wanted, wanted]


def a_form(words: str) -> Form:
    """A form of every widget, with errors."""
    widgets: list[Any] = [
        Line(),
        Line(suggests=True),
        Line(max_length=12),
        LongLine(),
        Choose((Choice("a", "First"), Choice("b", words or "Second"))),
        Choose(tuple(Choice(str(n), f"{words}{n}") for n in range(150))),
        PickMember(),
        PickFile(),
    ]
    fields = tuple(
        FormField(
            f"f{n}", f"Field {n}", words, widget, n == 0, words, words, text("No {w}", w=words)
        )
        for n, widget in enumerate(widgets)
    )
    return Form("talk log", "key", f"Log {words}", fields, note=text("Only you see {w}", w=words))


@pytest.mark.parametrize("name", NAMES)
def test_forms_and_home_tabs_are_taken(name: str) -> None:
    """Modals of every widget, answers in modals, and the home tab."""
    words = NAMES[name]
    origin = Back("T1", "U1", "C1", "https://hooks.slack.com/x" + "y" * 90).origin(
        3, "talk log", "k"
    )
    form = form_view(a_form(words), origin, "UTC")
    drawn = Pen(3).draw(SlackSurface().split(answer(*gallery(words)))[0])
    for view in (form, answer_view(drawn, origin), home_view(drawn)):
        kind = view["type"]
        assert [*map(str, shapes.view(view, "/view", kind))] == []
        if published.DATA.is_dir():
            assert published.errors("views.open", {"view": view}) == []


def test_what_can_be_done_with_words_to_copy_stands_below_them() -> None:
    """What it is about, the words alone, then the buttons: three messages, in this order."""
    sent = Buttons((Button(text("Sent"), call("thanks sent", talk=1)),))
    drawn = Pen(1).draw(answer(text("Yours:"), Copyable("Dear Dana"), sent, Note(text("Bye."))))
    words, below = drawn.apart
    assert words == Copyable("Dear Dana")
    assert isinstance(below, Drawn)
    assert [each["type"] for each in drawn.blocks] == ["rich_text"]
    assert [each["type"] for each in below.blocks] == ["actions", "context"]


def test_words_to_copy_are_read_by_all_who_a_message_is_for() -> None:
    """Several people cannot be sent something apart: one message says it all, in order."""
    sent = Buttons((Button(text("Sent"), call("thanks sent", talk=1)),))
    drawn = Pen(1).post(answer(text("Yours:"), Copyable("Dear <!channel>"), sent))
    assert drawn.apart == ()
    assert [each["type"] for each in drawn.blocks] == ["rich_text", "rich_text", "actions"]
    assert "Dear &lt;!channel&gt;" in drawn.text


def test_a_menu_stands_beside_the_buttons_before_it() -> None:
    """One row on a phone: the next steps, then the rest; a list keeps the buttons of its rows."""
    sent = Button(text("Sent"), call("thanks sent", talk=1))
    more = Menu(text("More…"), (Option(text("Edit"), call("contact edit", person=1)),))
    drawn = Pen(1).draw(answer(Buttons((sent,)), more, more))
    assert [len(each["elements"]) for each in drawn.blocks] == [3]
    listed = Pen(1).draw(answer(Listing((Row(text("Dana"), None, (sent,)),)), more))
    assert [len(each["elements"]) for each in listed.blocks if each["type"] == "actions"] == [1, 1]
