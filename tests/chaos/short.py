"""Which short forms run together in ``make test``: a file each, so that two cores share them."""

from collections.abc import Callable

from tests.chaos.experiments import experiment

DELIVERY = ("kills", "nth_fault", "punctual", "throughput")
PROCESSES = ("gateway", "processes", "orphans")
EVENTS = ("wires", "load", "inbox", "overload", "soak", "times")
COUNTS = "counts"
"""The name under which a test's report carries what was seen."""


def holds(name: str, record: Callable[[str, object], None]) -> None:
    """No line of its table is a no, and there is one."""
    shown = list(experiment(name)(False))
    for each in shown:
        record(COUNTS, str(each))
    assert shown
    assert [each for each in shown if not each.holds] == []
