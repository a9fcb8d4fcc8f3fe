"""``python -m tests.servers.discord``: the stand-in Discord as a process of its own."""

import asyncio
import contextlib

from tests.servers.control import asked_for, stay
from tests.servers.discord.server import Discord


async def main() -> None:
    """Until it is ended."""
    asked = asked_for("discord")
    discord = Discord()
    await discord.start(asked.port)
    about = {"base": discord.base, "DISCORD_API_URL": discord.api_url}
    await stay(discord, {**about, "DISCORD_TOKEN": discord.token}, asked)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
