"""The way to a recipient: which account, in which workspace, carried by which messenger."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.delivery.rows import account_of, workspace_of
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed
from bot.domain.recipients import ToChannel, ToMember, ToTogether, recipient_of
from bot.ports import Messenger, Store, Waiting
from bot.together import ground_of

Messengers = Mapping[str, Messenger]
"""By surface."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way that can be gone: to ``account``, to ``accounts`` together, else to the channel.

    ``before``: the surface's own id of an earlier message to the same people together."""

    workspace: Workspace
    account: Account | None
    messenger: Messenger
    accounts: tuple[Account, ...] = ()
    before: str = ""


def route_for(store: Store, waiting: Waiting, messengers: Messengers) -> Route | None:
    """The way for a new message, among the surfaces served; to a member, the account they
    prefer, else the one used last."""
    match recipient_of(waiting.to):
        case ToMember(member_id):
            return _to_account(store, _account(store, member_id, tuple(messengers)), messengers)
        case ToChannel(workspace_id):
            return _to_channel(store, workspace_id, messengers)
        case ToTogether(member_ids):
            return _to_several(store, member_ids, messengers)
        case never:
            assert_never(never)


def same_route(store: Store, row: Owed, messengers: Messengers) -> Route | None:
    """The way that a message went before."""
    match recipient_of(row.to):
        case ToMember():
            account = store.get(Account, account_of(row) or 0)
            reachable = account is not None and account.reachable
            return _to_account(store, account, messengers) if reachable else None
        case ToChannel(workspace_id):
            return _to_channel(store, workspace_id, messengers)
        case ToTogether(member_ids):
            route = _to_several(store, member_ids, messengers)
            same = route is not None and route.workspace.id == workspace_of(row)
            return route if same else None
        case never:
            assert_never(never)


def way_of(store: Store, row: Owed) -> Workspace | None:
    """The workspace that a message went through before, served here or not."""
    if (number := account_of(row)) is not None:
        account = store.get(Account, number)
        return store.get(Workspace, account.workspace_id) if account is not None else None
    return store.get(Workspace, workspace_of(row) or 0)


def is_reachable(store: Store, waiting: Waiting) -> bool:
    """Whether there is a way at all, be it over a surface that others serve."""
    match recipient_of(waiting.to):
        case ToMember(member_id):
            return store.first(Account, member_id=member_id, reachable=True) is not None
        case ToChannel(workspace_id):
            workspace = store.get(Workspace, workspace_id)
            return workspace is not None and workspace.channel != ""
        case ToTogether(member_ids):
            return ground_of(store, member_ids) is not None
        case never:
            assert_never(never)


def _account(store: Store, member_id: int, surfaces: tuple[str, ...]) -> Account | None:
    """Where the member wants to be written to, else the one last used; in a workspace that is
    stopped, only where there is no other."""
    reachable = store.find(
        Account, order="-last_used", member_id=member_id, surface=surfaces, reachable=True
    )
    if len(reachable) > 1:
        member = store.get(Member, member_id)
        homes = store.find(Workspace, id=tuple({each.workspace_id for each in reachable}))
        stopped = {each.id for each in homes if each.stopped is not None}
        reachable.sort(
            key=lambda each: (
                each.workspace_id in stopped,
                member is None or each.surface != member.prefers,
            )
        )
    return next(iter(reachable), None)


def _to_account(store: Store, account: Account | None, messengers: Messengers) -> Route | None:
    if account is None:
        return None
    workspace = store.get(Workspace, account.workspace_id)
    messenger = _messenger(workspace, messengers)
    if workspace is None or messenger is None:
        return None
    return Route(workspace, account, messenger)


def _to_channel(store: Store, workspace_id: int, messengers: Messengers) -> Route | None:
    workspace = store.get(Workspace, workspace_id)
    messenger = _messenger(workspace, messengers)
    if workspace is None or messenger is None or not workspace.channel:
        return None
    return Route(workspace, None, messenger)


def _to_several(store: Store, ids: tuple[int, ...], messengers: Messengers) -> Route | None:
    ground = ground_of(store, ids, tuple(messengers))
    if ground is None:
        return None
    messenger = messengers[ground.workspace.surface]
    return Route(ground.workspace, None, messenger, ground.accounts, ground.before)


def _messenger(workspace: Workspace | None, messengers: Messengers) -> Messenger | None:
    return messengers.get(workspace.surface) if workspace is not None else None
