"""Writes docs/a-cohort.md: ``python -m tests.cohort_term``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cohort_term.page import page
from tests.cohort_term.story import lived
from tests.front_door import make_template

PAGE = Path(__file__).parents[2] / "docs" / "a-cohort.md"


def main() -> None:
    """Live the term once more and write it down."""
    with TemporaryDirectory() as folder:
        made = lived(make_template(Path(folder)), Path(folder))
        PAGE.write_text(page(made), encoding="utf-8")
        made.term.close()


if __name__ == "__main__":
    main()
