"""Replies as fragments: every part is shown whole, and nothing of anybody's becomes an element."""

import json
from pathlib import Path

import pytest
from whenever import Instant

from adapters.web.demo import CAST
from adapters.web.render import Fragments, size
from adapters.web.transcript import Message
from adapters.web.when import Reader
from bot.invocation import Call, read_id
from bot.reply import Answer, Copyable, Listing, Row, answer, text
from tests.adapters.web_.gallery import HOSTILE, every_part, monsters
from tests.adapters.web_.seen import Seen

NOW = Instant.from_utc(2026, 3, 9, 14, 30)
READER = Reader("America/Chicago", NOW)
FRAGMENTS = Fragments(CAST)
OURS = set(
    "article header div p h3 h4 span strong em code bdi time dl dt dd ol ul li button details "  # noqa: SIM905
    "summary figure blockquote a img svg path rect circle small".split()
)
SHARED = Path("../shared/data")


def a_message(said: str | Answer, place: str = "dm", by: str = "snowball") -> Message:
    return Message(7, place, by, NOW, said, cohort=3, reader="ana", asked="/alum find", change=7)


def shown(said: str | Answer, **how: str) -> Seen:
    return Seen(str(FRAGMENTS.message(a_message(said, **how), None, READER, "ana")))


def assert_harmless(seen: Seen) -> None:
    assert {each.tag for each in seen.elements} <= OURS
    for element in seen.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        address = element.attributes.get("href") or element.attributes.get("src") or "/"
        assert address.startswith(("/", "https://", "http://", "mailto:"))


def test_every_part_is_shown() -> None:
    seen = shown(every_part())
    assert_harmless(seen)
    for words in (
        "Alumni in marketing", "maketing", "Dana Whitfield", "Next talk", "Monday 9 March, 9:30",
        "Could I ask you", "Remind me later", "a Tuesday", "contacts.csv", "10 bytes", "Sent",
        "You logged a talk with Dana yesterday.",
    ):  # fmt: skip
        assert words in seen.text


@pytest.mark.parametrize("number", range(len(monsters())))
def test_monsters_are_shown_whole(number: int) -> None:
    assert_harmless(shown(monsters()[number]))


def test_four_thousand_characters_are_all_there() -> None:
    assert "x" * 4100 in shown(monsters()[1]).text


@pytest.mark.parametrize("bad", HOSTILE)
def test_words_are_shown_as_typed_wherever_they_stand(bad: str) -> None:
    row = Listing((Row(text("{bad}", bad=bad), text("{bad}", bad=bad)),))
    for said in (bad, answer(text("{bad}", bad=bad)), answer(Copyable(bad)), answer(row)):
        seen = shown(said)
        assert bad in seen.text
        assert_harmless(seen)


def test_the_command_that_a_private_answer_belongs_to_is_shown_as_typed() -> None:
    message = Message(7, "channel", "snowball", NOW, "x", reader="ana", asked=HOSTILE[0])
    seen = Seen(str(FRAGMENTS.message(message, None, READER, "ana")))
    assert HOSTILE[0] in seen.text
    assert_harmless(seen)


def test_each_button_says_its_call_its_cohort_and_what_it_replaces() -> None:
    ids = [
        e.attributes["data-press"]
        for e in shown(every_part()).all("button")
        if e.attributes.get("data-press")
    ]
    assert len(set(ids)) == len(ids)
    presses = [read_id(each) for each in ids]
    assert all(each.cohort == 3 for each in presses)
    sent = next(each for each in presses if each.call.command == "thanks sent")
    assert (sent.call, sent.replaces) == (Call("thanks sent", {"talk": "3"}), True)


def test_every_button_and_picture_has_a_name() -> None:
    seen = shown(every_part())
    assert all(each.text.strip() for each in seen.all("button"))
    pictures = [each for each in seen.all("img") if each.attributes["src"].startswith("/file/")]
    assert [each.attributes["alt"] for each in pictures] == ["A dot that stands for Ana’s network"]


def test_a_private_answer_in_the_channel_says_that_it_is_private() -> None:
    assert "Only you can see this" in shown("hi", place="channel").text
    assert "Only you can see this" not in shown("hi").text


def test_the_day_stands_above_its_first_message_only() -> None:
    first = a_message("one")
    later = Message(8, "dm", "snowball", NOW.add(seconds=60), "two", reader="ana")
    tomorrow = Message(9, "dm", "snowball", NOW.add(hours=24), "three", reader="ana")
    assert "Monday 9 March" in Seen(str(FRAGMENTS.message(first, None, READER, "ana"))).text
    assert "March" not in Seen(str(FRAGMENTS.message(later, first, READER, "ana"))).text
    assert "Tuesday 10 March" in Seen(str(FRAGMENTS.message(tomorrow, later, READER, "ana"))).text


def test_sizes_are_in_words() -> None:
    assert [size(10), size(20_480), size(3_200_000)] == ["10 bytes", "20 KB", "3.1 MB"]


def shared_strings(name: str) -> list[str]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    found = json.loads(path.read_text(encoding="utf-8"))
    strings = [bad["sample"] if isinstance(bad, dict) else bad for bad in found]
    return [bad for bad in strings if isinstance(bad, str)]


def without_gaps(words: str) -> str:
    return "".join(words.replace("\0", "").split())


@pytest.mark.parametrize("name", ["blns.json", "hostile.json"])
def test_strings_that_broke_others_are_shown_as_typed(name: str) -> None:
    for bad in shared_strings(name):
        seen = shown(answer(text("{bad}", bad=bad), Copyable(bad)))
        assert_harmless(seen)
        assert without_gaps(bad) in without_gaps(seen.text)
