"""A small class lives for an hour at sixty times the clock: does the process grow?

Members type commands all the time, reminders go out to both platforms, some answers are lost. The
stand-ins are a process of their own, so that what grows is Snowball. CHAOS_MINUTES sets the length.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chaos.table import Shown

MINUTES = float(os.environ.get("CHAOS_MINUTES", "60"))
SHORT = 5.0
"""Seconds: whether all is measured."""
FACTOR = 60.0
WARM = 0.2
"""The part of the time after which it counts: caches are full then."""
GROWTH = 0.05
MUST = "memory +< 5 % after warm-up, files and threads flat"
MUST_BRIEFLY = "commands and messages, none failed; all is measured"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process has at a moment."""

    at: float
    kilobytes: int
    files: int
    threads: int


def run(long: bool) -> Sequence[Shown]:
    """An hour, or a look whether it runs."""
    seconds = MINUTES * 60 if long else SHORT
    with tempfile.TemporaryDirectory() as folder:
        told = _town(seconds, folder)
    samples = [Sample(**each) for each in told["samples"]]
    first, last = _halves(samples)
    memory = last.kilobytes / first.kilobytes - 1
    world = (
        f"{seconds / 60:.1f} min at ×{FACTOR:g}: {told['commands']} commands "
        f"({told['failed']} failed), {told['sent']} messages on the platforms, "
        f"{told['database'] / 1e6:.0f} MB of database"
    )
    counts = (
        f"{world}; memory {first.kilobytes / 1024:.0f} → {last.kilobytes / 1024:.0f} MB "
        f"({memory:+.1%}), files {first.files} → {last.files}, threads {first.threads} → "
        f"{last.threads}"
    )
    flat = last.files <= first.files + 2 and last.threads <= first.threads + 1
    lived = told["commands"] > 0 and told["sent"] > 0 and told["failed"] == 0
    if not long:  # in so few seconds nothing is warm: it grows beside other tests
        return [Shown("soak", MUST_BRIEFLY, counts, lived)]
    return [Shown("soak", MUST, counts, flat and lived and memory < GROWTH)]


def _halves(samples: list[Sample]) -> tuple[Sample, Sample]:
    """Before and after: the median of a tenth of the time, when warm and at the end."""
    end = samples[-1].at
    warm = [each for each in samples if WARM * end <= each.at <= (WARM + 0.1) * end]
    late = [each for each in samples if each.at >= 0.9 * end]
    return _median(warm or samples[:1]), _median(late)


def _median(samples: list[Sample]) -> Sample:
    def middle(name: str) -> Any:
        return sorted(getattr(each, name) for each in samples)[len(samples) // 2]

    return Sample(middle("at"), middle("kilobytes"), middle("files"), middle("threads"))


def _town(seconds: float, folder: str) -> dict[str, Any]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.soak_town", folder, str(seconds), str(FACTOR)],
        stdout=subprocess.PIPE,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        told, _ = process.communicate(timeout=seconds + 90)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return json.loads(told)
