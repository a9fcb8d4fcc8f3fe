"""``python -m tests.servers.slack``: the stand-in Slack as a process of its own."""

import asyncio
import contextlib

from tests.servers.control import asked_for, stay
from tests.servers.slack.server import SlackServer


async def main() -> None:
    """Until it is ended."""
    asked = asked_for("slack")
    slack = SlackServer()
    await slack.start(asked.port)
    about = {
        "base": slack.base,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    await stay(slack, about, asked)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
