"""Introductions between members: who asked whom for whom, and what each of them said (E3, E4, G2).

A row says nothing to the asker about the owner or the contact until both have said yes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from whenever import Instant

from bot.domain.marks import MemberId, Ref, Secret


class IntroState(StrEnum):
    """asked → owner said yes → connected → met; or closed by a no, silence or leaving.

    The moves between them are in bot/domain/introducing.py."""

    OFFERED = "offered"
    """The owner offered it unasked; the one it is for has not said anything yet."""
    ASKED = "asked"
    """The owner has not said anything yet."""
    OWNER_YES = "owner said yes"
    """The contact has not said anything yet, or the owner has not said that they asked."""
    CONNECTED = "connected"
    """Both said yes, and they were brought together."""
    MET = "met"
    """The asker told how it went; nothing more is owed."""
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """The asker, the owner or the contact left, or somebody must not be contacted any more."""
    TAKEN_BACK = "taken back"
    """The asker does not need it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoKnows:
    """A question to the whole cohort: who knows somebody in a field or at an employer (G2)."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    about: str
    """The field or the employer, as typed."""
    blurb: Secret = ""
    asked: Instant
    closed: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """One request to be introduced. ``owner_id`` knows the contact; ``asker_id`` hopes to."""

    cohort_id: int
    id: int = 0
    asker_id: MemberId
    owner_id: Annotated[int | None, Ref("Member", forget=True)] = None
    contact_id: Annotated[int | None, Ref("Contact", forget=True)] = None
    """The owner's card of them; None for an owner who has not said whom yet."""
    contact_member_id: Annotated[int | None, Ref("Member", forget=True)] = None
    """The contact's own membership, where they are in the workspace."""
    who_knows_id: Annotated[int | None, Ref("WhoKnows", forget=True)] = None
    about: str = ""
    """What the asker was looking for: a field, an employer."""
    blurb: Secret = ""
    """What the asker says of themselves, to be passed on."""
    words: Secret = ""
    """The owner's own version of the blurb; "" while it is the asker's."""
    state: IntroState = IntroState.ASKED
    openly: bool = False
    """The asker was shown the owner and the contact, because the owner shares them openly."""
    barred: bool = False
    """Something felt wrong: these two are not brought together again."""
    asked: Instant
    put: Instant | None = None
    """When it was put before the owner; so many a week and no more."""
    owner_said: Instant | None = None
    contact_said: Instant | None = None
    connected: Instant | None = None
    how: str = ""
    """"chat" or "e-mail", once connected."""
    kicked_off: Instant | None = None
    """When the nudge after a silent day was sent (E4)."""
    spoke: Instant | None = None
    """When one of them said that they are in touch."""
    outcome: Secret = ""
    """The asker's words on what came of it, for the introducer."""
    closed: Instant | None = None
