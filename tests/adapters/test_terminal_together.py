"""At the terminal: what is said to several, or to the channel, is printed with whom it is for."""

from pathlib import Path

import pytest

from adapters.terminal import SURFACE, Terminal
from bot.domain.cohort import Account, Workspace
from bot.ports import Sent
from bot.reply import answer, text
from bot.settings import Settings
from tests.adapters.posts import FAIR, REGISTRY
from tests.adapters.slack.house import database, house
from tests.builders import NOW

PLUMS = answer(text("Ana, Ben: talk about plums"))


@pytest.mark.parametrize("as_json", [False, True])
async def test_several_are_named_above_what_is_said_to_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """As plain text; as data without the line above."""
    with database(tmp_path) as stores:
        terminal = Terminal(house(stores, Settings(_env_file=None), REGISTRY), "", as_json)
        accounts = [
            Account(
                cohort_id=1, member_id=1, workspace_id=1, surface=SURFACE, external_id=name,
                name=name, last_used=NOW,
            )
            for name in ("Ana", "Ben")
        ]  # fmt: skip
        place = Workspace(cohort_id=1, surface=SURFACE, external_id=SURFACE)
        assert await terminal.together(place, accounts, PLUMS, "sb1") == Sent("sb1")
    printed = capsys.readouterr().out
    assert "talk about plums" in printed
    assert ("--- message to Ana, Ben together ---" in printed) is not as_json


async def test_an_occasion_is_printed_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Name, when, where, what about."""
    with database(tmp_path) as stores:
        terminal = Terminal(house(stores, Settings(_env_file=None), REGISTRY), "", as_json=False)
        place = Workspace(cohort_id=1, surface=SURFACE, external_id=SURFACE)
        await terminal.to_channel(place, answer(FAIR), "sb1")
    printed = capsys.readouterr().out
    assert all(each in printed for each in (FAIR.name, "Where: Room 12", FAIR.about))
