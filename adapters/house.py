"""What every adapter is given, and what each gives back, so that the root can join them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from bot.clocks import MovableClock, SystemClock
from bot.command import Registry
from bot.content import Content
from bot.dispatch import Dispatcher
from bot.ports import Messenger, Wakeups
from bot.settings import Settings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class House:
    """One deployment: its settings, its database, its door."""

    settings: Settings
    stores: Database
    registry: Registry
    content: Content
    clock: MovableClock | SystemClock
    bell: Wakeups
    dispatcher: Dispatcher
    cohort_id: int
    """The cohort that the environment's workspaces and the shell act in."""


class Wing(Protocol):
    """One adapter, joined to the house. Made without I/O; ``start`` connects it."""

    @property
    def messengers(self) -> Sequence[Messenger]:
        """Who sends what is owed on this surface."""
        ...

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it serves over HTTP."""
        ...

    @property
    def checks(self) -> Mapping[str, Callable[[], bool]]:
        """What has to be true before it is ready."""
        ...

    async def start(self) -> None:
        """Connect. Raises ConfigurationError with what to fix."""
        ...

    async def stop(self) -> None:
        """Take nothing new, finish what was begun."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """What the web adapter is given: routes and checks of the others, the engine's tick."""

    routes: Sequence[web.AbstractRouteDef] = ()
    checks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    tick: Callable[[], Awaitable[int]] | None = None
