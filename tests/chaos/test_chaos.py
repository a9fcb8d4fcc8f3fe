"""Every experiment of ``make chaos`` in its short form: each line of its table must hold."""

import pytest

from tests.chaos.__main__ import experiments

EXPERIMENTS = experiments()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_must_be_shown_is_seen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No line of its table is a no, and there is one."""
    shown = EXPERIMENTS[name](False)
    with capsys.disabled():
        for each in shown:
            print(f"\n{'ok  ' if each.holds else 'FAIL'} {each.experiment}: {each.counts}", end="")
    assert shown
    assert [each for each in shown if not each.holds] == []
