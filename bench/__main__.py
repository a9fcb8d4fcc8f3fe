"""python -m bench [--quick] [commands] [directory] [start]: measure, and print the table."""

# ruff: noqa: T201 - it prints a table

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from bench import commands, directory, start
from bench.apps import make_folder
from bench.machine import facts

SECTIONS = ("commands", "directory", "start")


def main() -> None:
    """Measure section by section."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less than a minute, rougher")
    parser.add_argument("sections", nargs="*", help=f"some of: {', '.join(SECTIONS)}")
    given = parser.parse_args()
    wanted = given.sections or SECTIONS
    begun = time.perf_counter()
    print(facts())
    with tempfile.TemporaryDirectory(prefix="snowball-bench-") as folder:
        for name in SECTIONS:
            if name in wanted:
                place = make_folder(Path(folder), name)
                print("\n".join(measured(name, place, quick=given.quick)), flush=True)
    print(f"\n{time.perf_counter() - begun:.0f} s")


def measured(name: str, folder: Path, *, quick: bool) -> list[str]:
    """One section's lines."""
    match name:
        case "commands":
            how_many, rounds = (100, 1) if quick else (500, 3)
            return asyncio.run(commands.measure(folder, how_many, rounds))
        case "directory":
            sizes = directory.SIZES[:1] if quick else directory.SIZES
            return directory.measure(folder, sizes, 2 if quick else 10)
        case _:
            return asyncio.run(start.measure(folder, 1 if quick else 3, each_alone=not quick))


if __name__ == "__main__":
    main()
