"""What people asked for since a backup holds after it was restored, too: to be left in peace.

Who stopped stays stopped, who deleted everything is deleted again, and alumni who left the list or
asked not to be asked stay away: as far as the database that is replaced still knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from whenever import Instant

from bot.domain.cohort import Member
from bot.domain.people import Alum
from bot.ports import Store, Stores
from bot.together import forget
from bot.volunteering import forget_entry

Row = Sequence[Any]
LOOKS: Mapping[str, str] = {
    "cohorts": "SELECT id, created FROM {at}cohorts",
    "members": "SELECT cohort_id, id, joined, stopped FROM {at}members",
    "alumni": 'SELECT cohort_id, id, imported, consent, "left", do_not_contact FROM {at}alumni',
    "restored": "SELECT last FROM {at}counters WHERE name = 'restored from'",
}
"""What is read of the database that goes; ``at`` is where its tables are."""
RESTORED = "restored from"
"""The counter that says when the backup was made that a database comes from."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many wishes were carried over."""

    stopped: int = 0
    deleted: int = 0
    alumni: int = 0


def honour(stores: Stores, before: Mapping[str, Sequence[Row]], now: Instant) -> Kept:
    """``before``: what :data:`LOOKS` found in the database that is replaced.

    A class that is another one there, by the moment it was made, tells nothing of this one."""
    same = {(row[0], row[1]) for row in before["cohorts"]}
    kept = [
        _in_cohort(stores, cohort.id, before, now)
        for cohort in stores.cohorts()
        if (cohort.id, _number(cohort.created)) in same
    ]
    return Kept(
        sum(each.stopped for each in kept),
        sum(each.deleted for each in kept),
        sum(each.alumni for each in kept),
    )


def _in_cohort(
    stores: Stores, cohort_id: int, before: Mapping[str, Sequence[Row]], now: Instant
) -> Kept:
    members = {row[1]: row[2:] for row in before["members"] if row[0] == cohort_id}
    alumni = {row[1]: row[2:] for row in before["alumni"] if row[0] == cohort_id}
    with stores.writing(cohort_id) as store:
        gone, stopped, left = 0, 0, 0
        for member in store.find(Member):
            found = members.get(member.id)
            if found is None and _was_there(member, before["restored"]):
                _delete(store, member, now)
                gone += 1
            elif found and found[0] == _number(member.joined) and found[1] and not member.stopped:
                at = Instant.from_timestamp(found[1], unit="microsecond")
                store.save(replace(member, stopped=at))
                stopped += 1
        for alum in store.find(Alum):
            found = alumni.get(alum.id)
            if found and found[0] == _number(alum.imported):
                after = _left(alum, *found[1:])
                if after != alum:
                    store.save(after)
                    left += 1
    return Kept(stopped, gone, left)


def _was_there(member: Member, restored: Sequence[Row]) -> bool:
    """Who joined after the backup from which that database came is not missing there."""
    return all(_number(member.joined) <= at for (at,) in restored)


def _delete(store: Store, member: Member, now: Instant) -> None:
    forget(store, member.id)
    forget_entry(store, member.id, now)
    store.remove(member)


def _left(alum: Alum, consent: bool, left: int | None, do_not_contact: bool) -> Alum:
    """Only ever less than the backup allows."""
    at = Instant.from_timestamp(left, unit="microsecond") if left is not None else None
    return replace(
        alum,
        consent=alum.consent and bool(consent),
        left=alum.left or at,
        do_not_contact=alum.do_not_contact or bool(do_not_contact),
    )


def _number(at: Instant) -> int:
    return at.timestamp(unit="microsecond")
