"""Out of a workspace and in again: what Slack's events, a start and an install say about that."""

from dataclasses import replace

from adapters.slack.parse import SURFACE
from adapters.slack.words import Json
from bot.domain.cohort import Workspace
from bot.ports import Clock, Stores
from bot.stopping import resume, resume_at, stop_at

RIGHTS = frozenset(
    {"access_denied", "missing_scope", "no_permission", "not_allowed_token_type", "no_scopes"}
)
"""Troubles that a token which works as such may have still; the next message shows it."""


def takes_us_out(event: Json) -> bool:
    """Whether an event means that we are out; one person's own token is nobody else's matter."""
    if event["type"] == "tokens_revoked":
        return bool((event.get("tokens") or {}).get("bot"))
    return True


def left(stores: Stores, clock: Clock, team: str, code: str) -> None:
    """The token is of no use any more, and nothing goes through this workspace."""
    found = stores.workspace(SURFACE, team)
    if found is None:
        return
    with stores.writing(found.cohort_id) as store:
        fresh = store.held(Workspace, found.id)
        if fresh is not None:
            store.save(replace(fresh, token=""))
    stop_at(stores, SURFACE, team, code, clock.now())


def told_in(stores: Stores, clock: Clock, team: str) -> None:
    """Slack has just said that the token works."""
    found = stores.workspace(SURFACE, team)
    if found is not None and found.stopped is not None:
        sure = found.trouble not in RIGHTS
        resume_at(stores, SURFACE, team, clock.now(), sure=sure)


def installed(stores: Stores, clock: Clock, found: Workspace, token: str, **told: str) -> None:
    """A workspace that we know has let us in (again), with every right that we ask for."""
    with stores.writing(found.cohort_id) as store:
        fresh = store.held(Workspace, found.id)
        if fresh is not None:
            store.save(replace(fresh, token=token, **told))
            resume(store, found.id, clock.now())
