"""A mistake in the settings is told in words, and stops the start."""

from pathlib import Path

import pytest

from adapters.cli import main
from adapters.configuration import ConfigurationError, read_settings


def test_a_setting_of_the_wrong_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is said as the operator wrote it."""
    monkeypatch.setenv("PORT", "eight")
    with pytest.raises(ConfigurationError, match=r"^PORT: .*integer"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "eight", "PORT"),
        ("SLACK_BOT_TOKEN", "xoxb-1", "SLACK_APP_TOKEN"),
        ("DATABASE_URL", "no-address", "DATABASE_URL"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "DATABASE_URL"),
        ("SNOWBALL_SECRET_KEYS", "short", "SNOWBALL_SECRET_KEYS"),
    ],
)
def test_the_shell_says_what_to_mend(
    name: str,
    value: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """No traceback: a sentence on standard error, and status 2."""
    monkeypatch.setenv("SNOWBALL_DATA", str(tmp_path))
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["snowball", "run"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err
