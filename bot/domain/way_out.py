"""The last line of a note to an alum: where they pause, change or leave (FEATURES K4).

It is not the student's, so no check counts it, and no classmate is shown where it leads."""

from typing import Final

_SAID: Final = "Fewer such notes, or none:"
_QUOTED: Final = " \t>"
"""What a chat or a mail program may put before a line."""


def way_out(link: str) -> str:
    """The line, a blank one before it; nothing without a link."""
    return f"\n\n{_SAID} {link}" if link else ""


def without_way_out(words: str) -> str:
    """The note as the student wrote it; the blank lines before that line go with it.

    Line by line, because a pattern for this tries long runs of blanks from each of them anew."""
    kept: list[str] = []
    wrapped = False
    for line in words.split("\n"):
        rest = line.lstrip(_QUOTED)
        if rest.startswith(_SAID) and len(rest.removeprefix(_SAID).split()) < 2:
            wrapped = rest.strip() == _SAID
            while kept and not kept[-1].strip():
                kept.pop()
        elif wrapped and rest.startswith("http") and len(rest.split()) == 1:
            wrapped = False
        else:
            wrapped = False
            kept.append(line)
    return "\n".join(kept)
