"""The class of the soak, as a program of its own: commands, reminders, engine; samples as JSON."""

import asyncio
import gc
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from adapters import engine as engines
from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.memory import few_arenas
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.clocks import MovableClock
from bot.command import registry
from bot.content import load
from bot.dispatch import Dispatcher, NoLimits
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import Actor, Invocation, Place
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from tests.builders import an_alum
from tests.chaos.fates import FastClock
from tests.chaos.kills_town import Orders, far_ends, forked, log_to
from tests.chaos.soak import Sample
from tests.front_door import at

PEOPLE = 15
"""On each platform."""
PAUSE = 0.15
"""Seconds between two commands."""
REMINDED = 3
"""Of so many commands one asks for a message later on."""
SAMPLES = 200
PATIENCE = 60.0
"""Seconds more, on a machine so busy that nothing has happened yet."""
SEED = 7
LINES: tuple[Callable[[random.Random, int], str], ...] = (
    lambda draw, n: f"alum find {draw.choice(['marketing', 'finance', 'Chicago', 'law'])}",
    lambda draw, n: f"contact add name: Person {n}",
    lambda draw, n: f"interview book Person {draw.randrange(max(n, 1))} when: tomorrow 15:00",
    lambda draw, n: f"interview log Person {draw.randrange(max(n, 1))} takeaways: numbers",
    lambda draw, n: "network due",
    lambda draw, n: "network progress",
    lambda draw, n: "checkin",
    lambda draw, n: "contact list",
    lambda draw, n: "settings show",
    lambda draw, n: "question",
)


