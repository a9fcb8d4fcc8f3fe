"""What to mend in a note that asks for a talk, and why; each finding points at its words (B2).

Pure; written to be quiet: it speaks up where it is nearly sure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString

from bot.domain import note_words as known
from bot.domain.cohort import Numbers
from bot.domain.way_out import without_way_out

PATIENCE = 45
"""Minutes that a note may ask for without being told that it is much."""
QUOTE = 90
"""Characters of a quotation that still read well on a phone."""
LOOKED_AT = 600
"""Characters of one sentence that are read: a longer one is no sentence, and costs time."""


class FindingKind(StrEnum):
    """What can be wrong with a note."""

    JOB = "job"
    LONG = "long"
    TIME = "time"
    TIE = "tie"
    RESUME = "resume"
    BLANK = "blank"
    PUSHY = "pushy"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``quoted``: the words of the note that it points at.

    ``number``: the organiser's number that ``why`` and ``mend`` speak of as {number}."""

    kind: FindingKind
    quoted: str
    why: LiteralString
    mend: LiteralString
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``words`` as written, ``plain`` in small letters with straight quotes."""

    words: str
    plain: str


def check_note(words: str, numbers: Numbers) -> tuple[Finding, ...]:
    """Everything to mend, the gravest first; our own last line is not the student's."""
    words = without_way_out(words)
    sentences = _sentences(words)
    found = [
        *_blanks(words),
        *_job(sentences),
        *_resume(sentences),
        *_tie(sentences),
        *_time(sentences, numbers),
        *_pushy(sentences),
        *_length(words, numbers),
    ]
    return tuple(found)


def count_words(words: str) -> int:
    """Words as a person counts them: what stands between blanks and holds a letter or a digit."""
    return sum(1 for each in words.split() if any(sign.isalnum() for sign in each))


_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9“\"'])|\n+")
_SHORT = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|St|Jr|Sr|e\.g|i\.e)\.$")


def _sentences(words: str) -> list[_Sentence]:
    """The note sentence by sentence; a title's full stop ends none."""
    parts: list[str] = []
    for part in _ENDS.split(words):
        if not part or not part.strip():
            continue
        if parts and _SHORT.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part.strip()}"
        else:
            parts.append(part.strip())
    return [_Sentence(part, _plain(part)) for part in parts]


def _plain(words: str) -> str:
    return words[:LOOKED_AT].replace("’", "'").replace("‘", "'").casefold()


def _quote(words: str, around: tuple[int, int] | None = None) -> str:
    """Short enough to be read; around what was found when the sentence is long."""
    if len(words) <= QUOTE:
        return words
    begin = max(0, around[0] - 20) if around else 0
    if begin:
        begin = words.rfind(" ", 0, begin) + 1
    cut = words[begin : begin + QUOTE].rsplit(" ", 1)[0]
    return cut if cut in words else words[begin : begin + QUOTE]


def _blanks(words: str) -> Iterator[Finding]:
    found = known.BLANK.search(words)
    if found is not None:
        yield Finding(
            FindingKind.BLANK,
            found[0],
            "Something is still to be filled in.",
            "Put in what belongs there, or leave the sentence out.",
        )


def _job(sentences: list[_Sentence]) -> Iterator[Finding]:
    for each in sentences:
        found = known.JOB.search(each.plain)
        if found is not None and not known.NO_REQUEST.search(each.plain):
            yield Finding(
                FindingKind.JOB,
                _quote(each.words, found.span()),
                "This asks for a job. Most people can’t give one, so they don’t answer.",
                "Ask how they got there and what they would advise. That you are looking may stay.",
            )
            return


def _resume(sentences: list[_Sentence]) -> Iterator[Finding]:
    for each in sentences:
        found = known.RESUME.search(each.plain)
        if found is not None and not known.NO_RESUME.search(each.plain):
            yield Finding(
                FindingKind.RESUME,
                _quote(each.words, found.span()),
                "An attached résumé reads like an application.",
                "Leave it off; bring it along in case they ask.",
            )
            return


def _tie(sentences: list[_Sentence]) -> Iterator[Finding]:
    body = [each for each in sentences if not _is_greeting(each)]
    if not body or any(_ties(each) for each in sentences):
        return
    yield Finding(
        FindingKind.TIE,
        _quote(body[0].words),
        "Nothing says what connects you, and that is what gets a note answered.",
        "Begin with it: who sent you, your school, where you met, what of theirs you read.",
    )


def _ties(sentence: _Sentence) -> bool:
    found = known.TIE.search(sentence.plain) or known.NAMED.search(sentence.words)
    return found is not None or known.TWO.search(known.STOCK.sub(" ", sentence.plain)) is not None


_GREETING = re.compile(r"^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^.?!]{0,40}$")


def _is_greeting(sentence: _Sentence) -> bool:
    return _GREETING.match(sentence.plain) is not None


def _time(sentences: list[_Sentence], numbers: Numbers) -> Iterator[Finding]:
    most = max(PATIENCE, numbers.ask_minutes_most)
    if any(known.HOW_LONG.search(each.plain) and not _over(each, most) for each in sentences):
        return
    for each in sentences:
        found = known.TOO_LONG.search(each.plain) or _over(each, most)
        if found is not None:
            yield Finding(
                FindingKind.TIME,
                _quote(each.words, found.span()),
                "That is a lot of a stranger’s day.",
                "Ask for {number} minutes; if it goes well, they will stay longer.",
                numbers.asked_minutes,
            )
            return
    asked = [each for each in sentences if known.REQUEST.search(each.plain)]
    where = asked or [each for each in sentences if not _is_greeting(each)]
    if where:
        yield Finding(
            FindingKind.TIME,
            _quote(where[-1 if asked else 0].words),
            "It doesn’t say how long, and an open end is hard to say yes to.",
            "Name it: “{number} minutes”.",
            numbers.asked_minutes,
        )


def _over(sentence: _Sentence, most: int) -> re.Match[str] | None:
    """Where it names more minutes than are polite, and no fewer."""
    named = list(known.MINUTES.finditer(sentence.plain))
    return named[0] if named and all(int(each[1]) > most for each in named) else None


def _pushy(sentences: list[_Sentence]) -> Iterator[Finding]:
    for each in sentences:
        found = known.PUSHY.search(each.plain)
        if found is not None:
            yield Finding(
                FindingKind.PUSHY,
                _quote(each.words, found.span()),
                "This presses. They would be doing you a favour.",
                "Leave the moment to them: “whenever suits you in the next weeks”.",
            )
            return


def _length(words: str, numbers: Numbers) -> Iterator[Finding]:
    most = numbers.note_words
    if count_words(words) > most:
        kept = list(re.finditer(r"\S+", words))
        beyond = words[kept[most].start() :]
        yield Finding(
            FindingKind.LONG,
            _quote(beyond),
            "Over {number} words. A short note is read to its end.",
            "Keep the tie, who you are, why them, and how long.",
            str(most),
        )
