"""What pgqueuer says to PostgreSQL, over two connections: one asks, the other hears of new jobs.

Its own driver does both over one, where a question waits until the listening is done: up to a
second. ``lost`` is set when nothing can be heard any more.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import NotifyCallback
from psycopg import AsyncConnection, AsyncRawCursor, sql
from psycopg.rows import dict_row

Connect: TypeAlias = Callable[[], Awaitable[AsyncConnection[Any]]]


class Wire:
    """pgqueuer's Driver."""

    def __init__(self, asking: AsyncConnection[Any], hearing: AsyncConnection[Any]) -> None:
        self._asking, self._hearing = asking, hearing
        self._callbacks: dict[str, list[NotifyCallback]] = {}
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()
        self.shutdown = asyncio.Event()
        self.lost = asyncio.Event()
        self.tm = TaskManager()

    async def fetch(self, query: str, *args: object) -> list[dict[str, Any]]:
        """Ask; the rows."""
        cursor = AsyncRawCursor(self._asking, row_factory=dict_row)
        await cursor.execute(query.encode(), args or None)
        return await cursor.fetchall()

    async def execute(self, query: str, *args: object) -> str:
        """Say; what became of it."""
        cursor = AsyncRawCursor(self._asking)
        await cursor.execute(query.encode(), args or None)
        return cursor.statusmessage or ""

    async def notify(self, channel: str, payload: str) -> None:
        """Tell everybody who listens; ourselves too, so not before we do."""
        await self._heard.wait()
        await self.execute("SELECT pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Hear of this channel. All are named before the first thing is heard."""
        await self._hearing.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        self._callbacks.setdefault(channel, []).append(callback)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        self._heard.set()

    async def _listen(self) -> None:
        try:
            async for heard in self._hearing.notifies():
                for callback in self._callbacks.get(heard.channel, []):
                    callback(heard.payload)
        finally:
            self.lost.set()

    async def __aenter__(self) -> "Wire":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.shutdown.set()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
            if not self._listening.cancelled():
                self._listening.exception()  # it was lost; that it is known is all
        await self.tm.gather_tasks()
