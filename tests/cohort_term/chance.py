"""Chance that is the same on every run: drawn from what it is about."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def drawn(*about: object) -> float:
    """Between 0 and 1, always the same for the same things."""
    words = "/".join(str(each) for each in about).encode()
    return int.from_bytes(blake2b(words, digest_size=6).digest(), "big") / 2**48


def one_of(choices: Sequence[T], *about: object) -> T:
    """One of these."""
    return choices[int(drawn("one", *about) * len(choices))]
