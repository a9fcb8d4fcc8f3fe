"""What the core asks of the world, as small protocols; adapters and storage fulfil them."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

from whenever import Instant, TimeDelta

from bot.domain.alum_search import AlumHit, AlumHits, AlumQuery
from bot.domain.availability import Place
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed
from bot.domain.people import Alum
from bot.fitting import Splitter
from bot.limits import Limits
from bot.outcomes import Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Answer


class Row(Protocol):
    """Any stored value: a frozen dataclass that belongs to a cohort and has an id in it."""

    @property
    def cohort_id(self) -> int: ...
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Before:
    """Condition: the field is set and less than this."""

    value: Any


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Condition: the field is set and this or more."""

    value: Any


@dataclass(frozen=True, slots=True)
class Not:
    """Condition: the field is anything but this (``Not(None)``: it is set)."""

    value: Any


Condition: TypeAlias = Any
"""A plain value (equal), None (not set), a tuple (one of), Before, AtLeast or Not."""


class Store(Protocol):
    """One cohort's rows within one transaction. Nothing of another cohort can be reached.

    Keyword conditions name fields of ``kind``; an unknown name raises AttributeError.
    """

    @property
    def cohort_id(self) -> int: ...

    @property
    def owes_anew(self) -> bool:
        """Whether this transaction has written of a message owed: it may be due now."""
        ...

    def cohort(self) -> Cohort:
        """The cohort itself."""
        ...

    def save_cohort(self, cohort: Cohort) -> None:
        """Write the cohort's own settings."""
        ...

    def get(self, kind: type[R], row_id: int) -> R | None:
        """The row with this id, or None."""
        ...

    def held(self, kind: type[R], row_id: int) -> R | None:
        """The same, to be changed: whoever else wants it waits until this transaction ends.

        For what several people change; one person's own presses wait for each other anyway."""
        ...

    def find(
        self, kind: type[R], *, order: str = "id", limit: int | None = None, **having: Condition
    ) -> list[R]:
        """Rows in the order of a field ("-field": falling)."""
        ...

    def first(self, kind: type[R], *, order: str = "id", **having: Condition) -> R | None:
        """The first of :meth:`find`."""
        ...

    def count(self, kind: type[R], **having: Condition) -> int:
        """How many rows."""
        ...

    def add(self, row: R) -> R:
        """Write a new row; returned with its id. Raises AlreadyThere when a unique key is taken."""
        ...

    def add_all(self, rows: Sequence[R]) -> int:
        """Write many new rows at once; how many."""
        ...

    def save(self, row: R) -> None:
        """Write every field of a row that exists."""
        ...

    def remove(self, row: R) -> None:
        """Delete a row and what belongs to it."""
        ...

    def attempt(self) -> AbstractContextManager[None]:
        """Part of the transaction that is undone alone when it raises."""
        ...

    def owe(self, owed: Owed) -> Owed | None:
        """Plan a message; None when it was planned already."""
        ...

    def signatures(self, words: str) -> list[str]:
        """This deployment's signature of words, 32 hexadecimal digits: by the newest key, then by
        older ones, so that what was signed before a rotation stays good."""
        ...

    def join_workspace(self, code: str, surface: str, external_id: str, now: Instant) -> str | None:
        """Move this cohort's workspace into the cohort that has given out this code; its name.

        None: no such code is good. Raises NotEmptyError when somebody has begun to work here."""
        ...

    def places_elsewhere(
        self, alumni: Collection[Alum], since: Instant
    ) -> Mapping[int, Sequence[Place]]:
        """The places that asks from other cohorts took with the same people, by the alum's id here.

        The only thing that is counted over cohorts: moments, without whose or where."""
        ...

    def index_alumni_anew(self) -> None:
        """Bring the directory's search up to date after the fields of work have changed."""
        ...

    def alumni(self, query: AlumQuery) -> AlumHits:
        """Search the directory."""
        ...


class AlreadyThereError(Exception):
    """A row with the same unique key exists."""


class NotEmptyError(Exception):
    """A workspace in which somebody has begun to work cannot join another cohort."""


class TryAgainError(Exception):
    """Two transactions waited for each other, and this one was undone: it may be begun again."""


class NeedsWritingError(Exception):
    """A reading transaction was asked to write; the caller begins again with a writing one."""


class Stores(Protocol):
    """The door to the database: transactions, and the few look-ups that are above cohorts."""

    def writing(
        self, cohort_id: int, one_at_a_time: str = "", patience: float = 0.0
    ) -> AbstractContextManager[Store]:
        """One transaction that may write; commits at the end, rolls back on an exception.

        Transactions of a cohort with the same ``one_at_a_time`` (a person's presses) wait for each
        other: ``patience`` seconds at most, then it raises; 0: for as long as it takes."""
        ...

    def reading(self, cohort_id: int) -> AbstractContextManager[Store]:
        """A consistent view that never waits for writers."""
        ...

    def cohorts(self) -> list[Cohort]:
        """All cohorts, oldest first."""
        ...

    def add_cohort(self, cohort: Cohort) -> Cohort:
        """A new cohort; returned with its id."""
        ...

    def workspace(self, surface: str, external_id: str) -> Workspace | None:
        """The workspace, and with it the cohort, that an event came from."""
        ...

    def workspaces(self, surface: str) -> list[Workspace]:
        """All workspaces of a surface, for those who hold connections."""
        ...

    def accounts(self, surface: str, external_id: str) -> list[Account]:
        """One person's accounts in all cohorts, the last used first."""
        ...


