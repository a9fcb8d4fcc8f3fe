"""Slack as one service: what the composition root starts, stops and routes to."""

from aiohttp import web

from adapters.slack import http
from adapters.slack.app import SlackApp
from adapters.slack.install import Credentials, Installs
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.dispatch import Dispatcher
from bot.ports import Clock, Stores
from bot.settings import Settings


class SlackService:
    """Socket Mode when there is an app token, signed HTTP when there is a signing secret."""

    def __init__(
        self, settings: Settings, dispatcher: Dispatcher, stores: Stores, clock: Clock
    ) -> None:
        self._settings, self._clock = settings, clock
        token = settings.slack_bot_token.get_secret_value()
        self._signing_secret = settings.slack_signing_secret.get_secret_value()
        self.workspaces = Workspaces(stores, settings.slack_api_url, token)
        self.messenger = SlackMessenger(self.workspaces)
        self._app = SlackApp(dispatcher, self.workspaces, self._signing_secret)
        self._installs: Installs | None = None
        if settings.slack_client_id:
            secret = settings.slack_client_secret.get_secret_value()
            own = Credentials(settings.slack_client_id, secret, settings.slack_api_url)
            self._installs = Installs(own, stores, self.workspaces, clock)

    def add_routes(self, site: web.Application) -> None:
        """The routes that these settings need."""
        if self._signing_secret:
            http.add_route(site, self._app.bolt)
        if self._installs:
            self._installs.add_routes(site)

    async def start(self) -> None:
        """Connects."""
        await self.workspaces.start(self._clock)
        app_token = self._settings.slack_app_token.get_secret_value()
        if app_token:
            await self._app.connect(app_token)

    async def stop(self) -> None:
        """Finishes what was begun and disconnects."""
        await self._app.stop()
        await self.workspaces.stop()
