"""Slack, joined to the house: what the composition root starts, stops and routes to."""

from collections.abc import Callable, Mapping, Sequence

from aiohttp import web
from slack_sdk.errors import SlackApiError

from adapters.configuration import ConfigurationError
from adapters.house import House
from adapters.slack import http
from adapters.slack.answers import FAILURES, code_of
from adapters.slack.app import SlackApp
from adapters.slack.install import Credentials, Installs
from adapters.slack.messenger import SlackMessenger
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
        self.checks: Mapping[str, Callable[[], bool]] = connected

    async def start(self) -> None:
        """Connects. Raises ConfigurationError when Slack refuses the tokens."""
        name = "SLACK_BOT_TOKEN"
        try:
            await self._workspaces.start()
            name = "SLACK_APP_TOKEN"
            if self._app_token:
                await self._app.connect(self._app_token)
        except FAILURES as error:
            await self.stop()
            if not isinstance(error, SlackApiError):
                raise ConfigurationError(f"Slack cannot be reached ({code_of(error)}).") from error
            raise ConfigurationError(
                f"Slack did not take {name} ({code_of(error)}). docs/running/slack.md says where "
                "to find it."
            ) from error

    async def stop(self) -> None:
        """Finishes what was begun and disconnects."""
        await self._app.stop()
        await self._workspaces.stop()


def make_wing(house: House) -> SlackWing:
    """Without I/O; ``start`` connects it."""
    return SlackWing(house)
