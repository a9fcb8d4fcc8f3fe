"""Naughty strings go through every reader of typed words and every file reader and harm nothing."""

import json
from pathlib import Path

import pytest
from whenever import Date, Instant

from bot.domain.dates import Unclear, UnderstoodMoment, understand_day, understand_moment
from bot.domain.names import find_twins, match_names
from bot.domain.tidy import fold, tidy_line
from bot.domain.zones import parse_zone, suggest_zones
from bot.files.csv_out import write_csv
from bot.files.refused import RefusedRow
from bot.files.tables import read_table
from tests.bot.files.hostile import cases

_SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "blns.json"
_MISSING = pytest.mark.skip(reason="../shared/data/blns.json is not beside the project")
NAUGHTY = (
    json.loads(_SHARED.read_text("utf-8"))
    if _SHARED.exists()
    else [pytest.param("", marks=_MISSING)]
)
OURS = [
    "<!channel>",
    "@everyone",
    "Robert'); DROP TABLE alumni;--",
    "\u202egnp",
    "a" * 10_000,
    "\x00",
    "½",
]
NOW = Instant.from_utc(2026, 3, 4, 15)


@pytest.mark.parametrize("typed", [*OURS, *NAUGHTY])
def test_naughty_words_are_read_or_refused(typed: str) -> None:
    """No reader raises, whatever was typed."""
    line = tidy_line(typed)
    assert len(line.splitlines()) <= 1
    assert fold(typed) == fold(line)
    understand_day(typed, Date(2026, 3, 4))
    understand_moment(typed, NOW, "Europe/Berlin")
    suggest_zones(typed, NOW)
    parse_zone(typed, NOW)
    match_names(typed, ["Dana Reyes", typed])
    find_twins(typed, typed, [])


def test_naughty_cells_come_back_from_a_spreadsheet_file() -> None:
    """Written and read again, each is the same value."""
    values = [value for value in [*OURS, *NAUGHTY] if isinstance(value, str) and value.strip()]
    data = write_csv(["name", "company"], [[value, "Acme"] for value in values])
    rows = [row for row in read_table(data).rows if not isinstance(row, RefusedRow)]
    assert [row.cells for row in rows] == [[value, "Acme"] for value in values]


@pytest.mark.parametrize("typed", cases("time"))
def test_hostile_times_are_understood_or_asked_about(typed: str) -> None:
    """Nothing far away, past or without meaning becomes a moment in silence."""
    found = understand_moment(typed, NOW, "America/New_York")
    assert isinstance(found, Unclear | UnderstoodMoment)
    if isinstance(found, UnderstoodMoment):
        assert NOW < found.moment < NOW.add(hours=24 * 366)
