"""For every test: a cohort to talk to, made quickly; and for the suite, order and an honest end."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Database
from tests.front_door import House, Person, furnish_in, make_template, open_database

ORDER = ("bot", "storage", "test_", "servers", "adapters", "walks")
"""The pure core first, real clients and a browser last: what is wrong is heard soon."""
LONGEST_FIRST = (
    "chaos", "walks/test_story", "walks", "adapters/test_cli", "term", "cohort_term", "test_",
    "storage", "adapters", "servers", "bot",
)  # fmt: skip
"""Side by side, so that no process is left alone with a long file at the end."""

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def used_again(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One database for all houses, emptied for each."""
    return open_database(tmp_path_factory.mktemp("house") / "snowball.sqlite3")


@pytest.fixture
def house(template: Path, used_again: Database) -> Iterator[House]:
    """A cohort on Monday 23 November 2026, ten o'clock in Berlin, with nobody in it."""
    made = furnish_in(used_again, template)
    yield made
    made.database.close()


@pytest.fixture
def ana(house: House) -> Person:
    """A student in Berlin who has opted in."""
    return house.joined("Ana")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort by folder; within a folder the order stays."""
    side_by_side = hasattr(config, "workerinput")
    order = LONGEST_FIRST if side_by_side else ORDER
    items.sort(key=lambda item: _rank(item, order))


def _rank(item: pytest.Item, order: tuple[str, ...]) -> int:
    place = item.nodeid.removeprefix("tests/")
    return next((rank for rank, each in enumerate(order) if place.startswith(each)), len(order))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why, so that a green run claims no more than it saw."""
    reasons = Counter(
        _why(report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"Left out: {tests} of the tests, because {reason}")


def _why(said: str) -> str:
    """Each test names its file of the shared data; one line for all of them is enough."""
    reason = said.removeprefix("Skipped: ")
    return "the folder ../shared is not beside the project" if "shared" in reason else reason
