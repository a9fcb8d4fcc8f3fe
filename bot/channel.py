"""The cohort's channel: one in each of its workspaces, once an organiser has chosen it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from whenever import Instant

from bot.domain.cohort import Member, Role, Workspace
from bot.domain.owed import Owed, Urgency
from bot.domain.recipients import ToMember, written
from bot.invocation import call, write
from bot.ports import Not, Store
from bot.refusal import refuse

if TYPE_CHECKING:
    from bot.context import Context

UNPOSTED = "cohort unposted"
"""The reminder by which organisers hear that a channel cannot be written to."""
UNSEEN = "cohort unseen"
"""The reminder by which they hear that a post may not be there."""


def channels(store: Store) -> list[Workspace]:
    """The workspaces that have a channel, oldest first."""
    return store.find(Workspace, channel=Not(""))


def choose_channel(ctx: "Context") -> Workspace:
    """The channel that this was typed in becomes the cohort's, in the actor's workspace.

    Raises RefusalError in a DM, and where we cannot write. The command that calls this is declared
    with ``enters=True``, so that the surface has gone in where it can."""
    actor, place = ctx.said.actor, ctx.place
    workspace = ctx.store.first(
        Workspace, surface=actor.surface, external_id=actor.workspace or "?"
    )
    if place.private or not place.channel or workspace is None:
        raise refuse("Type this in the channel that the whole cohort reads.")
    if place.barred:
        raise refuse("{why}", why=place.barred)
    chosen = replace(workspace, channel=place.channel)
    if chosen != workspace:
        ctx.store.save(chosen)
    return chosen


def organisers(store: Store) -> list[Member]:
    """Who is told when something about the whole cohort needs a hand."""
    return store.find(Member, role=Role.ORGANISER, stopped=None)


def tell_unposted(store: Store, workspace_id: int, now: Instant) -> None:
    """Owe each organiser the word that this channel could not be written to: once a day."""
    called = call(UNPOSTED, workspace=workspace_id)
    for each in organisers(store):
        store.owe(
            Owed(
                cohort_id=store.cohort_id,
                member_id=each.id,
                to=written(ToMember(each.id)),
                command=UNPOSTED,
                subject=f"workspace:{workspace_id}",
                occurrence=now.to_tz(each.zone or "UTC").date().format_iso(),
                call=write(called),
                due=now,
                urgency=Urgency.ANSWER,
            )
        )
