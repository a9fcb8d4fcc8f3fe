"""A member's introductions for their own file: as much of each as they may know at that moment."""

from dataclasses import dataclass
from typing import Any

from whenever import Instant

from bot.context import Context
from bot.domain.introducing import (
    Seen,
    asker_knows_contact,
    asker_knows_owner,
    ends,
    seen_by_asker,
)
from bot.domain.introductions import Introduction, IntroState
from bot.introducing import blurb_of, contact_of, name_of
from bot.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MyIntroduction:
    """One introduction as one of the three sees it; names where they may be known, else ""."""

    my_part: str
    asked: Instant
    about: str
    asker: str = ""
    introducer: str = ""
    contact: str = ""
    state: str
    blurb: str = ""
    outcome: str = ""
    connected: Instant | None = None


def introductions_of(ctx: Context) -> list[MyIntroduction]:
    """Asked for, owned, and those in which somebody is to be introduced to this member."""
    me = ctx.member.id
    asked = ctx.store.find(Introduction, asker_id=me)
    owned = ctx.store.find(Introduction, owner_id=me)
    meant = ctx.store.find(Introduction, contact_member_id=me)
    rows = [_as_asker(ctx, each) for each in asked if _known_to_asker(each)]
    rows += [_as_owner(ctx, each) for each in owned if _known_to_owner(each)]
    return [*rows, *(_as_contact(ctx, each) for each in meant)]


def has_introductions(store: Store, member_id: int) -> bool:
    """Whether a member has part in any."""
    sides: list[dict[str, Any]] = [
        {"asker_id": member_id},
        {"owner_id": member_id},
        {"contact_member_id": member_id},
    ]
    return any(store.first(Introduction, **side) is not None for side in sides)


def _known_to_asker(intro: Introduction) -> bool:
    """An answer to a question to the class is not, before both yeses."""
    return intro.who_knows_id is None or intro.connected is not None


def _known_to_owner(intro: Introduction) -> bool:
    """A request that was not put before them yet is not."""
    return intro.put is not None or intro.owner_said is not None


def _as_asker(ctx: Context, intro: Introduction) -> MyIntroduction:
    contact = contact_of(ctx, intro) if asker_knows_contact(intro) else None
    owner = intro.owner_id if asker_knows_owner(intro) else None
    days = ctx.cohort.numbers.intro_expires_days
    return MyIntroduction(
        my_part="I asked",
        asked=intro.asked,
        about=intro.about,
        asker=ctx.member.name,
        introducer=name_of(ctx.store, owner) if owner is not None else "",
        contact=contact.name if contact is not None else "",
        state=seen_by_asker(intro, ctx.now, days).value,
        blurb=intro.blurb,
        outcome=intro.outcome,
        connected=intro.connected,
    )


def _as_owner(ctx: Context, intro: Introduction) -> MyIntroduction:
    contact = contact_of(ctx, intro)
    return MyIntroduction(
        my_part="I introduce",
        asked=intro.asked,
        about=intro.about,
        asker=name_of(ctx.store, intro.asker_id),
        introducer=ctx.member.name,
        contact=contact.name if contact is not None else "",
        state=_state_for_owner(ctx, intro),
        blurb=blurb_of(intro),
        outcome=intro.outcome,
        connected=intro.connected,
    )


def _state_for_owner(ctx: Context, intro: Introduction) -> str:
    """A no of the contact here, or of the classmate to an offer, is not told before its end."""
    own_word = intro.owner_said is None or (
        intro.contact_said is not None and intro.contact_member_id is None
    )
    if intro.state is IntroState.DECLINED and not own_word:
        days = ctx.cohort.numbers.intro_expires_days
        over = ctx.now >= ends(intro, days)
        return Seen.OVER.value if over else Seen.WAITING.value
    return intro.state.value


def _as_contact(ctx: Context, intro: Introduction) -> MyIntroduction:
    return MyIntroduction(
        my_part="to me",
        asked=intro.asked,
        about=intro.about,
        asker=name_of(ctx.store, intro.asker_id),
        introducer=name_of(ctx.store, intro.owner_id) if intro.owner_id is not None else "",
        contact=ctx.member.name,
        state=intro.state.value,
        blurb=blurb_of(intro),
        connected=intro.connected,
    )
