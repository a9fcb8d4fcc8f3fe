"""One post on Slack, whoever it is for, and what a failure of it says."""

from typing import assert_never

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.render import IN_NOTIFICATION, Apart, Drawn, Pen
from adapters.slack.words import Json, escaped, plain
from bot.reply import Attachment, Copyable, Paragraph, Picture, text

FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError)
IN_ALT_TEXT = 1000
OWED = "snowball_owed"
"""The type of the metadata that names the row behind a message that was owed."""
TOO_MANY = 429


async def post(
    client: AsyncWebClient, channel: str, words: str, blocks: list[Json], nonce: str = ""
) -> AsyncSlackResponse:
    """One message, without previews of what its links lead to."""
    metadata = {"event_type": OWED, "event_payload": {"n": nonce}} if nonce else None
    return await client.chat_postMessage(
        channel=channel,
        text=words,
        blocks=blocks,
        unfurl_links=False,
        unfurl_media=False,
        metadata=metadata,
    )


async def send_apart(
    client: AsyncWebClient, dm: str, part: Apart, zone: str, nonce: str = ""
) -> None:
    """A draft to copy, what can be done with it, a picture or a file: a message of its own.

    ``nonce``: where the message was owed; Slack takes none with a file."""
    match part:
        case Copyable(words):
            drawn = Pen(0).blocks(Paragraph(text("{words}", words=words)))
            await post(client, dm, escaped(words[:IN_NOTIFICATION]), [*drawn], nonce)
        case Picture(png, alt, name):
            alt_text = plain(alt, zone)[:IN_ALT_TEXT]
            await client.files_upload_v2(
                content=png, filename=name, title=name, alt_txt=alt_text, channel=dm
            )
        case Attachment(name, content):
            await client.files_upload_v2(content=content, filename=name, title=name, channel=dm)
        case Drawn(blocks, words):
            await post(client, dm, words, blocks, nonce)
        case _:
            assert_never(part)


def numbered(nonce: str, number: int) -> str:
    """What the n-th post after a message that was owed is known by."""
    return f"{nonce}-{number}"


def asked_to_wait(error: BaseException) -> float:
    """Seconds that Slack asks for, when that is why nothing was posted; else 0."""
    if not isinstance(error, SlackApiError) or error.response.status_code != TOO_MANY:
        return 0.0
    try:
        return max(0.0, float(error.response.headers.get("Retry-After") or 0))
    except ValueError:
        return 0.0


def code_of(error: BaseException) -> str:
    """Slack's own word for what went wrong, or the kind of failure."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return type(error).__name__
