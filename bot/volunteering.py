"""Alumni who list themselves: pausing, coming back, leaving; in the chat and on their page.

Who left stays hidden, whatever a later import says, until they come back themselves (FEATURES K4).
"""

from dataclasses import replace
from hmac import compare_digest

from whenever import Date, Instant, TimeDelta

from bot.domain.care import Concern
from bot.domain.people import UNTIL_THEY_SAY, Alum, Volunteer
from bot.ports import Before, Store

PURPOSE = "alum page"
"""What a link's signature is for; it is good for nothing else."""
SIGNATURE = 24
"""Hexadecimal digits of a signature in a link: 96 bits."""
REGRET = TimeDelta(hours=24)
"""How long the link takes back a leave. The student who sent it on has it, too, and must not be
able to list somebody who left."""


def entry_of(store: Store, member_id: int) -> Alum | None:
    """The member's own line of the directory."""
    mine = store.first(Volunteer, member_id=member_id)
    return store.get(Alum, mine.alum_id) if mine is not None else None


def is_listed(alum: Alum) -> bool:
    """Whether students see them at all."""
    return alum.consent and alum.left is None and not alum.do_not_contact


def listed(store: Store, alum: Alum) -> Alum:
    """On the list, by their own word; a pause of their own ends with it.

    Whom a concern keeps out of the finder stays out until it was looked at (FEATURES B9)."""
    kept_out = has_open_concern(store, alum)
    back = replace(alum, consent=True, left=None, do_not_contact=False)
    return replace(back, paused=kept_out, paused_until=None)


def has_open_concern(store: Store, alum: Alum) -> bool:
    """Whether an organiser has still to look at something about them."""
    return bool(alum.id) and store.first(Concern, alum_id=alum.id, looked_at=None) is not None


def says_paused(store: Store, alum: Alum) -> bool:
    """Whether they paused themselves; what a concern does is not told to them."""
    return alum.paused and (alum.paused_until is not None or not has_open_concern(store, alum))


def paused(alum: Alum, until: Date | None) -> Alum:
    """Out of the finder until that day, or until they say so."""
    return replace(alum, paused=True, paused_until=until or UNTIL_THEY_SAY)


def back_on(alum: Alum) -> Date | None:
    """The day on which their own pause ends by itself."""
    return None if alum.paused_until == UNTIL_THEY_SAY else alum.paused_until


def may_return(alum: Alum, now: Instant) -> bool:
    """Whether whoever holds their link may put them back: for a day after they left by it."""
    regrets = alum.left is not None and now - alum.left < REGRET
    return regrets and not alum.do_not_contact


def gone(alum: Alum, now: Instant) -> Alum:
    """Off the list."""
    return replace(alum, consent=False, left=now, paused_until=None)


def end_pauses(store: Store, now: Instant) -> int:
    """Bring back those whose pause ends; how many."""
    back = store.find(Alum, paused=True, paused_until=_over(now))
    for alum in back:
        store.save(replace(alum, paused=has_open_concern(store, alum), paused_until=None))
    return len(back)


def pauses_end(store: Store, now: Instant) -> bool:
    """Whether there is anybody to bring back."""
    return store.first(Alum, paused=True, paused_until=_over(now)) is not None


def _over(now: Instant) -> Before:
    """Pauses whose day has come, in UTC: nobody's place is known better."""
    return Before(now.to_tz("UTC").date().add(days=1))


# ---- Their own data -----------------------------------------------------------------------------


def forget_entry(store: Store, member_id: int, now: Instant) -> None:
    """Who listed themselves takes their line along; a line of the school's file only hides them."""
    mine = store.first(Volunteer, member_id=member_id)
    entry = store.get(Alum, mine.alum_id) if mine is not None else None
    if mine is None or entry is None:
        return
    if entry.imported == mine.since:
        store.remove(entry)
    else:
        store.save(gone(entry, now))


# ---- The link ------------------------------------------------------------------------------------


def link_to(store: Store, site: str, alum: Alum) -> str:
    """Their page's address; "" where nobody said what our own address is."""
    if not site:
        return ""
    signature = store.signatures(_signed(alum.cohort_id, alum.id))[0][:SIGNATURE]
    return f"{site}/alum/{alum.cohort_id}-{alum.id}-{signature}"


def is_signed(store: Store, alum_id: int, signature: str) -> bool:
    """Whether we made this signature, with today's key or an older one."""
    right = store.signatures(_signed(store.cohort_id, alum_id))
    return any(compare_digest(each[:SIGNATURE], signature) for each in right)


def _signed(cohort_id: int, alum_id: int) -> str:
    return f"{PURPOSE} {cohort_id}-{alum_id}"
