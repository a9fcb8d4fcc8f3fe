"""Workspaces through which nothing can be sent until somebody mends it: a revoked token, a lost
right, the app taken out. They rest but for a probe an hour; what is owed there waits; the
organisers hear of it where they can be reached, once when it stops and once when it works again.
"""

from collections.abc import Iterator
from dataclasses import replace

import structlog
from whenever import Instant, TimeDelta

from bot.channel import organisers
from bot.domain.cohort import Account, Member, Workspace, rests
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToMember, written
from bot.invocation import Call, call, write
from bot.ports import Before, Store, Stores
from bot.reply import Moment, Note, Paragraph, Part, Text, text

log = structlog.get_logger(__name__)

STOPPED, MENDED = "cohort stopped", "cohort mended"
"""The reminders by which organisers hear of it."""
LONGEST_CODE = 80
NOT_AT_ONCE = TimeDelta(minutes=5)
"""Between a trial and one that an event brought forward."""


def stop(store: Store, workspace_id: int, trouble: str, now: Instant) -> bool:
    """Nothing goes through it from now on; whether that is news."""
    workspace = store.held(Workspace, workspace_id)
    if workspace is None or workspace.stopped is not None:
        return False
    trouble = trouble[:LONGEST_CODE]
    store.save(replace(workspace, stopped=now, trouble=trouble, probed=now))
    log.error("workspace stopped", workspace=workspace_id, cohort=store.cohort_id, trouble=trouble)
    for each in organisers(store):
        if elsewhere(store, each, workspace_id):
            called = call(STOPPED, workspace=workspace_id)
            _tell(store, each, called, workspace_id, now.format_iso(), now)
    return True


def resume(store: Store, workspace_id: int, now: Instant) -> bool:
    """It works again; whether that is news. What waited goes, spread from this moment on."""
    workspace = store.held(Workspace, workspace_id)
    if workspace is None or workspace.stopped is None:
        return False
    since = workspace.stopped
    waited = _waiting(store, workspace_id, now)
    store.save(replace(workspace, stopped=None, trouble="", probed=None, back=now))
    log.info("workspace works again", workspace=workspace_id, cohort=store.cohort_id)
    for each in organisers(store):
        called = call(MENDED, workspace=workspace_id, waited=waited)
        _tell(store, each, called, workspace_id, since.format_iso(), now)
    return True


def may_probe(store: Store, workspace: Workspace, now: Instant) -> bool:
    """Whether a message may be tried through a workspace now: when it is stopped, one an hour."""
    if workspace.stopped is None:  # the ordinary case takes no lock that others would wait for
        return True
    fresh = store.held(Workspace, workspace.id)
    if fresh is None or fresh.stopped is None:
        return True
    if rests(fresh, now):
        return False
    store.save(replace(fresh, probed=now))
    return True


def stop_at(stores: Stores, surface: str, external_id: str, trouble: str, now: Instant) -> None:
    """The surface said that we are out of this workspace."""
    found = stores.workspace(surface, external_id)
    if found is not None and found.stopped is None:
        with stores.writing(found.cohort_id, f"workspace:{external_id}") as store:
            stop(store, found.id, trouble, now)


def resume_at(
    stores: Stores, surface: str, external_id: str, now: Instant, *, sure: bool = True
) -> None:
    """The surface let us into this workspace. Not ``sure``: the next message will show it."""
    found = stores.workspace(surface, external_id)
    if found is None or found.stopped is None:
        return
    if not sure:
        try_soon(stores, found, now, after=TimeDelta())
        return
    with stores.writing(found.cohort_id, f"workspace:{external_id}") as store:
        resume(store, found.id, now)


def try_soon(
    stores: Stores, workspace: Workspace, now: Instant, after: TimeDelta = NOT_AT_ONCE
) -> None:
    """There is a sign of life from a workspace that is stopped: the hour need not be over."""
    if workspace.probed is None or now - after < workspace.probed <= now:
        return
    with stores.writing(workspace.cohort_id, f"workspace:{workspace.external_id}") as store:
        fresh = store.held(Workspace, workspace.id)
        if fresh is not None and fresh.stopped is not None:
            store.save(replace(fresh, probed=None))


def elsewhere(store: Store, member: Member, workspace_id: int) -> bool:
    """Whether the member can be written to in a workspace that is neither this one nor stopped."""
    accounts = store.find(Account, member_id=member.id, reachable=True)
    others = tuple({each.workspace_id for each in accounts} - {workspace_id})
    return bool(others) and store.first(Workspace, id=others, stopped=None) is not None


def trouble_lines(store: Store) -> Iterator[Part]:
    """For organisers: each workspace that is stopped, since when, and what to do."""
    for each in store.find(Workspace):
        if each.stopped is not None:
            yield Paragraph(cannot_send(each, each.stopped))
            yield Note(what_to_do(each))


def cannot_send(workspace: Workspace, since: Instant) -> Text:
    """Where, and since when."""
    return text(
        "Since {since} I cannot send anything in {place}. What is due there waits, and nothing is"
        " lost.",
        since=Moment(since),
        place=place_of(workspace),
    )


def what_to_do(workspace: Workspace) -> Text:
    """Plainly, for somebody who did not set this up."""
    return text(
        "Adding me there again usually mends it. Whoever runs me can look with"
        " `snowball doctor`; the error is “{code}”.",
        code=workspace.trouble or "?",
    )


def place_of(workspace: Workspace) -> Text:
    """By its name, where it has one."""
    if workspace.name:
        return text("*{name}*", name=workspace.name)
    return text("one of your workspaces ({id})", id=workspace.external_id)


def _waiting(store: Store, workspace_id: int, now: Instant) -> int:
    """Messages that should have gone to somebody in it by now."""
    here = {each.member_id for each in store.find(Account, workspace_id=workspace_id)}
    due = store.find(Owed, state=OwedState.DUE, due=Before(now))
    return sum(each.member_id in here for each in due)


def _tell(
    store: Store, member: Member, called: Call, workspace_id: int, occurrence: str, now: Instant
) -> None:
    store.owe(
        Owed(
            cohort_id=store.cohort_id,
            member_id=member.id,
            to=written(ToMember(member.id)),
            command=called.command,
            subject=f"workspace:{workspace_id}",
            occurrence=occurrence,
            call=write(called),
            due=now,
            urgency=Urgency.ANSWER,
        )
    )
