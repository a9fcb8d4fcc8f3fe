"""A worker of its own for the orphans: its messages hang for ever, or are sent. It writes down when
each was tried."""

import asyncio
import signal
import sys
import time
from pathlib import Path

from adapters.engine import Engine
from adapters.engine_life import Life
from adapters.engines import make_waker
from bot.clocks import SystemClock
from bot.domain.cohort import Account, Member, Workspace
from bot.ports import Outcome
from bot.reply import Answer
from storage.cipher import Cipher
from storage.database import Database
from storage.leases import SqlLeases
from tests.bot.delivery.house import FIELDS, House, Surface


class Paper(Surface):
    """Writes down when a message is tried; then it hangs, or is made."""

    def notes_in(self, file: Path, *, hangs: bool) -> "Paper":
        """Where, and which of the two."""
        self.file, self.stuck = file, hangs
        return self

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        with self.file.open("a") as opened:
            opened.write(f"{time.time()}\n")
        if self.stuck:
            await asyncio.Event().wait()
        return await super().to_member(workspace, account, member, answer, nonce)


async def main(url: str, key: str, does: str, file: Path) -> None:
    """Until it is told to stop, or killed."""
    clock = SystemClock()
    database = Database(url, Cipher([key]), FIELDS)
    paper = Paper(clock).notes_in(file, hangs=does == "hangs")  # ty: ignore[invalid-argument-type]
    house = House(database, clock, database.cohorts()[0], {"paper": paper}, does)  # ty: ignore[invalid-argument-type]
    engine = Engine(
        database, house.claims, house.dispatcher, {"paper": paper}, clock, does, house.bell,
        waker=make_waker(database), life=Life(SqlLeases(database), house.claims, clock, does),
    )  # fmt: skip
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await engine.start()
    await stopping.wait()
    await engine.stop()
    database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], Path(sys.argv[4])))
