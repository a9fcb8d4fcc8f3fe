"""For the whole suite: quick tests first, and one line for each reason that left tests out."""

from collections import Counter

import pytest

ORDER = ("bot", "storage", "test_", "servers", "adapters", "walks")
"""The pure core first, real clients and a browser last: what is wrong is heard soon."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder; within a folder the order stays."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    place = item.nodeid.removeprefix("tests/")
    return next((rank for rank, each in enumerate(ORDER) if place.startswith(each)), len(ORDER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why, so that a green run claims no more than it saw."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"Left out: {tests} tests ({reason})")