class Town:
    """One process with everything in it."""

    def __init__(self, folder: Path, place: dict[str, Any], factor: float) -> None:
        self.place, self.factor = place, factor
        self.clock = _Quick(factor)
        url = f"sqlite:///{folder / 'soak.sqlite'}"
        self.database = Database(url, Cipher([Fernet.generate_key().decode()]), load().fields)
        self.database.create()
        self.database.open()
        self.cohort = self.database.add_cohort(Cohort(name="Class", created=self.clock.now())).id
        self.bell = Bell()
        self.dispatcher = Dispatcher(self.database, registry(), load(), self.clock, self.bell)
        self.people = self._furnish()
        self.draw = random.Random(SEED)
        self.keys = itertools.count(1)
        self.commands = self.failed = 0

    def _furnish(self) -> list[Actor]:
        homes = {"slack": "T1", "discord": self.place["guild"]}
        now = self.clock.now()
        actors = []
        with self.database.writing(self.cohort) as store:
            for surface, name in homes.items():
                home = store.add(
                    Workspace(
                        cohort_id=self.cohort, surface=surface, external_id=name,
                        channel=self.place["channels"][surface],
                    )
                )  # fmt: skip
                for user in self.place["people"][surface]:
                    member = store.add(
                        Member(
                            cohort_id=self.cohort, name=user, joined=now, opted_in=now,
                            zone="Europe/Berlin",
                        )
                    )  # fmt: skip
                    store.add(
                        Account(
                            cohort_id=self.cohort, member_id=member.id, workspace_id=home.id,
                            surface=surface, external_id=user, last_used=now,
                        )
                    )  # fmt: skip
                    actors.append(Actor(surface, name, user, user, "Europe/Berlin"))
            store.add_all([an_alum(f"Alum {n}", self.cohort) for n in range(300)])
        return actors

    def type(self) -> None:
        """Somebody types something."""
        number = next(self.keys)
        actor = self.draw.choice(self.people)
        line = self.draw.choice(LINES)(self.draw, number)
        command, rest = self.dispatcher.registry.match(line)
        name = command.name if command is not None else line
        place = Place(actor.surface)
        said = self.dispatcher(
            Invocation(name, actor, place, f"key {number}", typed=rest), NoLimits()
        )
        if number % REMINDED == 0:
            self._remind(actor, number)
        self.commands += 1
        self.failed += said is None or said.undone

    def _remind(self, actor: Actor, number: int) -> None:
        """They wanted their list again in a moment."""
        with self.database.writing(self.cohort) as store:
            account = store.first(Account, external_id=actor.user)
            assert account is not None
            store.owe(
                Owed(
                    cohort_id=self.cohort, member_id=account.member_id,
                    to=f"member:{account.member_id}", command="network due",
                    subject=f"again:{number}", call="network.due", due=self.clock.now(),
                    urgency=Urgency.ANSWER,
                )
            )  # fmt: skip

    async def live(self, seconds: float) -> list[Sample]:
        """For so many real seconds."""
        for name in ("PLAN_EVERY", "TIDY_EVERY"):  # it looks as soon as the bell rings
            vars(engines)[name] = max(vars(engines)[name] / self.factor, 0.1)
        workspaces = Workspaces(
            self.database, self.place["slack"], self.clock, self.place["slack_token"], self.cohort
        )
        await workspaces.start()
        app = DiscordApp(
            self.dispatcher, registry(), lambda _guild, _name: None, self.place["discord"]
        )
        await app.login(self.place["discord_token"])
        messengers = {"slack": SlackMessenger(workspaces), "discord": app.messenger}
        engine = Engine(
            self.database, Claims(self.database), self.dispatcher, messengers, self.clock, "one",
            self.bell,
        )  # fmt: skip
        for number in range(REMINDED):
            await asyncio.to_thread(self._remind, self.people[number], -number)
        await engine.start()
        typing = asyncio.create_task(self._type_on())
        samples, begun = [], time.monotonic()
        while (lived := time.monotonic() - begun) < seconds or (
            lived < seconds + PATIENCE and not self._has_lived()
        ):
            await asyncio.sleep(max(seconds / SAMPLES, 0.1))
            samples.append(sample(time.monotonic() - begun))
        typing.cancel()
        await asyncio.gather(typing, return_exceptions=True)
        await engine.stop()
        await workspaces.stop()
        await app.close()
        return samples

    def _has_lived(self) -> bool:
        with self.database.reading(self.cohort) as store:
            return self.commands > 0 and store.count(Owed, state=OwedState.SENT) > 0

    async def _type_on(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            await asyncio.to_thread(self.type)


class _Quick(MovableClock):
    """From a Thursday morning on, so many times as fast as the real clock."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self._origin, self._begun, self._factor = at("2026-11-26 08:30"), time.monotonic(), factor

    def now(self) -> Any:
        """The moment in the class's life."""
        return self._origin.add(
            milliseconds=int((time.monotonic() - self._begun) * self._factor * 1000)
        )


def sample(moment: float) -> Sample:
    """What this process has now, its garbage collected."""
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    told = dict(line.split(":", 1) for line in lines)
    files = len(list(Path("/proc/self/fd").iterdir()))
    return Sample(moment, int(told["VmRSS"].split()[0]), files, int(told["Threads"]))


def main(folder: Path, seconds: float, factor: float) -> dict[str, Any]:
    """Fork the far ends, live, and tell. The process begins as ``snowball run`` does."""
    few_arenas()
    log_to(folder / "soak.log")
    told, asked = os.pipe(), os.pipe()
    orders = Orders(
        folder=str(folder), url="", messages=0, workers=1, seed=SEED, factor=factor, places=1,
        kill=0.0, within=seconds, people=PEOPLE,
    )  # fmt: skip
    clock = FastClock(time.time(), factor)
    ends = forked(lambda: far_ends(orders, clock, told[1], asked[0]))
    os.close(told[1])
    with os.fdopen(told[0]) as line:
        place = json.loads(line.readline())
    town = Town(folder, place, factor)
    samples = asyncio.run(town.live(seconds))
    os.write(asked[1], b".")
    os.waitpid(ends, 0)
    seen = json.loads((folder / "seen.json").read_text())
    return {
        "samples": [asdict(each) for each in samples],
        "commands": town.commands,
        "failed": town.failed,
        "sent": sum(sum(each.values()) for each in seen["messages"].values()),
        "database": (folder / "soak.sqlite").stat().st_size,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))))
