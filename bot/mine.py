"""Which rows belong to a member: what the export writes and what deleting takes away."""

from collections.abc import Callable
from typing import Any

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.care import Concern, PeerReview, Touch
from bot.domain.events import Going, Win
from bot.domain.introductions import WhoKnows
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.domain.talks import CheckIn, Promise, QuestionUse, Talk
from bot.intro_export import MyIntroduction, has_introductions, introductions_of
from bot.ports import Store
from bot.together_export import (
    MyEvent,
    MyPairing,
    MyPartnership,
    events_of,
    pairings_of,
    partnerships_of,
)

KINDS: dict[str, type[Any]] = {
    "contacts": Contact,
    "asks": Ask,
    "meetings": Meeting,
    "talks": Talk,
    "promises": Promise,
    "touches": Touch,
    "questions": QuestionUse,
    "check-ins": CheckIn,
    "reviews": PeerReview,
    "concerns": Concern,
    "events": Going,
    "wins": Win,
    "who-knows": WhoKnows,
}
"""Everything that members write, by the name of its table."""
INTRODUCTIONS, PAIRINGS, PARTNERSHIPS = "introductions", "pairings", "partnerships"
SHARED: dict[str, tuple[type[Any], Callable[[Context], list[Any]]]] = {
    INTRODUCTIONS: (MyIntroduction, introductions_of),
    "events": (MyEvent, events_of),
    PAIRINGS: (MyPairing, pairings_of),
    PARTNERSHIPS: (MyPartnership, partnerships_of),
}
"""What belongs to several: each gets of it what they may know."""
EXPORTED: dict[str, type[Any]] = KINDS | {name: kind for name, (kind, _rows) in SHARED.items()}
"""What the export writes."""


def rows_of_member(ctx: Context) -> dict[str, list[Any]]:
    """The member's own rows of every kind."""
    rows: dict[str, list[Any]] = {
        name: ctx.store.find(kind, **_mine(ctx, kind)) for name, kind in KINDS.items()
    }
    return rows | {name: rows_of(ctx) for name, (_kind, rows_of) in SHARED.items()}


def counts_of_member(ctx: Context) -> dict[str, int]:
    """How many rows of every kind."""
    counts = {name: ctx.store.count(kind, **_mine(ctx, kind)) for name, kind in KINDS.items()}
    return counts | {name: len(rows_of(ctx)) for name, (_kind, rows_of) in SHARED.items()}


def has_rows(store: Store, member_id: int) -> bool:
    """Whether a member has written anything at all."""
    return has_introductions(store, member_id) or any(
        store.first(kind, **_of(member_id, kind)) is not None for kind in KINDS.values()
    )


def _mine(ctx: Context, kind: type[Any]) -> dict[str, Any]:
    return _of(ctx.member.id, kind)


def _of(member_id: int, kind: type[Any]) -> dict[str, Any]:
    return {"owner_id" if kind is Contact else "member_id": member_id}
