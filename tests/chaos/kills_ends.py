"""The far ends of the kill experiment: both stand-ins behind doors that have their moods."""

import asyncio
import contextlib
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.chaos.door import WELL, Asked, Verdict, opened
from tests.chaos.fates import HEADER, FastClock, Mood, Odds, Point
from tests.servers.discord.server import Discord
from tests.servers.slack.server import SlackServer


class FarEnds:
    """Both stand-ins with a door each, on the experiment's clock."""

    def __init__(self, odds: Odds, clock: FastClock) -> None:
        self.odds, self.clock = odds, clock
        self.slack, self.discord = SlackServer(), Discord()
        self.asked: Counter[tuple[str, str]] = Counter()
        self.moods: Counter[str] = Counter()

    async def open(self, people: int) -> dict[str, Any]:
        """Start; returns what the others need to know."""
        await self.slack.__aenter__()
        await self.discord.start()
        self._moving = asyncio.create_task(self._move())
        slack = await opened(self.slack.base.rstrip("/"), self.judge("slack"))
        discord = await opened(self.discord.base, self.judge("discord"))
        return {
            "slack": f"{slack.base}/api/",
            "slack_token": self.slack.bot_token,
            "discord": f"{discord.base}/api/v10",
            "discord_token": self.discord.token,
            "guild": self.discord.world.guild_id,
            "channels": {
                "slack": self.slack.workspace.channel("general").id,
                "discord": self.discord.general.id,
            },
            "people": {
                "slack": [self.slack.workspace.add_person(f"S{n}").id for n in range(people)],
                "discord": [self.discord.person(f"D{n}").account.id for n in range(people)],
            },
        }

    async def _move(self) -> None:
        """Their clocks keep up with the experiment's."""
        begun = time.monotonic()
        while True:
            self.slack.ahead = self.clock.begun + self.clock.passed() - time.time()
            self.discord.world.ahead = (time.monotonic() - begun) * (self.clock.factor - 1)
            await asyncio.sleep(0.005)

    def judge(self, surface: str) -> Callable[[Asked], Verdict]:
        """What becomes of each request."""

        def verdict(asked: Asked) -> Verdict:
            if not asked.nonce:
                return WELL
            self.asked[surface, asked.nonce] += 1
            times = self.asked[surface, asked.nonce]
            made = self.odds.chance("made", surface, asked.nonce, times) < 0.5
            if header := asked.headers.get(HEADER):
                pid, _, fate = header.partition(":")
                if fate == Point.WRITTEN.name:
                    return Verdict(made=made, breaks=True, read=lambda: kill(int(pid)))
                return Verdict(made=made, status=504 if made else 500)
            mood = self.odds.mood(f"{surface}{asked.nonce}", times)
            self.moods[mood] += 1
            status = 504 if mood is Mood.LATE_ERROR else 0
            return Verdict(breaks=mood is Mood.DROPPED, status=status)

        return verdict

    def seen(self) -> dict[str, dict[str, int]]:
        """How often each message stands there: by surface, by number."""
        slack = Counter(_number(each.text) for each in self.slack.workspace.messages)
        bodies = [json.dumps(each.body) for each in self.discord.world.messages.values()]
        return {"slack": slack, "discord": Counter(_number(each) for each in bodies)}


def _number(words: str) -> str:
    return words.partition("Number ")[2].partition(".")[0]


def kill(pid: int) -> None:
    """At once; who is gone already is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
