"""Every error code of Slack's has one class."""

import json
from pathlib import Path

import pytest

from adapters.slack import errors
from adapters.slack.errors import TROUBLES, trouble_of
from bot.ports import Trouble

SHARED = Path(__file__).parents[4] / "shared/data/slack/error-codes"


def test_each_code_stands_in_one_class() -> None:
    """A code in two classes would be decided by chance."""
    every = [code for codes in errors._CODES.values() for code in codes.split()]
    assert len(every) == len(set(every)) == len(TROUBLES)


@pytest.mark.skipif(not SHARED.exists(), reason="no ../shared/data beside the project")
def test_every_code_of_the_reference_pages_has_a_class() -> None:
    """The pages of twenty methods name 155 of them."""
    named: set[str] = set()
    for page in SHARED.glob("*.json"):
        named |= set(json.loads(page.read_text(encoding="utf-8")).get("errors", {}))
    assert len(named) == 155
    assert named <= TROUBLES.keys()


def test_an_unknown_code_writes_nobody_off() -> None:
    """It is taken for our own mistake."""
    assert trouble_of("brand_new_error") is Trouble.OURS
