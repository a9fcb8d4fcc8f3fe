"""Processes of Snowball for tests: started as an operator would, killed as life would."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = "from adapters.cli import main; main()"
ADDRESS = re.compile(r"http://\S+")


@dataclass(slots=True)
class Running:
    """One process. ``said``: its standard output until it was there."""

    process: asyncio.subprocess.Process
    said: str

    @property
    def address(self) -> str:
        """Where its health checks are."""
        found = ADDRESS.findall(self.said)
        return found[-1]

    async def killed(self) -> None:
        """kill -9."""
        self.process.kill()
        await self.process.wait()

    async def stopped(self) -> int:
        """SIGTERM, and its status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)


async def start(*command: str, folder: Path, until: str, environment: Mapping[str, str]) -> Running:
    """``python COMMAND`` in a folder, from when it says ``until``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=folder,
            env={**kept, "PYTHONPATH": str(ROOT), **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    running = Running(process, "")
    try:
        await asyncio.wait_for(_says(running, until), 60)
    except BaseException as error:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        log_ = (folder / "log").read_text(errors="replace")
        raise AssertionError(f"it did not start: {running.said}\n{log_[-3000:]}") from error
    return running


async def _says(running: Running, until: str) -> None:
    assert running.process.stdout is not None
    while until not in running.said:
        line = await running.process.stdout.readline()
        if not line:
            raise EOFError
        running.said += line.decode()


async def snowball(folder: Path, environment: Mapping[str, str], *only: str) -> Running:
    """``snowball run``, whole or these parts."""
    parts = [word for part in only for word in ("--only", part)]
    return await start(
        "-c", START, "run", *parts, folder=folder, until="Ctrl-C", environment=environment
    )


@contextlib.asynccontextmanager
async def all_ended() -> AsyncGenerator[list[Running]]:
    """Put what was started into the list: it does not outlive the test."""
    started: list[Running] = []
    try:
        yield started
    finally:
        for each in started:
            if each.process.returncode is None:
                await each.killed()
