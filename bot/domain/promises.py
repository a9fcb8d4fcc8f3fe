"""Promises as people write them down: a line each, "by Friday" at its end."""

import re
from dataclasses import dataclass

from bot.domain.tidy import fold

_PARTS = re.compile(r"[\n;]+")
_BY = re.compile(
    r"^(?P<what>.+?)(?<![\s,])[\s,]+(?:by|until|before|on)\s+(?P<when>[^,]{2,40})$", re.IGNORECASE
)
NOTHING = frozenset(
    {
        "no", "none", "none yet", "nope", "nobody", "nobody yet", "no one", "no names", "no name",
        "nothing", "nothing yet", "not yet", "na", "n a", "nil",
        "keine", "keiner", "niemand", "nichts", "nein",
    }
)  # fmt: skip
"""What people write into a field that asks for names or promises when there were none."""
NAMES_TOO = frozenset({"No", "Na"})
"""Of these the ones that are first names as well, as a name is written."""
_FILLERS = r"(?:(?:sorry|but|so|and|well|just|really|there|the|rest|i|we|you|he|she|they|it)\s+)*"
_NOT = (
    r"(?:(?:did|do|does|has|have|had|could|can|would|was|were|is|are|will)\s+(?:not|never)"
    r"|(?:did|do|does|has|have|had|could|ca|would|was|were|is|are|wo)n['’]?t"
    r"|cannot|never|not|forgot|no\s+(?:one|names?|contacts?|body|idea)|nobody|none)"
)
_NOT_GIVEN = re.compile(rf"{_FILLERS}{_NOT}\b", re.IGNORECASE)
"""How a part begins that says why there is no name: "she didn't say", "Not asked". In what begins
with a name it may be about them: "Lee, whom I never met"."""
MOST = 10
"""More than this in one form are not promises but notes."""


@dataclass(frozen=True, slots=True)
class Written:
    """One promise: what, and when as it was typed ("" when nothing was said)."""

    what: str
    when: str = ""


def split_promises(words: str) -> tuple[Written, ...]:
    """The promises in a form's field."""
    lines = [line.strip(" -•*\t") for line in _PARTS.split(_single_spaced(words))]
    return tuple(_split(line) for line in lines if line and not _says_nothing(line))[:MOST]


def _says_nothing(part: str) -> bool:
    return fold(part) in NOTHING or not part.strip(" -–—./")


def _single_spaced(words: str) -> str:
    """Lines as they are, gaps as one space: the patterns try each space of a gap in turn."""
    return "\n".join(" ".join(line.split()) for line in words.split("\n"))


def _split(line: str) -> Written:
    found = _BY.match(line)
    return Written(found["what"].strip(), found["when"].strip(" .")) if found else Written(line)


_NAMES = re.compile(r"\s*(?:[\n;,]|\band\b|\bund\b|&)\s*", re.IGNORECASE)
_EXTRA = re.compile(r"\s*(?:\(|–|—| - | at | from | bei )\s*", re.IGNORECASE)
MOST_NAMES = 5


def split_names(words: str) -> tuple[tuple[str, str], ...]:
    """Names given, each with what was written after it: "Lee (Acme), Kim from the bank".

    "No" is nobody, unless it stands among names: "No, Kim Lee"; "she didn't say" never is."""
    parts = [(name, extra) for name, extra in _named(words) if not _NOT_GIVEN.match(name)]
    names = [(name, extra) for name, extra in parts if not _says_nothing(name)]
    if any(name[:1].isupper() for name, _ in names):
        names = [each for each in parts if each in names or each[0] in NAMES_TOO]
    return tuple(names[:MOST_NAMES])


def maybe_a_name(words: str) -> str:
    """The "No" or "Na" that was read as nobody and may be somebody, to be asked about; else ""."""
    taken = split_names(words)
    found = (
        name for name, extra in _named(words) if name in NAMES_TOO and (name, extra) not in taken
    )
    return next(found, "")


def _named(words: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in _NAMES.split(_single_spaced(words)):
        name, *rest = _EXTRA.split(part.strip(" .)"), maxsplit=1)
        if name.strip():
            found.append((name.strip(), rest[0].strip(" )") if rest else ""))
    return found
