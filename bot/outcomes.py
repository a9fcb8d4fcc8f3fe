"""How an attempt to send a message ended, and what a surface's no is about."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.limits import Reach


@dataclass(frozen=True, slots=True)
class Sent:
    """The message was made; ``reference`` is the surface's own id of it.

    ``posts``: how many of the surface's own requests it took, which its limits count.
    ``conversation``: the surface's own id of the direct messages it went to, where they have one
    that is worth keeping: whoever knows it need not ask for it again."""

    reference: str
    posts: int = field(default=1, compare=False)
    conversation: str = field(default="", compare=False)


class Trouble(StrEnum):
    """What a surface's no is about, and so what follows from it."""

    SOON = "soon"
    """It passes by itself: the same again in a while."""
    UNCLEAR = "unclear"
    """It may have been made all the same."""
    PERSON = "person"
    """This account cannot be written to."""
    GONE = "gone"
    """This account is no more, or no longer in this workspace."""
    PLACE = "place"
    """This channel or conversation cannot be written to; a direct one is its person's."""
    WORKSPACE = "workspace"
    """Nobody in this workspace can be, until somebody mends it: a revoked token, a lost right."""
    OURS = "ours"
    """These words will be refused again, and it is our mistake: nobody is written off for it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The surface said no, so nothing was made.

    ``retry_after``: seconds; ``reach``: for whom that long nothing is to be sent."""

    why: str
    trouble: Trouble = Trouble.SOON
    retry_after: float = 0.0
    reach: Reach = Reach.ROW


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request was sent and no answer came: it may or may not have been made."""

    why: str


Outcome: TypeAlias = Sent | Refused | Unclear
