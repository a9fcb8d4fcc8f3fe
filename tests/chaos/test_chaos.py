"""The experiments of ``make chaos`` in their short form: each line of their tables must hold."""

import pytest

from tests.chaos.__main__ import experiments

EXPERIMENTS = experiments()
QUIET = frozenset({"gateway", "load", "nth_fault", "punctual", "throughput", "wires"})
"""What measures seconds, or waits for real ones, says more of a busy machine than of the code: by
``make chaos``, on a quiet one."""


@pytest.mark.parametrize("name", [name for name in EXPERIMENTS if name not in QUIET])
def test_what_must_be_shown_is_seen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No line of its table is a no, and there is one."""
    shown = EXPERIMENTS[name](False)
    with capsys.disabled():
        for each in shown:
            print(f"\n{'ok  ' if each.holds else 'FAIL'} {each.experiment}: {each.counts}", end="")
    assert shown
    assert [each for each in shown if not each.holds] == []
