"""Texts as HTML: our markup works, nobody else's does, and times are the reader's own."""

import pytest
from whenever import Date, Instant

from adapters.web import wording
from adapters.web.when import Reader
from bot.reply import Day, Link, Moment, Text, text
from tests.adapters.web_.gallery import HOSTILE
from tests.adapters.web_.seen import Seen

MONDAY = Instant.from_utc(2026, 3, 9, 14, 30)
CHICAGO = Reader("America/Chicago", MONDAY)
TOKYO = Reader("Asia/Tokyo", MONDAY)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("*bold* and _soft_", "<strong>bold</strong> and <em>soft</em>"),
        ("`/alum find`", "<code>/alum find</code>"),
        ("3 * 4 * 5 stays", "3 * 4 * 5 stays"),
        ("snake_case_word stays", "snake_case_word stays"),
        ("*unfinished", "*unfinished"),
        ("`a_b_c` *x*", "<code>a_b_c</code> <strong>x</strong>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_markup_of_ours_becomes_elements(template: str, expected: str) -> None:
    assert str(wording.html(Text(template), CHICAGO)) == expected


def test_markup_may_go_around_a_value() -> None:
    said = wording.html(text("*{name}* is _{state}_", name="Dana", state="met"), CHICAGO)
    assert str(said) == "<strong><bdi>Dana</bdi></strong> is <em><bdi>met</bdi></em>"


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_value_is_shown_as_typed_and_makes_no_element(bad: str) -> None:
    seen = Seen(str(wording.html(text("*{bad}*", bad=bad), CHICAGO)))
    assert seen.text == bad
    assert [each.tag for each in seen.elements] == ["strong", "bdi"]


def test_a_text_within_a_text_keeps_its_own_markup() -> None:
    inner = text("_{name}_", name="*x*")
    said = wording.html(text("*{inner}*", inner=inner), CHICAGO)
    assert str(said) == "<strong><em><bdi>*x*</bdi></em></strong>"


def test_a_moment_is_in_the_readers_zone() -> None:
    when = text("{when}", when=Moment(MONDAY))
    assert Seen(str(wording.html(when, CHICAGO))).text == "Monday 9 March, 9:30"
    assert Seen(str(wording.html(when, TOKYO))).text == "Monday 9 March, 23:30"


def test_a_moment_shows_as_much_as_it_asks_for() -> None:
    assert CHICAGO.moment(Moment(MONDAY, "time")) == "9:30"
    assert CHICAGO.moment(Moment(MONDAY, "day")) == "Monday 9 March"


def test_a_day_is_the_same_everywhere_and_names_another_year() -> None:
    day = text("{on}", on=Day(Date(2026, 12, 31)))
    assert Seen(str(wording.html(day, TOKYO))).text == "Thursday 31 December"
    assert CHICAGO.day(Date(2027, 1, 1)) == "Friday 1 January 2027"


@pytest.mark.parametrize("url", ["https://example.org/?a=1&b=2", "mailto:dana@example.org"])
def test_a_link_is_clickable_and_tells_nobody_where_one_came_from(url: str) -> None:
    (link,) = Seen(str(wording.html(text("{at}", at=Link(url, "here")), CHICAGO))).all("a")
    assert link.attributes["href"] == url
    assert link.attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://x", "//x", ""]
)
def test_what_is_no_web_address_is_only_words(url: str) -> None:
    seen = Seen(str(wording.html(text("{at}", at=Link(url, "here")), CHICAGO)))
    assert seen.all("a") == []
    assert seen.text == "here"


def test_plain_words_are_left_when_no_markup_can_be_shown() -> None:
    assert wording.plain(text("*{name}* & <co>", name="<b>Dana</b>"), CHICAGO) == (
        "<b>Dana</b> & <co>"
    )
