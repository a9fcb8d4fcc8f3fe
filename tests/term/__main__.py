"""Writes docs/a-term.md: ``python -m tests.term``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.front_door import make_template
from tests.term.page import page
from tests.term.story import lived

PAGE = Path(__file__).parents[2] / "docs" / "a-term.md"


def main() -> None:
    """Live the term once more and write it down."""
    with TemporaryDirectory() as folder:
        term = lived(make_template(Path(folder)), Path(folder))
        PAGE.write_text(page(term), encoding="utf-8")
        term.house.database.close()


if __name__ == "__main__":
    main()
