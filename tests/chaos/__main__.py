"""``make chaos``: every experiment, or those named, and their table.

``python -m tests.chaos [--short] [--list] [NAME …]``; ends with 1 when something did not hold.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.chaos.table import Shown, as_markdown

Run = Callable[[bool], Sequence[Shown]]


def experiments() -> dict[str, Run]:
    """By name: the modules of this folder that have something to run."""
    found: dict[str, Run] = {}
    for each in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if each.name.startswith(("test_", "__")):
            continue
        module = importlib.import_module(f"tests.chaos.{each.name}")
        run = getattr(module, "run", None)
        if run is not None:
            found[each.name] = run
    return found


def main() -> int:
    """Run, print each line when it is there, and the table at the end."""
    known = experiments()
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    parser.add_argument(
        "--short", action="store_true", help="some seconds each, as make test has it"
    )
    parser.add_argument("--list", action="store_true", help="only the names")
    asked = parser.parse_args()
    if unknown := set(asked.names) - known.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if asked.list:
        print("\n".join(known))
        return 0
    lines: list[Shown] = []
    for name in asked.names or known:
        begun = time.monotonic()
        shown = known[name](not asked.short)
        for each in shown:
            print(
                f"{'ok  ' if each.holds else 'FAIL'} {each.experiment}: {each.counts}", flush=True
            )
        print(f"     ({name}: {time.monotonic() - begun:.0f} s)", flush=True)
        lines += shown
    print("\n" + as_markdown(lines))
    return 0 if all(each.holds for each in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
