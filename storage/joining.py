"""A workspace that is still empty joins another cohort, by a code of that cohort's organiser.

The one place, besides the look-ups above cohorts, where a statement is not bound to one cohort.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update
from whenever import Instant

from bot.domain.codes import Code, CodeFor
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.drafts import Draft, Seen
from bot.domain.linking import is_good
from bot.domain.owed import Owed
from bot.ports import NotEmptyError
from storage.tables import HASH

if TYPE_CHECKING:
    from storage.store import SqlStore

COMES_OF_ITSELF = (Workspace, Member, Account, Draft, Seen, Owed, Code)
"""What there is before anybody has begun to work."""


def join_workspace(
    store: "SqlStore", code: str, place: tuple[str, str], now: Instant
) -> str | None:
    """The name of the cohort joined; None when no code of another cohort's fits.

    ``place``: the surface and its own id of the workspace. Raises NotEmptyError."""
    found = _good_code(store, code, now)
    here = store.first(Workspace, surface=place[0], external_id=place[1])
    if found is None or here is None or found.cohort_id == store.cohort_id:
        return None
    if not _is_empty(store):
        raise NotEmptyError
    _take_out(store, here)
    _put_in(store, replace(here, cohort_id=found.cohort_id, channel=""))
    _use(store, found, now)
    return _name(store, found.cohort_id)


def _good_code(store: "SqlStore", code: str, now: Instant) -> Code | None:
    mapped = store.schema.of(Code)
    wanted = (
        select(*mapped.columns)
        .where(
            mapped.table.c["key" + HASH].in_(store.schema.cipher.hashes(code)),
            mapped.table.c.joins == CodeFor.WORKSPACE,
        )
        .with_for_update()  # a second press waits, and finds it used
    )
    row = store.connection.execute(wanted).one_or_none()
    found: Code | None = None if row is None else mapped.value(row)
    return found if found is not None and is_good(found, now) else None


def _is_empty(store: "SqlStore") -> bool:
    if store.count(Workspace) != 1:
        return False
    kinds: list[type[Any]] = [
        each.kind for each in store.schema if each.kind not in COMES_OF_ITSELF
    ]
    return not any(store.count(kind) for kind in kinds)


def _take_out(store: "SqlStore", workspace: Workspace) -> None:
    """The workspace with its accounts; members who only looked in have nothing to keep."""
    store.remove(workspace)
    members = store.schema.of(Member).table
    store.connection.execute(delete(members).where(members.c.cohort_id == store.cohort_id))


def _put_in(store: "SqlStore", workspace: Workspace) -> None:
    """Written as the store of that cohort would write it."""
    store.in_cohort(workspace.cohort_id).add(replace(workspace, id=0))


def _use(store: "SqlStore", code: Code, now: Instant) -> None:
    mapped = store.schema.of(Code)
    mine = (mapped.table.c.cohort_id == code.cohort_id) & (mapped.table.c.id == code.id)
    store.connection.execute(update(mapped.table).where(mine).values(used=now))


def _name(store: "SqlStore", cohort_id: int) -> str:
    table = store.schema.cohort.table
    name = store.connection.execute(select(table.c.name).where(table.c.id == cohort_id))
    return str(name.scalar_one())
