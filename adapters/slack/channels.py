"""Going into the channel that an organiser chose for the class."""

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack.workspaces import Workspaces

log = structlog.get_logger(__name__)
BARRED = {
    "channel_not_found": (
        "I’m not in this channel yet. Type /invite @Snowball here, then this command again."
    ),
    "is_archived": "This channel is archived. Type this in one that is in use.",
}
"""Slack's words for a channel that we cannot join, and what a person can do about it."""


async def enter(workspaces: Workspaces, team_id: str, channel: str) -> str:
    """Joins a public channel, so that we may post there; why that is impossible, or "".

    Whoever is in a private channel has to invite us; whether somebody did shows when we post,
    because asking would take a scope that tells the names of private channels."""
    team = await workspaces.team(team_id)
    if team is None:
        return ""
    try:
        await team.client.conversations_join(channel=channel)
    except SlackApiError as error:
        return BARRED.get(str(error.response.get("error")), "")
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("slack conversations.join failed", error=type(error).__name__)
    return ""
