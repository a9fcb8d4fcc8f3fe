"""The cohort's channel: one in each of its workspaces, once somebody has chosen it."""

from bot.domain.cohort import Workspace
from bot.ports import Not, Store


def channels(store: Store) -> list[Workspace]:
    """The workspaces that have a channel, oldest first."""
    return store.find(Workspace, channel=Not(""))