class Clock(Protocol):
    """The time. Passed in, so that tests and the playground can move it."""

    def now(self) -> Instant: ...


class Messenger(Protocol):
    """Sends messages that are owed, on one surface."""

    @property
    def surface(self) -> str: ...

    @property
    def repeatable(self) -> bool:
        """Whether the same nonce twice within two minutes makes one message."""
        ...

    @property
    def holds(self) -> Splitter:
        """What one message can hold; the rest goes behind a button."""
        ...

    @property
    def limits(self) -> Limits:
        """How much it takes, so that it need not say "wait"."""
        ...

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """A direct message. ``nonce`` (≤ 25 characters) names the row, for retries."""
        ...

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message in the cohort's channel."""
        ...

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """A message in a conversation of these people alone, begun when it is not there yet.

        ``before``: the reference of an earlier message in it; "" for the first. A first message
        that is tried again begins no second conversation."""
        ...

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """Whether a message that was tried at ``since`` was made: Sent, or Unclear where the
        surface does not show it (yet). ``accounts``: one, several together, or the channel."""
        ...

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> Instant | None:
        """Until when they show the others that they are on holiday; None: they show no such thing.

        Who shows no end is asked again at the moment returned. It is asked before every message
        that nobody asked for, so what a surface tells is remembered for some minutes."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recipient with something to look at now.

    ``workspace``: where a message would go through; None when no account can be written to."""

    cohort_id: int
    to: str
    member_id: int | None
    workspace: Workspace | None


RowKey: TypeAlias = tuple[int, int]
"""A row's cohort and id."""

LEASE = TimeDelta(seconds=60)
"""How long a worker has a message to itself; an orphan is taken up again within 90 s."""
LOOK_AGAIN = TimeDelta(hours=1)
"""A row that is put off is looked at this often, so that a changed setting counts soon."""


class Ledger(Protocol):
    """The messages owed across all cohorts and workers: what claiming needs beyond a Store.

    A row that is due carries in ``lease_until`` the moment before which nobody need look again (at
    most LOOK_AGAIN ahead); a row that is being sent, the moment after which another worker may
    take it over (at most LEASE ahead)."""

    def waiting(
        self, now: Instant, surfaces: Collection[str], full: Collection[int], limit: int
    ) -> list[Waiting]:
        """Who to look at, the longest due first, once each; not through the workspaces in ``full``.

        Only recipients that can be reached over ``surfaces``, or not at all."""
        ...

    def woken(
        self, now: Instant, surfaces: Collection[str], rows: Collection[RowKey]
    ) -> Mapping[RowKey, Waiting | Instant]:
        """What the wake-ups of these rows are about: each one's recipient, to look at now, or when
        to wake it again. Nothing of rows that are settled, or woken later anyway."""
        ...

    def locked(self, store: Store, to: str, now: Instant) -> list[Owed]:
        """A recipient's rows that are due or being sent, nobody else's until the transaction ends.

        Reminders of booked talks come days ahead, because they may have to go earlier."""
        ...

    def unanswered(self, store: Store, member_id: int, by: int) -> None:
        """Count an unasked message (1), or one that was not made after all (-1)."""
        ...

    def returned(self, now: Instant) -> int:
        """Note in every workspace that works that we are back; how many."""
        ...

    def tidy(self, seen_before: Instant, drafts_before: Instant) -> int:
        """Forget event keys and drafts older than these; how many. The words of messages that may
        not have come are kept as long as drafts."""
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """Something that one holder at a time has, until it runs out; theirs without a break since."""

    name: str
    holder: str
    until: Instant
    since: Instant


class Leases(Protocol):
    """What one process at a time may hold, above cohorts: Discord's gateway, a sign of life."""

    def hold(self, name: str, holder: str, now: Instant, seconds: float) -> bool:
        """Take or renew it for so long; False when it is somebody else's and has not run out."""
        ...

    def let_go(self, name: str, holder: str) -> None:
        """It is anybody's from now on, if it was this holder's."""
        ...

    def held(self, beginning: str) -> list[Lease]:
        """Every lease whose name begins so, those that ran out too; the latest first."""
        ...

    def forget(self, before: Instant) -> int:
        """Forget leases that ran out before this; how many."""
        ...


class Wakeups(Protocol):
    """What wakes rows that are due. Twice, late or in the wrong process changes nothing."""

    def wake(self) -> None:
        """Something may be due now: look soon. May be called from any thread."""
        ...


__all__ = [
    "LEASE", "LOOK_AGAIN", "AlreadyThereError", "AlumHit", "AlumHits", "AlumQuery", "AtLeast",
    "Before", "Clock", "Condition", "Lease", "Leases", "Ledger", "Messenger", "NeedsWritingError",
    "Not", "NotEmptyError", "Outcome", "Refused", "Row", "RowKey", "Sent", "Store", "Stores",
    "Trouble", "TryAgainError", "Unclear", "Waiting", "Wakeups", "Workspace",
]  # fmt: skip
