"""Many rows woken within a moment are one look at the database."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from whenever import Instant

from bot.ports import RowKey, Waiting

A_MOMENT = 0.01
"""Seconds that the first of them waits for others."""

Found = Mapping[RowKey, Waiting | Instant]


class Lookup:
    """Asks for rows together, and answers for each."""

    def __init__(self, ask: Callable[[list[RowKey]], Awaitable[Found]]) -> None:
        self._ask = ask
        self._rows: list[RowKey] = []
        self._answer: asyncio.Task[Found] | None = None

    async def __call__(self, row: RowKey) -> Waiting | Instant | None:
        """What there is to know of this row; None when that is nothing."""
        self._rows.append(row)
        if self._answer is None:
            self._answer = asyncio.create_task(self._in_a_moment())
        found = await asyncio.shield(self._answer)  # one that is cancelled is not the others
        return found.get(row)

    async def _in_a_moment(self) -> Found:
        await asyncio.sleep(A_MOMENT)
        rows, self._rows, self._answer = self._rows, [], None
        return await self._ask(rows)
