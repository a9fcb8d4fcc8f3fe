"""Sends what is owed to the playground: to a member's DM, or to the class's channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from whenever import Instant

from adapters.web.cast import SURFACE
from adapters.web.playground import Playground
from adapters.web.transcript import CHANNEL, DM, room_of
from bot.dispatch import NoLimits
from bot.domain.cohort import Account, Member, Workspace
from bot.fitting import Splitter
from bot.limits import FREE, Limits
from bot.ports import Outcome, Sent, Unclear
from bot.reply import Answer


@dataclass(frozen=True, slots=True)
class PlaygroundMessenger:
    """The Messenger of the playground. The same nonce again is the same message."""

    playground: Playground

    @property
    def surface(self) -> str:
        """The surface it sends on."""
        return SURFACE

    @property
    def repeatable(self) -> bool:
        """Yes: what was sent is remembered by its nonce."""
        return True

    @property
    def holds(self) -> Splitter:
        """A page holds everything."""
        return NoLimits()

    @property
    def limits(self) -> Limits:
        """A page takes what comes."""
        return FREE

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """A direct message."""
        del member
        return self._once(DM, account.external_id, answer, workspace.cohort_id, nonce)

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message in the cohort's channel."""
        return self._once(CHANNEL, "", answer, workspace.cohort_id, nonce)

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """A message in the room of these people, who see it in their list of rooms."""
        del before
        room = room_of(each.external_id for each in accounts)
        return self._once(room, "", answer, workspace.cohort_id, nonce)

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """What is known by its nonce is known for good, so it is sent again instead."""
        return Unclear("sent again instead")

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> None:
        """The playground has no status to set."""

    def _once(self, place: str, reader: str, answer: Answer, cohort: int, nonce: str) -> Sent:
        sent = self.playground.transcript.sent_as(nonce)
        sent = sent or self.playground.post(place, reader, answer, cohort, nonce=nonce)
        return Sent(str(sent.id))
