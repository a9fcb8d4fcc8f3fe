"""The simplest Discord app: discord.py answering `/question` with a fixed text.

python -m bench.bare_discord API_URL GATEWAY_URL TOKEN
"""

import asyncio
import sys

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.words import FIXED


class Bare(discord.Client):
    """A client with one command."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)

    async def on_ready(self) -> None:
        """On the gateway."""
        print("connected", flush=True)  # noqa: T201


async def serve(api_url: str, gateway_url: str, token: str) -> None:
    """Answer until stopped."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    client = Bare()

    @client.tree.command(name="question", description="A fixed text.")
    async def question(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(FIXED, ephemeral=True)

    await client.start(token)


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
