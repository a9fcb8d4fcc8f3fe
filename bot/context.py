"""What a handler is given besides its arguments: who, when, where, and the cohort's store."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whenever import Date, Instant

from bot.channel import channels
from bot.domain.cohort import Cohort, Member, Role, Workspace
from bot.domain.owed import Owed, Urgency
from bot.domain.recipients import ToChannel, ToMember, ToTogether, together, written
from bot.invocation import Call, Invocation, Place, write
from bot.ports import Store

if TYPE_CHECKING:
    from bot.command import Registry
    from bot.content import Content


@dataclass(frozen=True, slots=True)
class Context:
    """One invocation's world. ``left_out``: form parameters that this surface's form did not hold.

    ``given``: names of the parameters that were given at all.
    """

    store: Store
    cohort: Cohort
    member: Member
    now: Instant
    place: Place
    content: "Content"
    registry: "Registry"
    said: Invocation
    left_out: tuple[str, ...] = ()
    given: frozenset[str] = field(default_factory=frozenset)
    site: str = ""
    """The deployment's address on the web, without a slash at its end; "" when nobody said."""

    @property
    def zone(self) -> str:
        """The member's zone; UTC until known."""
        return self.member.zone or "UTC"

    @property
    def today(self) -> Date:
        """The date where the member is."""
        return self.now.to_tz(self.zone).date()

    @property
    def organises(self) -> bool:
        """Whether this member is an organiser."""
        return self.member.role is Role.ORGANISER

    def owe(
        self,
        call: Call,
        due: Instant,
        *,
        subject: str,
        occurrence: str,
        member_id: int | None = None,
        urgency: Urgency = Urgency.NUDGE,
    ) -> Owed | None:
        """Owe this member (or another) a message: the reply to ``call``, made when it is due."""
        member_id = self.member.id if member_id is None else member_id
        return self.store.owe(
            Owed(
                cohort_id=self.cohort.id,
                member_id=member_id,
                to=written(ToMember(member_id)),
                command=call.command,
                subject=subject,
                occurrence=occurrence,
                call=write(call),
                due=due,
                urgency=urgency,
            )
        )

    def owe_channel(
        self, call: Call, *, subject: str, occurrence: str, only: Workspace | None = None
    ) -> list[Owed]:
        """Owe the cohort's channel a message: only what somebody chose to post.

        A cohort on two platforms has a channel on each (``only``: in this one); the rows that are
        new come back. None, where no channel was chosen yet (``bot.channel.channels``)."""
        owed = [
            self._owe_all(ToChannel(each.id), call, subject, occurrence, Urgency.ANSWER)
            for each in channels(self.store)
            if only is None or each.id == only.id
        ]
        return [row for row in owed if row is not None]

    def owe_together(
        self,
        call: Call,
        member_ids: Collection[int],
        *,
        subject: str,
        occurrence: str,
        urgency: Urgency = Urgency.ANSWER,
    ) -> Owed | None:
        """Owe a few members one message in a conversation of theirs, which goes on being theirs.

        Ask ``bot.together.common_ground`` first: where they cannot meet it is not delivered. Its
        reader is nobody in particular. Raises ValueError for too few or many."""
        return self._owe_all(together(member_ids), call, subject, occurrence, urgency)

    def _owe_all(
        self,
        to: ToChannel | ToTogether,
        call: Call,
        subject: str,
        occurrence: str,
        urgency: Urgency,
    ) -> Owed | None:
        return self.store.owe(
            Owed(
                cohort_id=self.cohort.id,
                to=written(to),
                command=call.command,
                subject=subject,
                occurrence=occurrence,
                call=write(call),
                due=self.now,
                urgency=urgency,
            )
        )
