"""A reply that is kept in a row comes back the same, every part of it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant

from bot.invocation import Call
from bot.plaintext import plain
from bot.reply import (
    Answer,
    Attachment,
    Button,
    Buttons,
    Copyable,
    Day,
    Fact,
    Facts,
    Link,
    Listing,
    Menu,
    Moment,
    Note,
    Option,
    Paragraph,
    PersonRef,
    Picture,
    Row,
    Text,
    Title,
    from_json,
    joined,
    text,
    to_json,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
INSTANTS = st.integers(0, 4 * 10**9).map(Instant.from_timestamp)
DATES = st.dates().map(Date)
MOMENTS = st.builds(Moment, INSTANTS, st.sampled_from(("time", "day", "both")))
LEAVES = st.one_of(
    WORDS,
    st.integers(-(10**6), 10**6),
    MOMENTS,
    st.builds(Day, DATES),
    st.builds(Link, WORDS, WORDS),
)
LEAF_TEXTS = st.builds(lambda value: text("so {v} it *is*", v=value), LEAVES)
TEXTS = st.one_of(LEAF_TEXTS, st.lists(LEAF_TEXTS, min_size=1, max_size=3).map(joined))
CALLS = st.builds(Call, st.just("contact show"), st.dictionaries(st.just("person"), WORDS))
BUTTONS = st.builds(
    Button, TEXTS, CALLS, st.booleans(), st.sampled_from(("plain", "main", "danger"))
)
PEOPLE = st.none() | st.builds(PersonRef, st.integers(1, 99), WORDS, WORDS)
ROWS = st.builds(Row, TEXTS, st.none() | TEXTS, st.lists(BUTTONS, max_size=2).map(tuple), PEOPLE)
OPTIONS = st.builds(Option, TEXTS, CALLS, st.none() | TEXTS)
FACTS = st.lists(st.builds(Fact, TEXTS, TEXTS), max_size=3).map(tuple)
BYTES = st.binary(max_size=40)
PARTS = st.one_of(
    st.builds(Title, TEXTS),
    st.builds(Paragraph, TEXTS),
    st.builds(Note, TEXTS),
    st.builds(Facts, FACTS),
    st.builds(Listing, st.lists(ROWS, max_size=3).map(tuple)),
    st.builds(Buttons, st.lists(BUTTONS, max_size=3).map(tuple)),
    st.builds(Menu, TEXTS, st.lists(OPTIONS, max_size=3).map(tuple), st.booleans()),
    st.builds(Copyable, WORDS),
    st.builds(Picture, BYTES, TEXTS, WORDS),
    st.builds(Attachment, WORDS, BYTES, WORDS),
)
ANSWERS = st.lists(PARTS, max_size=5).map(lambda parts: Answer(tuple(parts)))


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_every_part_survives_being_kept(answer: Answer) -> None:
    """What is kept until a message is settled is what was said."""
    assert from_json(to_json(answer)) == answer


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_every_part_has_plain_text(answer: Answer) -> None:
    """Every part can be said in plain text, and typed words stand in it as they are."""
    said = plain(answer, "America/New_York")
    copied = [part.words for part in answer.parts if isinstance(part, Copyable)]
    for each in copied:
        assert all(line.strip() in said for line in each.splitlines())


def test_a_value_is_never_markup() -> None:
    """Braces and stars that somebody typed are shown as typed."""
    said = text("Hello {name}", name="*{x}* _y_ `z`")
    assert plain(Answer((Paragraph(said),))) == "Hello *{x}* _y_ `z`"


def test_markup_of_ours_is_left_out_of_plain_text() -> None:
    """Plain text has no stars of ours."""
    assert plain(Answer((Paragraph(Text("*Bold* and _it_ and `code`")),))) == "Bold and it and code"
