"""The last touch with each contact, from what was logged: nothing of it is kept twice."""

from collections.abc import Iterable

from whenever import Date, Instant

from bot.context import Context
from bot.domain.care import Touch
from bot.domain.cohort import Member
from bot.domain.talks import Talk
from bot.ports import Store


def last_touches(ctx: Context) -> dict[int, Date]:
    """By contact: the day of the last talk, thank-you or touch."""
    return last_touches_of(ctx.store, ctx.member)


def last_touches_of(store: Store, member: Member) -> dict[int, Date]:
    """The same of any member, for what is no reply to them."""
    lasts: dict[int, Date] = {}
    for contact_id, day in _all(store, member):
        if contact_id not in lasts or day > lasts[contact_id]:
            lasts[contact_id] = day
    return lasts


def last_touch(ctx: Context, contact_id: int) -> Date | None:
    """The same for one contact."""
    return last_touches(ctx).get(contact_id)


def _all(store: Store, member: Member) -> Iterable[tuple[int, Date]]:
    zone = member.zone or "UTC"
    for talk in store.find(Talk, member_id=member.id):
        yield talk.contact_id, talk.held
        if talk.thanked is not None:
            yield talk.contact_id, _day(talk.thanked, zone)
    for touch in store.find(Touch, member_id=member.id):
        yield touch.contact_id, _day(touch.at, zone)


def _day(at: Instant, zone: str) -> Date:
    return at.to_tz(zone).date()
