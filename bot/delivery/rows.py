"""How a row goes its way: claimed for a while, put off, settled; and the numbers for it."""

from collections.abc import Iterable
from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import TELLS
from bot.ports import LEASE, LOOK_AGAIN

REPEATED_WITHIN = TimeDelta(minutes=2)
"""How long the same nonce surely means the same message (DESIGN, Delivery)."""
LONGEST_PAUSE = TimeDelta(minutes=15)
"""Between two attempts on a surface that goes on refusing."""


def back_off(attempts: int) -> TimeDelta:
    """How long to wait before the next attempt: 2, 4, 8 seconds … up to a quarter of an hour."""
    return min(TimeDelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE)


def settled(row: Owed, state: OwedState, now: Instant, reference: str = "") -> Owed:
    """The row at its end: nobody's, and its words forgotten, unless they may have to be shown."""
    reply = row.reply if state is OwedState.UNKNOWN else ""
    return replace(
        row, state=state, settled=now, reference=reference, reply=reply, worker="", lease_until=None
    )


def may_be_ignored(rows: Iterable[Owed]) -> bool:
    """Whether a message of these asks something that nobody asked for: no answer counts (F5)."""
    return any(row.urgency is Urgency.NUDGE and row.command not in TELLS for row in rows)


def put_off(row: Owed, until: Instant, now: Instant) -> Owed:
    """The row due still, to be looked at then (and each hour, should a setting change)."""
    return replace(row, lease_until=min(until, now + LOOK_AGAIN))


def waits(row: Owed, now: Instant) -> bool:
    """Whether it is somebody's, or put off, until later than this.

    A moment too far away was written by a clock that ran ahead."""
    longest = LEASE if row.state is OwedState.SENDING else LOOK_AGAIN
    return row.lease_until is not None and now < row.lease_until <= now + longest


ACCOUNT, WORKSPACE = "account:", "workspace:"


def through(row: Owed, workspace: Workspace, account: Account | None) -> Owed:
    """The row with the way that its message goes, in place of the message's id to come.

    A retry must go the same way, for a nonce means something on one surface only."""
    way = f"{ACCOUNT}{account.id}" if account is not None else f"{WORKSPACE}{workspace.id}"
    return replace(row, reference=way)


def account_of(row: Owed) -> int | None:
    """The account that :func:`through` noted."""
    return _noted(row, ACCOUNT)


def workspace_of(row: Owed) -> int | None:
    """The workspace that it noted where there is no one account."""
    return _noted(row, WORKSPACE)


def _noted(row: Owed, what: str) -> int | None:
    number = row.reference.removeprefix(what)
    return int(number) if row.reference.startswith(what) and number.isdigit() else None
