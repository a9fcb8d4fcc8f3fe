"""Alumni of the directory and the contacts that students keep, with kinds (FEATURES A, K3)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from whenever import Date, Instant

from bot.domain.marks import Matched, MemberId, Ref, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Alum:
    """Somebody of the cohort's alumni directory.

    ``asks_per_month``: None means the cohort's number. ``consent``: False stays hidden.
    """

    cohort_id: int
    id: int = 0
    external_id: str = ""
    """The alumni office's own number."""
    name: str
    email: Matched = ""
    title: str = ""
    company: str = ""
    field: str = ""
    city: str = ""
    country: str = ""
    class_year: int | None = None
    major: str = ""
    linkedin: str = ""
    topics: str = ""
    channel: str = ""
    asks_per_month: int | None = None
    consent: bool = True
    times: str = ""
    """When they like to talk, in their own words (FEATURES A4)."""
    paused: bool = False
    paused_until: Date | None = None
    """When a pause of their own ends (``UNTIL_THEY_SAY``: it does not by itself); None with
    ``paused``: somebody else's, such as a concern that is open."""
    do_not_contact: bool = False
    left: Instant | None = None
    """When they took themselves off the list; an import does not bring them back (K4)."""
    notes: Secret = ""
    imported: Instant


UNTIL_THEY_SAY = Date.MAX
"""The day of a pause that its alum ends, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """An alum of the directory who is in the workspace too, and listed themselves (K4)."""

    cohort_id: int
    id: int = 0
    alum_id: Annotated[int, Ref("Alum")]
    member_id: MemberId
    since: Instant


class ContactKind(StrEnum):
    """How the student knows them; decides the tie line and the stay-in-touch interval."""

    ALUM = "alum"
    PROFESSOR = "professor"
    FAMILY = "family"
    COWORKER = "coworker"
    EVENT = "event"
    HEARD_OF = "heard-of"


KIND_WORDS = {
    ContactKind.ALUM: "alum",
    ContactKind.PROFESSOR: "professor or adviser",
    ContactKind.FAMILY: "family or friend",
    ContactKind.COWORKER: "co-worker or coach",
    ContactKind.EVENT: "met at an event",
    ContactKind.HEARD_OF: "heard of",
}


class Standing(StrEnum):
    """Where a person is on the wish list (FEATURES A7)."""

    TO_ASK = "to ask"
    ASKED = "asked"
    REPLIED = "replied"
    BOOKED = "booked"
    MET = "met"
    THANKED = "thanked"
    IN_TOUCH = "in touch"
    NO_REPLY = "no reply"
    DECLINED = "declined"


class Sharing(StrEnum):
    """Who of the cohort may find a contact (FEATURES G1), the most private first."""

    PRIVATE = "private"
    ASK_FIRST = "ask me first"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person whom one member knows or hopes to meet; private to that member until shared."""

    cohort_id: int
    id: int = 0
    owner_id: MemberId
    name: str
    email: Matched = ""
    phone: Secret = ""
    company: str = ""
    title: str = ""
    field: str = ""
    city: str = ""
    link: str = ""
    kind: ContactKind = ContactKind.HEARD_OF
    alum_id: Annotated[int | None, Ref("Alum", forget=True)] = None
    referred_by: Annotated[int | None, Ref("Contact", forget=True)] = None
    standing: Standing = Standing.TO_ASK
    sharing: Sharing = Sharing.PRIVATE
    facts: Secret = ""
    """Two things the student read about them; they fill "why you" (FEATURES C7)."""
    touch_days: int | None = None
    """Days between touches; None: as usual for the kind, 0: never."""
    will_introduce: Annotated[int | None, Ref("Contact", forget=True)] = None
    """Who offered to introduce the student to them (FEATURES E6)."""
    do_not_contact: bool = False
    """They asked not to be asked again."""
    notes: Secret = ""
    added: Instant
    removed: Instant | None = None
    """In the trash since; None: not removed."""
