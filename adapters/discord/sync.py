"""``snowball sync discord``: registers the commands. Run by a person, never at start."""

from dataclasses import dataclass

import discord

from adapters.configuration import ConfigurationError
from adapters.discord import wire
from adapters.discord.commands import application_commands
from adapters.discord.rights import CREATE_EVENTS, NEEDED
from adapters.discord.wire import Wire
from bot.command import Registry, registry
from bot.settings import Settings

SCOPES = "bot%20applications.commands"
PERMISSIONS = sum(NEEDED) | CREATE_EVENTS
"""For the cohort's channel alone: replies are answers to interactions, and DMs need nothing."""
UNKNOWN_BOT = "Discord does not know this DISCORD_TOKEN. Copy it anew from the Bot page."


@dataclass(frozen=True, slots=True)
class Synced:
    """What was registered, and where the bot can be added to a server."""

    commands: int
    invite: str


async def sync_commands(settings: Settings) -> str:
    """For the shell: registers, and says what was done and what comes next.

    Raises ConfigurationError with what to fix."""
    token = settings.discord_token.get_secret_value()
    if not token:
        raise ConfigurationError("Set DISCORD_TOKEN first: your application's Bot page has it.")
    try:
        done = await sync(registry(), token, settings.discord_api_url)
    except discord.LoginFailure:
        raise ConfigurationError(UNKNOWN_BOT) from None
    return f"{done.commands} commands registered.\nAdd the bot to a server: {done.invite}"


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
