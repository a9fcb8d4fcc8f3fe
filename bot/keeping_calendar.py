"""The stay-in-touch days of a member as a calendar that goes on without us (FEATURES G5)."""

from collections.abc import Iterator

from bot.calendars import MEDIA_TYPE
from bot.context import Context
from bot.domain.touch import interval, next_touch
from bot.files.calendars import CalendarEntry, write_calendar
from bot.people_kinds import contacts_of
from bot.reply import Attachment
from bot.touches import last_touches


def keeping_calendar(ctx: Context) -> tuple[Attachment | None, int]:
    """One day for each person, coming back as often as they stay in touch; and how many."""
    entries = tuple(_entries(ctx))
    if not entries:
        return None, 0
    content = write_calendar(entries, "Staying in touch")
    return Attachment("staying-in-touch.ics", content, MEDIA_TYPE), len(entries)


def _entries(ctx: Context) -> Iterator[CalendarEntry]:
    usual = ctx.cohort.numbers.touch_days
    lasts = last_touches(ctx)
    for each in contacts_of(ctx):
        due = next_touch(each, lasts.get(each.id), usual)
        if due is None:
            continue
        yield CalendarEntry(
            uid=f"touch-{each.cohort_id}-{each.id}-{each.added.timestamp()}@snowball",
            summary=f"A line to {each.name}",
            starts=max(due, ctx.today.add(days=1)),
            changed=ctx.now,
            every_days=interval(each, usual),
        )
