"""Cells that a spreadsheet would run as a formula: written with an apostrophe before them, and
read back without it, so that out and in again gives the same value.
"""

import re

# Blanks, apostrophes and invisible characters in front do not stop every spreadsheet, nor does a
# full-width sign; a leading tab or line break moves what follows into a cell of its own.
_RUNS = re.compile("[\t\r\n]|['\\s\u00a0\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠\t\r\n]")


def escape_cell(value: str) -> str:
    """`value` so that its first character starts no formula."""
    return f"'{value}" if _RUNS.match(value) else value


def unescape_cell(value: str) -> str:
    """What `escape_cell` was given."""
    return value[1:] if value[:1] == "'" and _RUNS.match(value, 1) else value
