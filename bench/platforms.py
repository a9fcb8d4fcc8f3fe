"""The stand-in Slack and Discord as the bench drives them: `/question` typed by fifty people."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.apps import App
from bench.load import Ask
from tests.servers.discord.person import COMMAND
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.world import Interaction, snowflake
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer

PEOPLE = 50
MESSAGE = 4
"""Discord's number for an interaction that was answered at once."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One way to reach an app: how Snowball and the bare app are set up, and how it is asked."""

    name: str
    settings: dict[str, str]
    bare: Sequence[str]
    slack: SlackServer | None = None
    discord: Discord | None = None

    async def meet(self, app: App) -> Ask:
        """Once the app is up: what sends it a command."""
        if self.slack is not None:
            return await _slack_asks(self.slack, app)
        if self.discord is not None:
            return await _discord_asks(self.discord)
        raise ValueError(self.name)


@asynccontextmanager
async def slack_http() -> AsyncGenerator[Platform]:
    """Slack by signed requests."""
    async with SlackServer() as slack:
        settings = _slack_settings(slack) | {"SLACK_SIGNING_SECRET": slack.signing_secret}
        bare = ("bench.bare_slack", slack.api_url, slack.bot_token, slack.signing_secret)
        yield Platform("Slack, signed HTTP", settings, bare, slack)


@asynccontextmanager
async def slack_socket() -> AsyncGenerator[Platform]:
    """Slack by Socket Mode."""
    async with SlackServer() as slack:
        settings = _slack_settings(slack) | {"SLACK_APP_TOKEN": slack.app_token}
        secret = slack.signing_secret
        bare = ("bench.bare_slack", slack.api_url, slack.bot_token, secret, slack.app_token)
        yield Platform("Slack, Socket Mode", settings, bare, slack)


@asynccontextmanager
async def discord_gateway() -> AsyncGenerator[Platform]:
    """Discord by its gateway."""
    async with discord_server() as discord:
        settings = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
        gateway = f"{discord.base.replace('http', 'ws')}/gateway"
        bare = ("bench.bare_discord", discord.api_url, gateway, discord.token)
        yield Platform("Discord", settings, bare, discord=discord)


PLATFORMS = (slack_http, slack_socket, discord_gateway)


def _slack_settings(slack: SlackServer) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}


async def _slack_asks(slack: SlackServer, app: App) -> Ask:
    if app.address and not slack.delivery.sockets:
        slack.delivery.request_url = f"{app.address}/slack/events"
    space, place = slack.workspace, slack.workspace.channel("general")
    people = [space.add_person(f"Person {number}") for number in range(PEOPLE)]

    async def ask(number: int) -> bool:
        person = people[number % PEOPLE]
        url = space.new_response_url(place, person.id)
        address = f"{slack.base}hooks/{url.secret}"
        typed = payloads.slash_command(space, person, place, "/question", "", address)
        ack = await slack.delivery.deliver("slash_commands", typed)
        if ack.error:
            raise RuntimeError(f"not acknowledged: {ack}")
        return bool(ack.answer.get("text"))

    return ask


async def _discord_asks(discord: Discord) -> Ask:
    await discord.ready()
    people = [discord.person(f"Person {number}").account for number in range(PEOPLE)]
    command = {"id": snowflake(), "name": "question", "type": 1}

    async def ask(number: int) -> bool:
        by = people[number % PEOPLE]
        asked = Interaction(COMMAND, by, discord.general, command, discord.world.now())
        await discord.tell(asked)
        await asked.settled.wait()
        return asked.answered == MESSAGE

    return ask
