"""The last line of a note to an alum: where they pause, change or leave (FEATURES K4).

It is not the student's, so no check counts it, and no classmate is shown where it leads."""

import re
from typing import Final

_SAID: Final = "Fewer such notes, or none: "
_LINE: Final = re.compile(r"\s*^[ \t>]*Fewer such notes, or none:\s*\S*[ \t]*$", re.MULTILINE)


def way_out(link: str) -> str:
    """The line, a blank one before it; nothing without a link."""
    return f"\n\n{_SAID}{link}" if link else ""


def without_way_out(words: str) -> str:
    """The note as the student wrote it."""
    return _LINE.sub("", words)
