"""Slack, joined to the house: what the composition root starts, stops and routes to."""

from collections.abc import Mapping, Sequence

from aiohttp import web
from slack_sdk.errors import SlackApiError

from adapters.configuration import ConfigurationError
from adapters.house import Check, House
from adapters.slack import http
from adapters.slack.app import SlackApp
from adapters.slack.install import Credentials, Installs
from adapters.slack.messenger import SlackMessenger
from adapters.slack.posting import FAILURES, code_of
from adapters.slack.workspaces import Workspaces
from bot.ports import Messenger


class SlackWing:
    """Socket Mode when there is an app token, signed HTTP when there is a signing secret."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self._app_token = settings.slack_app_token.get_secret_value()
        self._bot_token = settings.slack_bot_token.get_secret_value()
        self._workspaces = Workspaces(
            house.stores, settings.slack_api_url, house.clock, self._bot_token, house.cohort_id
        )
        signing = settings.slack_signing_secret.get_secret_value()
        self._app = SlackApp(house.dispatcher, self._workspaces, signing)
        self._installs: Installs | None = None
        if settings.slack_client_id:
            secret = settings.slack_client_secret.get_secret_value()
            own = Credentials(settings.slack_client_id, secret, settings.slack_api_url)
            self._installs = Installs(own, house.stores, self._workspaces, house.clock)
        served = [http.route(self._app.bolt)] if signing else []
        self.routes: Sequence[web.AbstractRouteDef] = [
            *served,
            *(self._installs.routes() if self._installs else []),
        ]
        self.messengers: Sequence[Messenger] = [SlackMessenger(self._workspaces)]
        connected = {"slack": self._app.is_connected} if self._app_token else {}
        self.checks: Mapping[str, Check] = connected

    async def open(self) -> None:
        """Raises ConfigurationError when Slack refuses the bot's token."""
        try:
            await self._workspaces.start()
        except FAILURES as error:
            await self.close()
            raise _refused("SLACK_BOT_TOKEN", error) from error

    async def listen(self) -> None:
        """Connects, where there is an app token; over HTTP there is nothing to connect."""
        if not self._app_token:
            return
        try:
            await self._app.connect(self._app_token)
        except FAILURES as error:
            await self.leave()
            await self.close()
            raise _refused("SLACK_APP_TOKEN", error) from error

    async def leave(self) -> None:
        """Disconnects and finishes what was begun."""
        await self._app.stop()

    async def close(self) -> None:
        """The connections for sending."""
        await self._workspaces.stop()


def _refused(name: str, error: Exception) -> ConfigurationError:
    if not isinstance(error, SlackApiError):
        return ConfigurationError(f"Slack cannot be reached ({code_of(error)}).")
    return ConfigurationError(
        f"Slack did not take {name} ({code_of(error)}). docs/running/slack.md says where to find "
        "it."
    )


def make_wing(house: House) -> SlackWing:
    """Without I/O; ``open`` and ``listen`` connect it."""
    return SlackWing(house)
