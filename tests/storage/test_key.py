"""The key of encryption: made once, whoever starts first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storage.cipher import KEY_FILE, keys_from


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    """Else each would write what the others cannot read; and only we can read the file."""
    data = tmp_path / "data"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: keys_from(data, ""), range(32)))
    assert len({tuple(each) for each in made}) == 1
    assert [each.name for each in data.iterdir()] == [KEY_FILE]
    assert (data / KEY_FILE).stat().st_mode & 0o077 == 0
