"""The last touch with each contact, from what was logged: nothing of it is kept twice."""

from collections.abc import Iterable

from whenever import Date, Instant

from bot.context import Context
from bot.domain.care import Touch
from bot.domain.talks import Talk


def last_touches(ctx: Context) -> dict[int, Date]:
    """By contact: the day of the last talk, thank-you or touch."""
    lasts: dict[int, Date] = {}
    for contact_id, day in _all(ctx):
        if contact_id not in lasts or day > lasts[contact_id]:
            lasts[contact_id] = day
    return lasts


def last_touch(ctx: Context, contact_id: int) -> Date | None:
    """The same for one contact."""
    return last_touches(ctx).get(contact_id)


def _all(ctx: Context) -> Iterable[tuple[int, Date]]:
    for talk in ctx.store.find(Talk, member_id=ctx.member.id):
        yield talk.contact_id, talk.held
        if talk.thanked is not None:
            yield talk.contact_id, _day(talk.thanked, ctx.zone)
    for touch in ctx.store.find(Touch, member_id=ctx.member.id):
        yield touch.contact_id, _day(touch.at, ctx.zone)


def _day(at: Instant, zone: str) -> Date:
    return at.to_tz(zone).date()
