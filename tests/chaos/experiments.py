"""The experiments of this folder by name, run one after the other: one that breaks ends no other.

Each is imported when it is its turn, so that nobody pays for those that were not asked for. Only
the soak's hour goes beside others, which do not judge how quick anything is.
"""

import importlib
import multiprocessing
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

from tests.chaos.table import Shown

Run = Callable[[bool], Iterable[Shown]]
SOAK, UNTIMED = "soak", ("inbox", "kills", "nth_fault", "times")
"""In the long form: what mostly waits, and what it goes beside, in a process of its own."""
HAS_RUN = re.compile(r"^def run\(long: bool\)", re.MULTILINE)


def names() -> list[str]:
    """The modules of this folder that have something to run."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [each.stem for each in files if HAS_RUN.search(each.read_text(encoding="utf-8"))]


def experiment(name: str) -> Run:
    """What the module of this name runs."""
    return importlib.import_module(f"tests.chaos.{name}").run


def run_all(
    asked: Iterable[str],
    found: Callable[[str], Run],
    *,
    long: bool,
    now: Callable[[], datetime] = datetime.now,
) -> list[tuple[str, Shown]]:
    """Each of them, printed when it begins, with its lines and when it is over."""
    order = list(asked)
    beside = [name for name in order if name in UNTIMED] if long and SOAK in order else []
    seen: list[tuple[str, Shown]] = []
    if beside:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
            soaking = apart.submit(_run, SOAK, found, now, long=long)
            for name in beside:
                seen += _run(name, found, now, long=long)
            seen += _ended(soaking)
    for name in order:
        if not beside or name not in (*beside, SOAK):
            seen += _run(name, found, now, long=long)
    return sorted(seen, key=lambda line: order.index(line[0]))


def _ended(soaking: Future[list[tuple[str, Shown]]]) -> list[tuple[str, Shown]]:
    """Its lines; that its process died is one too."""
    try:
        return soaking.result()
    except BrokenProcessPool as error:
        return [(SOAK, Shown("the experiment itself", "an end", _said(error), holds=False))]


def _run(
    name: str, found: Callable[[str], Run], now: Callable[[], datetime], *, long: bool
) -> list[tuple[str, Shown]]:
    begun = time.monotonic()
    print(f"{now():%d %B %H:%M:%S}  {name}", flush=True)
    seen: list[tuple[str, Shown]] = []
    for each in _lines(name, found, long):
        print(each, flush=True)
        seen.append((name, each))
    print(f"     ({name}: {time.monotonic() - begun:.0f} s)", flush=True)
    return seen


def _lines(name: str, found: Callable[[str], Run], long: bool) -> Iterator[Shown]:
    """What it shows, as it comes; that it broke, or showed nothing, is a line too."""
    shown = 0
    try:
        for each in found(name)(long):
            shown += 1
            yield each
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        yield Shown("the experiment itself", "an end", _said(error), holds=False)
    else:
        if not shown:
            yield Shown("the experiment itself", "a line", "nothing was shown", holds=False)


def _said(error: Exception) -> str:
    why = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {why}" if why else type(error).__name__
