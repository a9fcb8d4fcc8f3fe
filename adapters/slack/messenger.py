"""Sends messages that are owed: one post, never repeated blindly.

Slack has no idempotency key. After an ambiguous failure the DM's history is read for the row's
nonce, kept in the message's metadata; what is found there was sent, and what is not was not.
"""

import asyncio
from collections.abc import Sequence

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from whenever import Instant

from adapters.slack.answers import FAILURES, post, send_apart
from adapters.slack.errors import trouble_of
from adapters.slack.parse import SURFACE
from adapters.slack.render import Drawn, Pen
from adapters.slack.surface import SlackSurface
from adapters.slack.workspaces import Workspaces
from bot.domain.cohort import Account, Member, Workspace
from bot.ports import LOOK_AGAIN, Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Answer

log = structlog.get_logger(__name__)
LOOK_BACK = 20
"""Messages of the DM that are read after an ambiguous failure."""
BEFORE_LOOKING = 2.0
"""Seconds that a request which was cut off is given to have its effect."""
PALM_TREE = ":palm_tree:"


class SlackMessenger:
    """The Messenger port on Slack."""

    def __init__(self, workspaces: Workspaces, before_looking: float = BEFORE_LOOKING) -> None:
        self._workspaces, self._before_looking = workspaces, before_looking

    @property
    def surface(self) -> str:
        """Slack."""
        return SURFACE

    @property
    def repeatable(self) -> bool:
        """Slack makes two messages of two posts, whatever they say."""
        return False

    @property
    def holds(self) -> SlackSurface:
        """What one message holds."""
        return SlackSurface()

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """A direct message, and what has to stand alone after it."""
        team = await self._workspaces.team(workspace.external_id)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        drawn = Pen(workspace.cohort_id, member.zone).draw(answer)
        outcome = await self._post(team.client, account.external_id, drawn, nonce)
        if isinstance(outcome, Sent) and drawn.apart:
            await self._send_apart(team.client, team.id, account, drawn, member.zone)
        return outcome

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message in the cohort's channel."""
        team = await self._workspaces.team(workspace.external_id)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        if not workspace.channel:
            return Refused("no channel was chosen", Trouble.PLACE)
        drawn = Pen(workspace.cohort_id).post(answer)
        return await self._post(team.client, workspace.channel, drawn, nonce)

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> Instant | None:
        """What "Vacationing" puts into their status, until its end (FEATURES F8)."""
        told = await self._workspaces.profile(workspace.external_id, account.external_id)
        if told.status != PALM_TREE:
            return None
        if not told.status_ends:
            return now + LOOK_AGAIN
        ends = Instant.from_timestamp(told.status_ends)
        return ends if ends > now else None

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """A message in the group DM of these people: the same people, the same group DM."""
        del before
        team = await self._workspaces.team(workspace.external_id)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        try:
            opened = await team.client.conversations_open(
                users=",".join(each.external_id for each in accounts)
            )
        except FAILURES as error:  # opening sends nothing, and the same people have one group DM
            return _refused(error) or Refused(type(error).__name__)
        drawn = Pen(workspace.cohort_id).post(answer)
        return await self._post(team.client, opened["channel"]["id"], drawn, nonce)

    async def _post(
        self, client: AsyncWebClient, channel: str, drawn: Drawn, nonce: str
    ) -> Outcome:
        try:
            made = await post(client, channel, drawn.text, drawn.blocks, nonce)
        except aiohttp.ClientConnectorError:
            return Refused("Slack cannot be reached")
        except FAILURES as error:
            refused = _refused(error)
            return refused or await self._look(client, channel, nonce, type(error).__name__)
        return Sent(f"{made['channel']}/{made['ts']}")

    async def _look(self, client: AsyncWebClient, channel: str, nonce: str, why: str) -> Outcome:
        """Whether the message is there after all."""
        await asyncio.sleep(self._before_looking)
        try:
            if channel.startswith(("U", "W")):
                channel = (await client.conversations_open(users=channel))["channel"]["id"]
            read = await client.conversations_history(
                channel=channel, limit=LOOK_BACK, include_all_metadata=True
            )
        except FAILURES:
            return Unclear(why)
        for message in read["messages"]:
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("n") == nonce:
                return Sent(f"{channel}/{message['ts']}")
        return Refused(why)

    async def _send_apart(
        self, client: AsyncWebClient, team: str, account: Account, drawn: Drawn, zone: str
    ) -> None:
        dm = await self._workspaces.dm(team, account.external_id)
        for part in drawn.apart:
            try:
                await send_apart(client, dm or account.external_id, part, zone)
            except FAILURES as error:
                log.warning("slack part of a message not sent", error=type(error).__name__)


def _refused(error: BaseException) -> Refused | None:
    """Slack's plain no; None when the message may have been made."""
    if not isinstance(error, SlackApiError):
        return None
    answer = error.response
    code = str(answer.get("error") or "")
    wait = float(answer.headers.get("Retry-After") or 0)
    if answer.status_code == 429:
        return Refused(code or "ratelimited", retry_after=wait)
    trouble = trouble_of(code)
    if answer.status_code >= 500 or trouble is Trouble.UNCLEAR or not code:
        return None
    return Refused(code, trouble, retry_after=wait)
