"""``snowball sync discord``: registers the commands. Run by a person, never at start."""

from dataclasses import dataclass

import discord

from adapters.discord import wire
from adapters.discord.commands import application_commands
from adapters.discord.wire import Wire
from bot.command import Registry


@dataclass(frozen=True, slots=True)
class Synced:
    """What was registered, and where the bot can be added to a server."""

    commands: int
    invite: str


SCOPES = "bot%20applications.commands"
PERMISSIONS = 0
"""Nothing: replies are answers to interactions, and DMs need no permission."""


async def sync(registry: Registry, token: str, api_url: str, guild: str = "") -> Synced:
    """Put the registry's commands in place of what is registered, everywhere or in one server.

    Raises discord.LoginFailure for a wrong token."""
    if api_url.rstrip("/") != wire.DEFAULT_API:
        wire.point_at(api_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        app = str(client.application_id)
        made = application_commands(registry)
        await Wire(client).put_commands(app, made, guild)
    invite = (
        f"https://discord.com/oauth2/authorize?client_id={app}"
        f"&scope={SCOPES}&permissions={PERMISSIONS}"
    )
    return Synced(len(made), invite)
