"""Threads share glibc's arenas, so that what one frees another can use."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.memory import ARENAS, SETTING

THREADS = 6
TAKE = f"""
import ctypes, threading
from adapters.memory import few_arenas
print(few_arenas())
libc, all_there = ctypes.CDLL(None), threading.Barrier({THREADS})
libc.malloc.restype = ctypes.c_void_p
def take():
    all_there.wait(10), libc.malloc(1000), all_there.wait(10)
threads = [threading.Thread(target=take) for _ in range({THREADS})]
[each.start() for each in threads], [each.join() for each in threads]
libc.malloc_stats()
"""
on_glibc = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="arenas are glibc's; another allocator has none"
)


def taken(**environment: str) -> tuple[str, int]:
    """What few_arenas() said, and how many arenas several threads at once have then made."""
    done = subprocess.run(
        [sys.executable, "-c", TAKE],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={name: each for name, each in os.environ.items() if name != SETTING} | environment,
        timeout=60,
    )
    return done.stdout.strip(), done.stderr.count("Arena ")


@on_glibc
def test_threads_share_few_arenas() -> None:
    """However many threads there are."""
    assert taken() == ("True", ARENAS)


@on_glibc
def test_the_operator_knows_better() -> None:
    """Who sets glibc's own variable has as many as it says."""
    assert taken(**{SETTING: "4"}) == ("False", 4)
