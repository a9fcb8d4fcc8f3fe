"""The house that delivery's tests live in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.delivery.house import House, build


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A cohort on Monday morning, ten o'clock in Berlin, with nobody in it."""
    made = build(tmp_path)
    yield made
    await made.engine.stop()
    made.database.close()
