"""The shell as an operator uses it: a process of its own, in an empty folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START = "from adapters.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Shell:
    """Somebody at a prompt, with a data directory of their own."""

    folder: Path

    def runs(self, *words: str, stdin: str = "") -> Ended:
        """``snowball WORDS``."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-c", START, *words],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(ROOT), "SNOWBALL_DATA": str(self.folder / "data")},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def says(self, *lines: str, name: str = "Ana", now: str = "") -> list[dict[str, Any]]:
        """``snowball say --json --as NAME --now NOW LINE …``: what was printed."""
        moment = ("--now", now) if now else ()
        done = self.runs("say", "--json", "--as", name, *moment, "--", *lines)
        assert done.status == 0, done.err
        return done.objects
