"""What the figures were measured on."""

import os
import platform
import sqlite3


def facts() -> str:
    """One line: cores, load, Python, SQLite, system."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores{load}; {platform.python_implementation()}"
        f" {platform.python_version()}; SQLite {sqlite3.sqlite_version};"
        f" {platform.system()} {platform.machine()}"
    )
