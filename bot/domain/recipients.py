"""Who a message is owed to: a member, a workspace's channel, or a few members together. Pure.

A row keeps its recipient as one text, which is part of what makes the row unique.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias, assert_never

MEMBER, CHANNEL, TOGETHER = "member:", "channel:", "together:"
BETWEEN = "-"
FEWEST, MOST = 2, 7
"""People in one conversation with us: eight is what the narrower platform holds, us included."""


@dataclass(frozen=True, slots=True)
class ToMember:
    """One member, in private."""

    member_id: int


@dataclass(frozen=True, slots=True)
class ToChannel:
    """Everybody who reads the cohort's channel in this workspace."""

    workspace_id: int


@dataclass(frozen=True, slots=True)
class ToTogether:
    """A few members in one conversation; their ids rise."""

    member_ids: tuple[int, ...]


Recipient: TypeAlias = ToMember | ToChannel | ToTogether


def together(member_ids: Collection[int]) -> ToTogether:
    """These members, in whichever order they were named. Raises ValueError for too few or many."""
    several = tuple(sorted(set(member_ids)))
    if not FEWEST <= len(several) <= MOST:
        raise ValueError("a conversation of too few or too many")
    return ToTogether(several)


def written(recipient: Recipient) -> str:
    """``member:17``, ``channel:3`` or ``together:12-15``."""
    match recipient:
        case ToMember(number):
            return f"{MEMBER}{number}"
        case ToChannel(number):
            return f"{CHANNEL}{number}"
        case ToTogether(numbers):
            return TOGETHER + BETWEEN.join(str(each) for each in numbers)
        case _:
            assert_never(recipient)


def recipient_of(to: str) -> Recipient:
    """What :func:`written` wrote. Raises ValueError for anything else."""
    kind, _, whom = to.partition(":")
    match f"{kind}:":
        case "member:":
            return ToMember(int(whom))
        case "channel:":
            return ToChannel(int(whom))
        case "together:":
            return ToTogether(tuple(int(each) for each in whom.split(BETWEEN)))
    raise ValueError("no recipient")
