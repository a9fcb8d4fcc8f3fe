"""The way to a recipient: which account, in which workspace, carried by which messenger."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.delivery.rows import account_of
from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed
from bot.ports import Messenger, Not, Store, Waiting

Messengers = Mapping[str, Messenger]
"""By surface."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way that can be gone. ``account`` is None for the cohort's channel."""

    workspace: Workspace
    account: Account | None
    messenger: Messenger


def route_for(store: Store, waiting: Waiting, messengers: Messengers) -> Route | None:
    """The way for a new message: the reachable account used last, among the surfaces served."""
    served = tuple(messengers)
    if waiting.member_id is None:
        workspace = store.first(Workspace, surface=served, channel=Not(""))
        return _route(workspace, None, messengers)
    account = store.first(
        Account, order="-last_used", member_id=waiting.member_id, surface=served, reachable=True
    )
    if account is None:
        return None
    return _route(store.get(Workspace, account.workspace_id), account, messengers)


def same_route(store: Store, row: Owed, messengers: Messengers) -> Route | None:
    """The way that a message went before."""
    if row.member_id is None:
        workspace = store.first(Workspace, surface=tuple(messengers), channel=Not(""))
        return _route(workspace, None, messengers)
    account = store.get(Account, account_of(row) or 0)
    if account is None or not account.reachable:
        return None
    return _route(store.get(Workspace, account.workspace_id), account, messengers)


def is_reachable(store: Store, waiting: Waiting) -> bool:
    """Whether there is a way at all, be it over a surface that others serve."""
    if waiting.member_id is None:
        return store.first(Workspace, channel=Not("")) is not None
    return store.first(Account, member_id=waiting.member_id, reachable=True) is not None


def _route(
    workspace: Workspace | None, account: Account | None, messengers: Messengers
) -> Route | None:
    messenger = messengers.get(workspace.surface) if workspace is not None else None
    if workspace is None or messenger is None:
        return None
    return Route(workspace, account, messenger)
