"""The counts of the short forms are told at the end of a run, also of one on several cores."""

import pytest

from tests.chaos.short import COUNTS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line each, as ``make chaos`` prints it."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
    ]
    for report in reports:
        for name, line in report.user_properties:
            if name == COUNTS:
                terminalreporter.write_line(line)
