"""Every error code of Discord's has one class."""

import csv
from pathlib import Path

import pytest

from adapters.discord import errors
from adapters.discord.errors import TROUBLES, trouble_of
from bot.ports import Trouble

SHARED = Path(__file__).parents[4] / "shared/data/discord/json_error_codes.csv"


def test_each_code_stands_in_one_class() -> None:
    """A code in two classes would be decided by chance."""
    every = [code for codes in errors._CODES.values() for code in codes.split()]
    assert len(every) == len(set(every)) == len(TROUBLES)


@pytest.mark.skipif(not SHARED.exists(), reason="no ../shared/data beside the project")
def test_every_code_of_the_page_has_a_class() -> None:
    """291 lines, of which some numbers close a gateway and an RPC connection alike."""
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = [int(row["code"]) for row in csv.DictReader(file)]
    assert len(rows) == 291
    assert set(rows) <= TROUBLES.keys()


def test_an_unknown_code_writes_nobody_off() -> None:
    """It is taken for our own mistake."""
    assert trouble_of(999_999) is Trouble.OURS
