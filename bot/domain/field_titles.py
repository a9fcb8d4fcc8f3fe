"""What a job title says about the field: its last words decide, the ones before them colour it.

"Music Teacher" teaches, "Nursing Director" is about nursing, "Sales Clerk Supervisor" sells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.field_typos import Mender
from bot.domain.field_words import LONGEST, Lexicon

Phrases = dict[str, dict[str, float]]
"""Phrase → fields it stands for, and how surely."""
_SEVERAL = re.compile(r"\s+/\s+|[;|()\[\]]|,\s|\s[-–—]\s")
_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets repeats the title in short, and "TA" may be short for something else."""
_AT = re.compile(r"\s+(?:at|@)\s+\S.*$", re.IGNORECASE)
COLOUR = 0.45
"""What a word before the deciding one is worth."""
LINKS = frozenset(("the", "a", "and", "of", "for"))
LONE = 0.88
"""A single deciding word that others qualify may be another field's: "Hydroelectric Mechanic"."""
REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    fields: Mapping[str, float]
    open: bool
    """The phrase is a head such as "engineer", which leaves the field open."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Classifies titles; remembers what it has seen, for directories repeat themselves."""

    phrases: Phrases
    lexicon: Lexicon
    mender: Mender
    _seen: dict[str, dict[str, float]] = field(default_factory=dict)

    def fields_of(self, title: str) -> dict[str, float]:
        """Field → how surely, 0 to 1; {} when the title says nothing."""
        title = _AT.sub("", title)
        known = self._seen.get(title)
        if known is None:
            known = self._of_parts(_ASIDE.sub(" ", title)) or self._of_parts(title)
            if len(self._seen) < REMEMBERED:
                self._seen[title] = known
        return known

    def _of_parts(self, title: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for part in _SEVERAL.split(title):
            for key, weight in self.fields_of_words(self._words(part)).items():
                found[key] = max(found.get(key, 0), weight)
        return found

    def fields_of_words(self, words: list[str]) -> dict[str, float]:
        """The same for words that are made alike already."""
        words = _turned(words)
        while words and words[0] in self.lexicon.noise and " ".join(words) not in self.phrases:
            words = words[1:]
        while words and words[-1] in self.lexicon.noise and " ".join(words) not in self.phrases:
            words = words[:-1]
        whole = self.phrases.get(" ".join(words))
        if whole:
            return _spread(whole, 1.0)
        found = self._matches(words)
        return self._weighed(words, found) if found else {}

    def _words(self, part: str) -> list[str]:
        words = self.lexicon.words(part)
        vocabulary = self.mender.known
        return [
            word
            if word in vocabulary or word in self.lexicon.noise or len(word) < 5
            else self.mender.near(word) or word
            for word in words
        ]

    def _matches(self, words: list[str]) -> list[_Found]:
        """Known phrases from left to right, the longest first."""
        found: list[_Found] = []
        at = 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                fields = self.phrases.get(" ".join(words[at : at + size]))
                if fields:
                    is_open = size == 1 and words[at] in self.lexicon.open
                    found.append(_Found(at, at + size, fields, is_open))
                    at += size
                    break
            else:
                at += 1
        return found

    def _weighed(self, words: list[str], found: list[_Found]) -> dict[str, float]:
        closed = [each for each in found if not each.open]
        head = closed[-1] if closed else found[-1]
        after = words[head.end :]
        known_after = all(word in self.lexicon.ranks | self.lexicon.noise for word in after)
        sure = 0.95 if not after else 0.9 if known_after else 0.75
        before = [word for word in words[: head.start] if word not in self.lexicon.noise]
        if before and head.end - head.start == 1 and not _same(found, head):
            sure *= LONE
        weights = _spread(head.fields, sure)
        for each in found:
            if each is head:
                continue
            for key, weight in _spread(each.fields, COLOUR).items():
                weights[key] = min(weights[key] + 0.1, 1) if key in weights else weight
        return weights


def _same(found: list[_Found], head: _Found) -> bool:
    """Whether words before the head speak of its field too."""
    return any(each.fields.keys() & head.fields.keys() for each in found if each is not head)


def _spread(fields: Mapping[str, float], sure: float) -> dict[str, float]:
    """A phrase that stands for several fields says less about each."""
    best = max(fields.values())
    several = sum(weight == best for weight in fields.values())
    shared = (1.0, 0.9, 0.8, 0.7)[min(several, 4) - 1]
    return {key: weight * shared * sure for key, weight in fields.items()}


def bare(words: list[str]) -> list[str]:
    """Words without the small ones that titles leave out at will."""
    return [word for word in words if word not in LINKS]


def _turned(words: list[str]) -> list[str]:
    """ "Director of Nursing" → "nursing director": what follows "of" belongs before."""
    for link in ("of", "for"):
        if link in words[1:-1]:
            at = words.index(link, 1)
            return bare([*words[at + 1 :], *words[:at]])
    return bare(words)
