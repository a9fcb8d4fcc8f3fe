"""Whether a message is there after all: read from the conversation's history, by its nonces.

The history may lag, so what is not in it is not known to be missing.
"""

from collections.abc import Iterator

from slack_sdk.web.async_client import AsyncWebClient
from whenever import Instant, TimeDelta

from adapters.slack.posting import FAILURES, code_of, numbered
from adapters.slack.render import Apart, Attachment, Drawn, Picture
from adapters.slack.words import Json
from bot.ports import Outcome, Sent, Unclear

PAGE = 15
"""Messages at once: all that some apps are given (changelog, 29 May 2025)."""
PAGES = 5
SKEW = TimeDelta(minutes=15)
"""By which our clock and Slack's may differ, and more than an attempt takes."""


async def find(
    client: AsyncWebClient, users: str, channel: str, drawn: Drawn, nonce: str, since: Instant
) -> Outcome:
    """Sent when every post of the message is there. ``users``: whose DM; "" for the channel."""
    missing = list(_marks(drawn, nonce))
    reference = ""
    try:
        if users:
            channel = (await client.conversations_open(users=users))["channel"]["id"]
        oldest, latest = (str((since + skew).timestamp()) for skew in (-SKEW, SKEW))
        for _ in range(PAGES):
            read = await client.conversations_history(
                channel=channel, oldest=oldest, latest=latest, limit=PAGE, include_all_metadata=True
            )
            for message in read["messages"]:
                for mark in _marks_of(message):
                    if mark in missing:
                        missing.remove(mark)
                    if mark == nonce:
                        reference = f"{channel}/{message['ts']}"
                latest = message["ts"]  # from the newest to the oldest
            if not read.get("has_more") or not missing:
                break
    except FAILURES as error:
        return Unclear(f"history: {code_of(error)}")
    if missing:
        return Unclear("not in the history" if nonce in missing else "a part is missing")
    return Sent(reference)


def _marks(drawn: Drawn, nonce: str) -> Iterator[str]:
    """What each post of a message is known by: its nonce, or the name of its file."""
    yield nonce
    for number, part in enumerate(drawn.apart, start=1):
        yield _file(part) or numbered(nonce, number)


def _file(part: Apart) -> str:
    match part:
        case Picture(name=name) | Attachment(name=name):
            return f"file:{name}"
        case _:
            return ""


def _marks_of(message: Json) -> Iterator[str]:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    if payload.get("n"):
        yield str(payload["n"])
    for each in message.get("files") or ():
        yield f"file:{each.get('name')}"
