"""Encryption at rest: what is marked secret is encrypted, what is matched is also hashed.

Keys are Fernet keys, newest first; older ones still read, so that keys rotate without a stop.
"""

import contextlib
import hashlib
import hmac
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_FILE = "secret.key"


class Cipher:
    """Encrypts and reads texts, and makes keyed hashes for matching."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ValueError when a key is not a Fernet key, or there is none."""
        if not keys:
            raise ValueError("at least one secret key is needed")
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._hash_keys = [hashlib.sha256(b"match" + key.encode()).digest() for key in keys]

    def encrypt(self, words: str) -> str:
        """The text encrypted with the newest key; "" stays ""."""
        return self._fernet.encrypt(words.encode()).decode() if words else ""

    def decrypt(self, kept: str) -> str:
        """The text again. Raises LostKeyError when none of the keys wrote it."""
        if not kept:
            return ""
        try:
            return self._fernet.decrypt(kept).decode()
        except InvalidToken:
            raise LostKeyError from None

    def hashes(self, words: str) -> list[str]:
        """The text's keyed hash under each key, newest first; equal however it was typed."""
        plain = words.strip().casefold().encode()
        if not plain:
            return [""]
        return [hmac.new(key, plain, hashlib.sha256).hexdigest()[:32] for key in self._hash_keys]


class LostKeyError(Exception):
    """What was encrypted cannot be read with the keys given: is the right secret.key in place?"""


def keys_from(data: Path, given: str) -> list[str]:
    """The keys of SNOWBALL_SECRET_KEYS, or the one in the data directory, made on first start."""
    keys = [key.strip() for key in given.split(",") if key.strip()]
    if keys:
        return keys
    kept = data / KEY_FILE
    if not kept.exists():
        _make_key(kept)
    return [kept.read_text().strip()]


def _make_key(kept: Path) -> None:
    """Whole or not at all, and never over another: several processes may start at once."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, prefix=".key-") as new:  # mode 600
        new.write(Fernet.generate_key().decode())
        new.flush()
        os.fsync(new.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(new.name, kept)
