"""Typing mistakes, mended against the words that are known.

Two ways: one letter wrong in a job title is looked up (imports have thousands); what a student
types is compared with every known word, by letters and by sound.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_LONGEST = 30
_SOUNDS = {"ph": "f", "ght": "t", "kn": "n", "ck": "k", "qu": "kw", "y": "i", "z": "s", "x": "ks"}


class Mender:
    """Knows words, and finds the known one that a mistyped one was meant to be."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(word for word in known if len(word) >= _SHORTEST and word.isalpha())
        self._list = sorted(self.known)
        self._sounds = [sound(word) for word in self._list]
        self._without: dict[str, list[str]] | None = None

    def near(self, word: str) -> str | None:
        """A known word one slip away, if there is just one; quick enough for every title."""
        if len(word) < 5 or not word.isalpha():
            return None
        if self._without is None:
            self._without = defaultdict(list)
            for known in self._list:
                for shorter in _shortened(known):
                    self._without[shorter].append(known)
        found = {each for each in _shortened(word) if each in self.known}
        found.update(self._without.get(word, ()))
        for shorter in _shortened(word):
            found.update(self._without.get(shorter, ()))
        close = [each for each in found if len(each) >= 5 and OSA.distance(each, word) == 1]
        return close[0] if len(close) == 1 else None

    def best(self, word: str) -> str | None:
        """The known word that is most like it, when one is like enough."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        most = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
        by_letters = process.extract(
            word, self._list, scorer=OSA.distance, score_cutoff=most, limit=8
        )
        by_sound = process.extract(
            sound(word), self._sounds, scorer=OSA.distance, score_cutoff=most - 1, limit=8
        )
        scored = [(distance + 0.0, _start(word, found), found) for found, distance, _ in by_letters]
        scored += [
            (distance + 0.5, _start(word, self._list[at]), self._list[at])
            for _, distance, at in by_sound
            if abs(len(self._list[at]) - len(word)) <= most
        ]
        return min(scored)[2] if scored else None

    def parts(self, word: str) -> tuple[str, str] | None:
        """Two known words that were typed as one."""
        for at in range(4, len(word) - 3):
            if word[:at] in self.known and word[at:] in self.known:
                return word[:at], word[at:]
        return None


def sound(word: str) -> str:
    """Roughly how a word sounds: spellings of one sound alike, no double letters."""
    for letters, plain in _SOUNDS.items():
        word = word.replace(letters, plain)
    word = word.replace("c", "k")
    return "".join(sign for at, sign in enumerate(word) if at == 0 or sign != word[at - 1])


def _start(word: str, found: str) -> int:
    """Mistakes are rare in the first letters: fewer alike, worse."""
    return -next(
        (at for at, (a, b) in enumerate(zip(word, found, strict=False)) if a != b), len(found)
    )


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
