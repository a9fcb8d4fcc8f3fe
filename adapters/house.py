"""What every adapter is given, and what each gives back, so that the root can join them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from bot.clocks import MovableClock, SystemClock
from bot.command import Registry
from bot.content import Content
from bot.dispatch import Dispatcher
from bot.ports import Leases, Messenger, Wakeups
from bot.settings import Settings
from storage.database import Database
from storage.leases import SqlLeases


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

    @property
    def leases(self) -> Leases:
        """What one process at a time may hold."""
        return SqlLeases(self.stores)


Check = Callable[[], "bool | str"]
"""Whether something is ready; words say that it is, and how."""


class Wing(Protocol):
    """One adapter, joined to the house. Made without I/O; opened, and listening where it should.

    A process that only sends opens its wings and lets none listen."""

    @property
    def messengers(self) -> Sequence[Messenger]:
        """Who sends what is owed on this surface."""
        ...

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it serves over HTTP."""
        ...

    @property
    def checks(self) -> Mapping[str, Check]:
        """What has to be true before one that listens is ready."""
        ...

    async def open(self) -> None:
        """All that sending and answering need. Raises ConfigurationError with what to fix."""
        ...

    async def listen(self) -> None:
        """Take events from now on. Raises ConfigurationError with what to fix."""
        ...

    async def leave(self) -> None:
        """Take nothing new, finish what was begun."""
        ...

    async def close(self) -> None:
        """Nothing more is sent."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """What the web adapter is given: routes and checks of the others, the engine's tick."""

    routes: Sequence[web.AbstractRouteDef] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    tick: Callable[[], Awaitable[int]] | None = None
