"""How much memory the process keeps from the system though nobody uses it.

glibc gives each new thread an arena of its own, up to eight a core, and what is free in one is of
no use to another: with a dozen threads, a quarter of the heap lies idle. Two are enough, since
Python's own lock lets few threads allocate at once.
"""

import contextlib
import ctypes
import os

SETTING = "MALLOC_ARENA_MAX"
"""glibc's own environment variable: whoever sets it knows better."""
M_ARENA_MAX = -8
"""Its number in glibc's malloc.h."""
ARENAS = 2


def few_arenas() -> bool:
    """Let the threads share two arenas, before there are threads; whether this did it.

    Another allocator or system has no such thing, and needs none."""
    if os.environ.get(SETTING):
        return False
    with contextlib.suppress(AttributeError, OSError, TypeError):
        return bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS))
    return False
