"""``make chaos``: every experiment, or those named, and their table.

``python -m tests.chaos [--short] [--list] [NAME …]``; ends with 1 when something did not hold.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.chaos.experiments import experiment, names, run_all
from tests.chaos.table import as_markdown


def main(words: Sequence[str] | None = None) -> int:
    """Run, print each line when it is there, and the table at the end."""
    known = names()
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    parser.add_argument(
        "--short", action="store_true", help="some seconds each, as make test has it"
    )
    parser.add_argument("--list", action="store_true", help="only the names")
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if asked.list:
        print("\n".join(known))
        return 0
    seen = run_all(asked.names or known, experiment, long=not asked.short)
    print("\n" + as_markdown(seen))
    return 0 if all(each.holds for _, each in seen) else 1


if __name__ == "__main__":
    sys.exit(main())
