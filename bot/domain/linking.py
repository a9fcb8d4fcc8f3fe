"""Codes that join accounts: how they are made and read, and how two members become one.

A code is short enough to type on a phone, and good for a quarter of an hour.
"""

import secrets
from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.codes import Code
from bot.domain.cohort import Member, Role

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""
LENGTH = 8
"""40 bits: nobody guesses one in the minutes that it lives."""
LIVES = TimeDelta(minutes=15)
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code that nobody can guess: K7Q29XMP."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """In two halves, as it is read out: K7Q2-9XMP."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str:
    """What was meant, however it was typed; "" for what cannot be a code."""
    plain = "".join(each for each in typed.upper() if each.isalnum()).translate(MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= set(LETTERS) else ""


def is_good(code: Code, now: Instant) -> bool:
    """Whether it still joins anything."""
    return code.used is None and now - code.made < LIVES


def as_one(kept: Member, other: Member) -> Member:
    """The member who stays, with what the other one said where they said nothing."""
    opted_in = [each for each in (kept.opted_in, other.opted_in) if each is not None]
    organises = Role.ORGANISER in (kept.role, other.role)
    return replace(
        kept,
        role=Role.ORGANISER if organises else kept.role,
        named=kept.named or other.named,
        zone=kept.zone or other.zone,
        opted_in=min(opted_in, default=None),
        joined=min(kept.joined, other.joined),
        field=kept.field or other.field,
        major=kept.major or other.major,
    )
