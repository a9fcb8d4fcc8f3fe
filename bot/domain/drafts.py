"""Half-filled forms, calls too long for a button, the rest of replies too long for a message."""

from dataclasses import dataclass

from whenever import Instant

from bot.domain.marks import MemberId, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a member began. ``arguments`` is JSON; ``done`` once it was submitted."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    command: str
    arguments: Secret = "{}"
    rest: Secret = ""
    """The parts of a reply that did not fit, as JSON."""
    key: str
    """Unguessable; what buttons and forms carry."""
    asked: tuple[str, ...] = ()
    """The form parameters that earlier steps asked for."""
    form: bool = False
    """Whether it opens a form (or else runs at once)."""
    made: Instant
    done: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A surface's event that was handled; the same key again does nothing more."""

    cohort_id: int
    id: int = 0
    key: str
    at: Instant
