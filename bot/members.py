"""From an account on a surface to a member of a cohort; somebody new is welcomed quietly."""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.cohort import Account, Member, Role, Workspace
from bot.domain.tidy import tidy_line
from bot.invocation import Actor, Invocation
from bot.ports import Store, Stores
from bot.stopping import try_soon

NAME = 80
"""Characters kept of what a surface calls somebody."""
USED_AGAIN_AFTER = TimeDelta(hours=1)
"""How fresh "last used" is kept; finer would make every reading command write."""


def cohort_for(stores: Stores, invocation: Invocation, now: Instant | None = None) -> int | None:
    """The cohort that an event belongs to: the button's, the workspace's, else the one last used.

    A button's cohort counts only for somebody who has an account there. ``now``: an event from a
    workspace through which nothing could be sent is a reason to try it soon."""
    actor = invocation.actor
    if actor.workspace:
        workspace = stores.workspace(actor.surface, actor.workspace)
        if workspace is not None and workspace.stopped is not None and now is not None:
            try_soon(stores, workspace, now)
        return workspace.cohort_id if workspace is not None else None
    accounts = stores.accounts(actor.surface, actor.user)
    named = [each.cohort_id for each in accounts if each.cohort_id == invocation.cohort]
    return next(iter([*named, *(each.cohort_id for each in accounts)]), None)


def known(store: Store, actor: Actor) -> Member | None:
    """The member behind an account, if there is one and nothing about them has to be written."""
    account = store.first(Account, surface=actor.surface, external_id=actor.user)
    if account is None or _told(account, actor) != account:
        return None
    member = store.get(Member, account.member_id)
    if member is None or _brought_up(store, member, actor) != member:
        return None
    return member


def present(store: Store, actor: Actor, now: Instant) -> Member:
    """The member behind an account, made if new and brought up to date."""
    account = store.first(Account, surface=actor.surface, external_id=actor.user)
    member = store.get(Member, account.member_id) if account is not None else None
    if account is None or member is None:
        return _join(store, actor, now)
    told = _told(account, actor)
    if now - account.last_used > USED_AGAIN_AFTER or not account.reachable:
        told = replace(told, last_used=now, reachable=True)
    if told != account:
        store.save(told)
    fresh = _brought_up(store, member, actor)
    if fresh != member:
        store.save(fresh)
    return fresh


def _told(account: Account, actor: Actor) -> Account:
    """Whether they run the workspace; where an event names none, it does not tell."""
    if not actor.workspace or actor.admin is None:
        return account
    return replace(account, admin=actor.admin)


def _brought_up(store: Store, member: Member, actor: Actor) -> Member:
    """What an event tells about its member: rights, a zone where none is known, that they react."""
    role = member.role
    told = actor.workspace and actor.admin is not None
    if told and actor.admin != (role is Role.ORGANISER):
        role = role_of(store, member)
    return replace(member, role=role, zone=member.zone or actor.zone, ignored=0)


def role_of(store: Store, member: Member) -> Role:
    """An organiser by right, because they run one of its workspaces, or by being named.

    Who loses the right and was not named is a student again."""
    if member.named or store.first(Account, member_id=member.id, admin=True) is not None:
        return Role.ORGANISER
    return Role.ALUM if member.role is Role.ALUM else Role.STUDENT


def _join(store: Store, actor: Actor, now: Instant) -> Member:
    workspace = store.first(Workspace, surface=actor.surface, external_id=actor.workspace)
    if workspace is None:
        workspace = store.first(Workspace, surface=actor.surface)
    if workspace is None:
        raise LookupError("an account without a workspace")
    member = store.add(
        Member(
            cohort_id=store.cohort_id,
            name=tidy_line(actor.name)[:NAME] or "Somebody",
            role=Role.ORGANISER if actor.admin else Role.STUDENT,
            zone=actor.zone,
            joined=now,
        )
    )
    store.add(
        Account(
            cohort_id=store.cohort_id,
            member_id=member.id,
            workspace_id=workspace.id,
            surface=actor.surface,
            external_id=actor.user,
            name=tidy_line(actor.name)[:NAME],
            last_used=now,
            admin=bool(actor.admin),
        )
    )
    return member
