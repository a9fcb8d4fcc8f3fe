"""Words as fields of work are told by them: split, made alike, cut to their stems.

The same treatment for our content, for job titles and for what a student types, so that they meet.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_JOINED = re.compile(r"\b(\w)[&/](\w)\b")
_LETTER_DASH = re.compile(r"\b(e|x|t|pre|k|f)-(?=\w)")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_ODD = {"c++": "cplusplus", "c#": "csharp", ".net": "dotnet"}
KEPT_S = ("ss", "us", "is", "as", "os")
ENDINGS = ("ation", "ing", "ian", "ist", "ed", "er", "or", "ion", "y")
LONGEST = 6
"""Words in the longest phrase that is looked up."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with a role of their own, from ``words.toml``."""

    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is written short, and what it stands for."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Words that mean one thing in a wish, and the one that stands for them all."""
    noise: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    filler: frozenset[str] = frozenset()

    def words(self, text: str, *, spelled_out: bool = True) -> list[str]:
        """The words of a phrase, in the singular, with what is short spelled out."""
        found: list[str] = []
        for word in split(text):
            if spelled_out and word in self.short:
                found.extend(self.short[word])
            else:
                found.append(singular(word))
        return found

    def senses(self, words: Iterable[str]) -> list[str]:
        """Words of a wish by what they mean: no filler, one word for its equals, stems."""
        return [stem(self.same.get(word, word)) for word in words if word not in self.filler]


def split(text: str) -> list[str]:
    """Plain lower-case words: no accents, no signs, ``R&D`` and ``e-commerce`` in one piece."""
    return list(_split(text))


@lru_cache(maxsize=20_000)
def _split(text: str) -> tuple[str, ...]:
    text = text.casefold().replace("’", "").replace("'", "")
    if text.isascii() and text.replace(" ", "").isalnum():
        return tuple(text.split())  # most titles and places: nothing to mend, and 100,000 to read
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    for odd, plain in _ODD.items():
        text = text.replace(odd, plain)
    text = _LETTER_DASH.sub(r"\1", _JOINED.sub(r"\1\2", text)).replace(".", "")
    return tuple(word for word in _NOT_WORD.split(text) if word)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """The singular of a plural, as far as endings tell."""
    if len(word) < 4 or word[-1] != "s" or word.endswith(KEPT_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, so that "teaching", "teacher" and "teach" meet."""
    word = singular(word)
    if word.endswith("ical") and len(word) > 6:
        return word[:-2]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def lexicon(content: Mapping[str, Mapping[str, str]]) -> Lexicon:
    """The lexicon of a ``words.toml`` that was read."""
    same = {
        singular(word): leader
        for leader, others in content["same"].items()
        for word in split(others.replace(",", " "))
    }
    roles = {
        role: frozenset(singular(word) for word in split(words))
        for role, words in content["noise"].items()
    }
    return Lexicon(
        short={
            word: tuple(singular(each) for each in split(long))
            for word, long in content["short"].items()
        },
        same=same,
        noise=roles["words"],
        ranks=roles["ranks"],
        open=roles["open"],
        filler=roles["filler"] | frozenset(split(content["noise"]["filler"])),
    )
