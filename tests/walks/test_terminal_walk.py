"""A student's whole path at a prompt: from the first word to Monday's check-in."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.shell import Shell


def press(said: dict[str, Any], label: str) -> str:
    """The line that presses a button of a reply."""
    for part in said["reply"]["parts"]:
        rows = part.get("rows", [])
        buttons = [*part.get("buttons", []), *(b for row in rows for b in row.get("buttons", []))]
        for each in buttons:
            template, values = each["label"]["template"], each["label"]["values"]
            if template.format(**values) == label:
                called = each["call"]
                query = urlencode(called["arguments"], quote_via=quote)
                return f"> {called['command'].replace(' ', '.')}?{query}"
    raise AssertionError(f"no button {label!r} in {said['text']}")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A prompt, and a cohort with one alum."""
    made = Shell(tmp_path)
    (tmp_path / "alumni.csv").write_text("name,title\nPriya Rao,Brand Manager\n")
    assert made.runs("import", "alumni", str(tmp_path / "alumni.csv"), "--yes").status == 0
    return made


def test_from_the_first_word_to_mondays_check_in(shell: Shell) -> None:
    """Opt in, find with a typing mistake, add, ask, log, thank the next morning, check in."""
    tuesday = "2026-11-24T10:00Z"
    (hello,) = shell.says("hi", now=tuesday)
    joined = shell.says(press(hello, "Opt in"), "/settings zone Berlin", now=tuesday)
    assert any("this is where I’ll write" in each["text"] for each in joined)

    (found,) = shell.says("/alum find maketing", now=tuesday)
    assert [each["name"] for each in found["people"]] == ["Priya Rao"]
    (kept,) = shell.says(press(found, "Add"), now=tuesday)
    assert kept["text"].startswith("Priya Rao is on your list.")

    question, logged = shell.says(
        "/question person: Priya",
        "/interview log Priya tip: Read the annual reports names: Lee Chen",
        now=tuesday,
    )
    assert "for Priya Rao." in question["text"]
    assert "Lee Chen joined your list, suggested by Priya Rao." in logged["text"]

    nudge, *_ = shell.says("/checkin", now="2026-11-25T08:01Z")
    assert nudge["text"].startswith("Yesterday Priya Rao told you: “Read the annual reports")
    (done,) = shell.says(press(nudge, "Sent"), now="2026-11-25T08:05Z")
    assert done["text"].startswith("Done: Priya Rao is thanked.")

    asked, *_ = shell.says("/contact list", now="2026-11-30T08:01Z")
    assert "weekly check-in" in asked["text"]
    (first,) = shell.says(press(asked, "1"), now="2026-11-30T08:02Z")
    (second,) = shell.says(press(first, "1"), now="2026-11-30T08:02Z")
    (third,) = shell.says(press(second, "🙂 good"), now="2026-11-30T08:02Z")
    assert "1 asked, 1 talked, 🙂 good" in third["text"]
