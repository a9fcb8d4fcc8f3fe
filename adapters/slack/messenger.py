"""Sends messages that are owed: each post once, never repeated blindly.

Slack has no idempotency key. After an ambiguous failure the post is not repeated: it is looked for
in the conversation's history (``finding.py``), by the row's nonce in its metadata.
"""

import asyncio
from collections.abc import Sequence

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from whenever import Instant

from adapters.slack.errors import trouble_of
from adapters.slack.finding import find
from adapters.slack.parse import SURFACE
from adapters.slack.posting import (
    FAILURES,
    TOO_MANY,
    asked_to_wait,
    code_of,
    numbered,
    post,
    send_apart,
)
from adapters.slack.render import Drawn, Pen
from adapters.slack.surface import SlackSurface
from adapters.slack.workspaces import Workspaces
from bot.domain.cohort import Account, Member, Workspace
from bot.limits import Limits, Rate, Reach
from bot.ports import LOOK_AGAIN, Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Answer

log = structlog.get_logger(__name__)
LIMITS = Limits(workspace=Rate(per_second=4, burst=270), place=Rate(per_second=1))
"""Slack: one message a second in a conversation, and several hundred a minute in a workspace, with
bursts (pages "Rate limits" and chat.postMessage). Never more than 510 in a minute here; another
vendor that writes to whole companies keeps to 525."""
WAIT = 30.0
"""Seconds, when Slack says "wait" and not how long."""
SHORT_WAIT = 5.0
"""Seconds that a later part of a message may be held back for, within one attempt."""
PALM_TREE = ":palm_tree:"


class SlackMessenger:
    """The Messenger port on Slack."""

    limits = LIMITS

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

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
        team = await self._workspaces.team(workspace.external_id, workspace.token)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        drawn = Pen(workspace.cohort_id, member.zone).draw(answer)
        outcome = await _post(team.client, account.external_id, drawn, nonce)
        if not isinstance(outcome, Sent) or not drawn.apart:
            return outcome
        dm = outcome.reference.partition("/")[0]
        failed = await _send_apart(team.client, dm, drawn, member.zone, nonce)
        return failed or Sent(outcome.reference, posts=1 + len(drawn.apart))

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message in the cohort's channel."""
        team = await self._workspaces.team(workspace.external_id, workspace.token)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        if not workspace.channel:
            return Refused("no channel was chosen", Trouble.PLACE)
        drawn = Pen(workspace.cohort_id).post(answer)
        return await _post(team.client, workspace.channel, drawn, nonce)

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
        team = await self._workspaces.team(workspace.external_id, workspace.token)
        if team is None:
            return Refused("no token for this workspace", Trouble.WORKSPACE)
        try:
            opened = await team.client.conversations_open(
                users=",".join(each.external_id for each in accounts)
            )
        except FAILURES as error:  # opening sends nothing, and the same people have one group DM
            return _refused(error) or Refused(type(error).__name__)
        drawn = Pen(workspace.cohort_id).post(answer)
        return await _post(team.client, opened["channel"]["id"], drawn, nonce)

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """All of its posts, in the history; where we may not read that, it stays unclear."""
        team = await self._workspaces.team(workspace.external_id, workspace.token)
        if team is None:
            return Unclear("no token for this workspace")
        pen = Pen(workspace.cohort_id)
        drawn = pen.draw(answer) if len(accounts) == 1 else pen.post(answer)
        users = ",".join(each.external_id for each in accounts)
        return await find(team.client, users, workspace.channel, drawn, nonce, since)

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> Instant | None:
        """What "Vacationing" puts into their status, until its end (FEATURES F8)."""
        told = await self._workspaces.profile(workspace.external_id, account.external_id)
        if told.status != PALM_TREE:
            return None
        if not told.status_ends:
            return now + LOOK_AGAIN
        ends = Instant.from_timestamp(told.status_ends)
        return ends if ends > now else None


async def _post(client: AsyncWebClient, channel: str, drawn: Drawn, nonce: str) -> Outcome:
    try:
        made = await post(client, channel, drawn.text, drawn.blocks, nonce)
    except aiohttp.ClientConnectorError:
        return Refused("Slack cannot be reached")
    except FAILURES as error:
        return _refused(error) or Unclear(code_of(error))
    return Sent(f"{made['channel']}/{made['ts']}")


async def _send_apart(
    client: AsyncWebClient, dm: str, drawn: Drawn, zone: str, nonce: str
) -> Outcome | None:
    """What comes after the message. Its first post is there, so nothing is a plain no any more: a
    part that did not come leaves the message unclear, which the member is told in the end."""
    for number, part in enumerate(drawn.apart, start=1):
        try:
            try:
                await send_apart(client, dm, part, zone, numbered(nonce, number))
            except SlackApiError as error:
                wait = asked_to_wait(error)
                if not 0 < wait <= SHORT_WAIT:
                    raise
                await asyncio.sleep(wait)  # nothing was posted, so once more is once
                await send_apart(client, dm, part, zone, numbered(nonce, number))
        except FAILURES as error:
            log.warning("slack part of a message not sent", error=code_of(error), part=number)
            return Unclear(f"part {number}: {code_of(error)}")
    return None


def _refused(error: BaseException) -> Refused | None:
    """Slack's plain no; None when the message may have been made."""
    if not isinstance(error, SlackApiError):
        return None
    answer = error.response
    code = str(answer.get("error") or "")
    if answer.status_code == TOO_MANY or code in ("ratelimited", "rate_limited"):
        wait = asked_to_wait(error) or WAIT
        return Refused(code or "ratelimited", retry_after=wait, reach=Reach.WORKSPACE)
    trouble = trouble_of(code)
    if answer.status_code >= 500 or trouble is Trouble.UNCLEAR or not code:
        return None
    return Refused(code, trouble)
