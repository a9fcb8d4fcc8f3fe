"""What every test may ask for: a cohort to talk to, made quickly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.front_door import House, Person, furnish, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def house(template: Path, tmp_path: Path) -> Iterator[House]:
    """A cohort on Monday 23 November 2026, ten o'clock in Berlin, with nobody in it."""
    made = furnish(template, tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def ana(house: House) -> Person:
    """A student in Berlin who has opted in."""
    return house.joined("Ana")
