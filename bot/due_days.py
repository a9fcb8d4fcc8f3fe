"""Days to write to somebody, and the days of promises, as whole days in a member's calendar.

Calendars are shared and shown on walls, so a promise says to whom and not what.
"""

from collections.abc import Iterator

from whenever import Date, Instant, Time

from bot.domain.cohort import Member
from bot.domain.people import Contact
from bot.domain.talks import Promise, Talk
from bot.domain.touch import next_touch
from bot.files.calendars import CalendarEntry
from bot.ports import Not, Store
from bot.touches import last_touches_of


def due_days(store: Store, member: Member) -> Iterator[CalendarEntry]:
    """The next touch with each person on their list, and each promise that is not kept yet."""
    people = {each.id: each for each in store.find(Contact, owner_id=member.id, removed=None)}
    yield from _touches(store, member, people)
    yield from _promises(store, member, people)


def _touches(store: Store, member: Member, people: dict[int, Contact]) -> Iterator[CalendarEntry]:
    usual = store.cohort().numbers.touch_days
    lasts = last_touches_of(store, member)
    for each in people.values():
        last = lasts.get(each.id)
        due = next_touch(each, last, usual)
        if due is not None and last is not None:
            # Another day is another entry: a touch in between takes this one away.
            made = each.added.timestamp(unit="microsecond")
            yield CalendarEntry(
                uid=f"due-{each.cohort_id}-{each.id}-{made}-{due.format_iso()}@snowball",
                summary=f"A line to {each.name}",
                starts=due,
                changed=_midnight(last),
            )


def _promises(store: Store, member: Member, people: dict[int, Contact]) -> Iterator[CalendarEntry]:
    open_ones = store.find(Promise, member_id=member.id, done=None, due=Not(None), order="due")
    numbers = tuple({each.talk_id for each in open_ones})
    talks = {each.id: each for each in store.find(Talk, id=numbers)} if numbers else {}
    for each in open_ones:
        talk = talks.get(each.talk_id)
        whom = people.get(talk.contact_id) if talk is not None else None
        if talk is not None and whom is not None and each.due is not None:
            logged = talk.logged.timestamp(unit="microsecond")
            yield CalendarEntry(
                uid=f"promise-{each.cohort_id}-{each.id}-{logged}@snowball",
                summary=f"Promised to {whom.name}",
                starts=each.due,
                changed=talk.logged,
            )


def _midnight(day: Date) -> Instant:
    return day.at(Time()).assume_utc()
