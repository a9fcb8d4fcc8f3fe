"""Counts what goes through the door and what is sent, for ``/metrics``; labels are our names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whenever import Instant

from adapters.house import House
from adapters.web.metrics import Metrics
from bot.domain.cohort import Account, Member, Workspace
from bot.fitting import Splitter
from bot.invocation import Invocation
from bot.limits import Limits
from bot.ports import Messenger, Outcome
from bot.reply import Answer


@dataclass(frozen=True, slots=True)
class CountedMessenger:
    """A messenger whose outcomes are counted."""

    inner: Messenger
    metrics: Metrics

    @property
    def surface(self) -> str:
        return self.inner.surface

    @property
    def repeatable(self) -> bool:
        return self.inner.repeatable

    @property
    def holds(self) -> Splitter:
        return self.inner.holds

    @property
    def limits(self) -> Limits:
        return self.inner.limits

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """Send, and count how it ended."""
        return self._counted(await self.inner.to_member(workspace, account, member, answer, nonce))

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """Send, and count how it ended."""
        return self._counted(await self.inner.to_channel(workspace, answer, nonce))

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """Send, and count how it ended."""
        return self._counted(await self.inner.together(workspace, accounts, answer, nonce, before))

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """As the surface says; nothing is sent."""
        return await self.inner.find(workspace, accounts, answer, nonce, since)

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> Instant | None:
        """As the surface says."""
        return await self.inner.away(workspace, account, now)

    def _counted(self, outcome: Outcome) -> Outcome:
        self.metrics.sent.labels(self.surface, type(outcome).__name__.lower()).inc()
        return outcome


def counted(house: House, metrics: Metrics) -> House:
    """The house with a door that is counted."""

    def noticed(invocation: Invocation, ended: str, seconds: float) -> None:
        # What was typed instead of a command is somebody's words, so it is no label.
        command = invocation.command if ended != "unknown" else "?"
        surface = invocation.actor.surface
        metrics.invocations.labels(surface, command, ended).inc()
        metrics.seconds.labels(surface).observe(seconds)

    return replace(house, dispatcher=replace(house.dispatcher, noticed=noticed))
