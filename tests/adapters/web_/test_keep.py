"""A restart finds the playground's rooms as they were, and the clock where it was moved to."""

from pathlib import Path

from whenever import Instant

from adapters.web.keep import Keeper
from adapters.web.transcript import Message, Transcript
from bot.reply import answer, text
from tests.adapters.web_.gallery import every_part

NOW = Instant.from_utc(2026, 3, 9, 14, 30)
LATER = NOW.add(hours=30)


def a_kept_transcript(path: Path) -> Transcript:
    transcript = Transcript()
    transcript.changed = Keeper(path).message
    return transcript


def restored(path: Path) -> tuple[Transcript, Instant | None]:
    transcript = Transcript()
    return transcript, Keeper(path).restore(transcript)


def test_messages_come_back_as_they_were_last(tmp_path: Path) -> None:
    first = a_kept_transcript(tmp_path / "kept.jsonl")
    first.add(Message(0, "dm", "ana", NOW, "<hi>", reader="ana"))
    made = first.add(Message(0, "dm", "snowball", NOW, answer(text("a")), 1, "ana"))
    first.put_instead(made.id, every_part(), 1)
    again, clock = restored(tmp_path / "kept.jsonl")
    assert again.seen_in("dm", "ana") == first.seen_in("dm", "ana")
    assert clock == NOW


def test_new_messages_after_a_restart_get_new_ids(tmp_path: Path) -> None:
    first = a_kept_transcript(tmp_path / "kept.jsonl")
    ids = {first.add(Message(0, "dm", "ana", NOW, words)).id for words in "abc"}
    again, _ = restored(tmp_path / "kept.jsonl")
    assert again.add(Message(0, "dm", "ana", NOW, "d")).id not in ids


def test_the_clock_stays_where_it_was_moved_to(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    Keeper(path).clock(LATER)
    assert restored(path)[1] == LATER


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    a_kept_transcript(path).add(Message(0, "dm", "ana", NOW, "whole"))
    path.write_text(path.read_text() + '{"id":7,"place":"dm","by":"an')
    again, _ = restored(path)
    assert [each.said for each in again.seen_in("dm", "ana")] == ["whole"]


def test_nothing_kept_is_a_first_start(tmp_path: Path) -> None:
    transcript, clock = restored(tmp_path / "kept.jsonl")
    assert (transcript.seen_in("dm", "ana"), clock) == ([], None)


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    Keeper(path).clock(NOW)
    assert path.stat().st_mode & 0o077 == 0
