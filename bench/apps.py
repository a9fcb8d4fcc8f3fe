"""An app under test in a process of its own: started, watched from outside, stopped.

CPU and memory are read from /proc, so they are of the app alone, never of the stand-in.
"""

import asyncio
import os
import re
import resource
import subprocess
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SNOWBALL = (str(Path(sys.executable).parent / "snowball"),)
SERVE = (*SNOWBALL, "run")
PATIENCE = 120
_ADDRESS = re.compile(r"http://[\w.:]+")


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Only what a process needs, and these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"PYTHONPATH": str(ROOT), "SNOWBALL_DATA": str(folder), "PORT": "0"}
    return {**kept, **own, **settings}


def make_folder(within: Path, name: str) -> Path:
    """A new folder for one app's data."""
    made = within / name
    made.mkdir()
    return made


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command that came to its end took: seconds, by the clock and of CPU."""

    wall: float
    cpu: float


def finished(command: Sequence[str], folder: Path) -> Ran:
    """Run a command to its end."""
    before, begun = _children(), time.perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, env=environment(folder, {}), check=True, stdout=subprocess.DEVNULL
    )
    return Ran(time.perf_counter() - begun, _children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class App:
    """A running process that has said that it is ready."""

    def __init__(self, process: Process, said: str, seconds: float) -> None:
        self.process = process
        self.to_ready = seconds
        found = _ADDRESS.search(said)
        self.address = found.group() if found else ""

    def cpu(self) -> float:
        """Seconds of CPU that it has used, all threads."""
        words = self._proc("stat").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident megabytes (10^6 bytes)."""
        return int(self._proc("statm").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self.process.pid}/{name}").read_text(encoding="ascii")


@asynccontextmanager
async def running(
    command: Sequence[str], folder: Path, settings: Mapping[str, str]
) -> AsyncGenerator[App]:
    """The app, from its first line of output until the end of the block."""
    begun = time.perf_counter()
    log = (folder / "errors.log").open("ab")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment(folder, settings), stdout=PIPE, stderr=log
    )
    try:
        yield App(process, await _first_line(process, folder), time.perf_counter() - begun)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE)
        log.close()


async def _first_line(process: Process, folder: Path) -> str:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    said = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    if not said:
        raise RuntimeError((folder / "errors.log").read_text(encoding="utf-8")[-2000:])
    return said.decode()
