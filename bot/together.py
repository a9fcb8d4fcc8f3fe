"""Where a few members can be brought together: a workspace in which every one can be written to."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, OwedState
from bot.domain.recipients import ToTogether, recipient_of, together, written
from bot.ports import Store

AT = " "
"""Between a workspace's number and the surface's own id of a message."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A place to meet. ``accounts``: one of each member, in the order of their ids.

    ``before``: the surface's own id of the last message of the same conversation, if there is one.
    """

    workspace: Workspace
    accounts: tuple[Account, ...]
    before: str = ""


def common_ground(
    store: Store, member_ids: Collection[int], surfaces: Collection[str] | None = None
) -> Workspace | None:
    """The workspace in which these members could meet now; None where there is none.

    Nobody who has stopped or left is brought anywhere. Raises ValueError for too few or many."""
    found = ground_of(store, member_ids, surfaces)
    return found.workspace if found is not None else None


def ground_of(
    store: Store, member_ids: Collection[int], surfaces: Collection[str] | None = None
) -> Ground | None:
    """Where these members meet: where they met before, else the first workspace with all of them.

    ``surfaces``: only through these; None: any."""
    several = together(member_ids)
    if not all_are_here(store, several.member_ids):
        return None
    last = store.first(Owed, order="-settled", to=written(several), state=OwedState.SENT)
    met, before = met_in(last.reference) if last is not None else (0, "")
    grounds = _grounds(store, several.member_ids, surfaces)
    for ground in grounds:
        if ground.workspace.id == met and ground.workspace.stopped is None:
            return Ground(ground.workspace, ground.accounts, before)
    return next(iter(grounds), None)


def all_are_here(store: Store, member_ids: Collection[int]) -> bool:
    """Whether all of them are still members who want to hear."""
    members = store.find(Member, id=tuple(member_ids), stopped=None)
    return len(members) == len(member_ids)


def _grounds(
    store: Store, member_ids: tuple[int, ...], surfaces: Collection[str] | None
) -> list[Ground]:
    there: dict[int, dict[int, Account]] = {}
    for each in store.find(Account, order="last_used", member_id=member_ids, reachable=True):
        if surfaces is None or each.surface in surfaces:
            there.setdefault(each.workspace_id, {})[each.member_id] = each
    grounds = []
    for workspace in store.find(Workspace, id=tuple(there)) if there else []:
        theirs = there[workspace.id]
        fit = workspace.channel or not workspace.meets_in_channel
        if fit and len(theirs) == len(member_ids):
            grounds.append(Ground(workspace, tuple(theirs[each] for each in member_ids)))
    return sorted(grounds, key=lambda ground: ground.workspace.stopped is not None)


def forget(store: Store, member_id: int) -> None:
    """Nothing is kept of what this member was written together with others."""
    for row in store.find(Owed, member_id=None):
        match recipient_of(row.to):
            case ToTogether(member_ids) if member_id in member_ids:
                store.remove(row)
            case _:
                pass


def met_at(workspace_id: int, reference: str) -> str:
    """What a row that was sent remembers: the workspace, and the surface's own id."""
    return f"{workspace_id}{AT}{reference}"


def met_in(kept: str) -> tuple[int, str]:
    """What :func:`met_at` wrote; nothing of anything else."""
    number, _, reference = kept.partition(AT)
    return (int(number), reference) if number.isdigit() else (0, "")
