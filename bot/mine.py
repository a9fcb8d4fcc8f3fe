"""Which rows belong to a member: what the export writes and what deleting takes away."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.care import Concern, PeerReview, Touch
from bot.domain.events import Going, Win
from bot.domain.introductions import WhoKnows
from bot.domain.meetings import Meeting
from bot.domain.pairings import Pairing, Partnership
from bot.domain.people import Alum, Contact, Volunteer
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
from bot.volunteering import entry_of

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


def entries_of(ctx: Context) -> list[Alum]:
    """Their own line of the alumni directory, as the directory has it."""
    mine = entry_of(ctx.store, ctx.member.id)
    return [mine] if mine is not None else []


SHARED: dict[str, tuple[type[Any], Callable[[Context], list[Any]]]] = {
    INTRODUCTIONS: (MyIntroduction, introductions_of),
    "events": (MyEvent, events_of),
    PAIRINGS: (MyPairing, pairings_of),
    PARTNERSHIPS: (MyPartnership, partnerships_of),
    "entries": (Alum, entries_of),
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
    """Whether a member has written anything at all, or others count on them."""
    return has_introductions(store, member_id) or any(
        store.first(kind, **having) is not None for kind, having in _traces(member_id)
    )


def _traces(member_id: int) -> Iterator[tuple[type[Any], dict[str, Any]]]:
    for kind in KINDS.values():
        yield kind, _of(member_id, kind)
    yield Volunteer, {"member_id": member_id}
    yield Partnership, {"student_id": member_id}
    for which in ("first_id", "second_id", "third_id"):
        yield Pairing, {which: member_id}


def _mine(ctx: Context, kind: type[Any]) -> dict[str, Any]:
    return _of(ctx.member.id, kind)


def _of(member_id: int, kind: type[Any]) -> dict[str, Any]:
    return {"owner_id" if kind is Contact else "member_id": member_id}
