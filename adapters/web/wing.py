"""The web adapter, joined to the house: the playground as a wing, and the site that serves all."""

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import web

from adapters.house import Check, House, Served
from adapters.web import moves, transcript
from adapters.web.app import Site, make_app
from adapters.web.demo import CAST, CHANNEL, SAID_IN_CHANNEL
from adapters.web.keep import Keeper
from adapters.web.messenger import PlaygroundMessenger
from adapters.web.metrics import Metrics
from adapters.web.playground import Playground
from bot.clocks import MovableClock
from bot.ports import Messenger

KEPT_IN = "playground.jsonl"


class PlaygroundWing:
    """The playground. Its routes are the site's own."""

    def __init__(self, playground: Playground, keeper: Keeper) -> None:
        self.playground = playground
        self._keeper = keeper
        self._messenger = PlaygroundMessenger(playground)

    @property
    def messengers(self) -> Sequence[Messenger]:
        """Who sends what is owed here."""
        return (self._messenger,)

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """None but the site's."""
        return ()

    @property
    def checks(self) -> Mapping[str, Check]:
        """It needs nothing from outside."""
        return {}

    async def open(self) -> None:
        """Find everything as it was left; at first, let the class have said hello."""
        playground, real = self.playground, self.playground.clock.now()
        kept = self._keeper.restore(playground.transcript)
        playground.transcript.changed = self._keeper.message
        playground.clock_moved = self._keeper.clock
        await asyncio.to_thread(playground.know_zones)
        zone = playground.people[0].zone
        playground.clock.move_to(max(kept, real) if kept else moves.opening(real, zone))
        if kept is None:
            self._keeper.clock(playground.clock.now())
            self._say_hello()

    def _say_hello(self) -> None:
        now = self.playground.clock.now()
        for number, (key, words) in enumerate(SAID_IN_CHANNEL):
            at = now.subtract(minutes=50 - 7 * number)
            self.playground.transcript.add(
                transcript.Message(0, transcript.CHANNEL, key, at, words)
            )

    async def listen(self) -> None:
        """The site does."""

    async def leave(self) -> None:
        """The site lets the tabs go."""

    async def close(self) -> None:
        """It has nothing open."""


def make_playground(house: House) -> PlaygroundWing:
    """The playground of a house whose clock can be moved."""
    if not isinstance(house.clock, MovableClock):
        raise TypeError("the playground moves the clock, so it needs one that can be moved")
    playground = Playground(
        house.dispatcher, house.stores, house.registry, house.clock, CAST, channel=CHANNEL
    )
    return PlaygroundWing(playground, Keeper(house.settings.data / KEPT_IN))


def make_site(
    served: Served, playground: PlaygroundWing | None = None, metrics: Metrics | None = None
) -> web.Application:
    """What the one web server serves."""
    opened = playground.playground if playground is not None else None
    if opened is not None:
        opened.tick = served.tick
    return make_app(Site(metrics or Metrics(), served.checks, opened, served.routes))
