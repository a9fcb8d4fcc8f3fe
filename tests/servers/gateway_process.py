"""``python -m tests.servers.gateway_process``: a process that wants Discord's gateway, with a lease
of its own length, so that a test need not wait for the real one. It answers one command.

``DATABASE_URL FOLDER DISCORD_API_URL TOKEN LASTS EVERY LOOK``; prints a line when it listens.
"""

import asyncio
import signal
import sys
from pathlib import Path

from pydantic import SecretStr

from adapters.compose import build
from adapters.discord.wing import DiscordWing
from adapters.keeper import Terms
from bot.settings import Settings


async def main(url: str, folder: str, api: str, token: str, *terms: str) -> None:
    """Until it is told to stop, or killed."""
    settings = Settings(
        _env_file=None,
        database_url=url,
        SNOWBALL_DATA=Path(folder),
        discord_token=SecretStr(token),
        discord_api_url=api,
    )
    house = build(settings, apart=True)
    wing = DiscordWing(house, Terms(*map(float, terms)), pace=0)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await wing.open()
    await wing.listen()
    print("listens as", wing.keeper.holder, flush=True)
    await stopping.wait()
    await wing.leave()
    await wing.close()
    house.stores.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
