"""Whether this machine's clock agrees with the database's: leases, nine o'clock and quiet hours go
by it, on every machine that shares the database.
"""

import structlog
from whenever import TimeDelta

from adapters.configuration import ConfigurationError
from adapters.doctor_platforms import Finding
from adapters.doctor_processes import span
from adapters.keeper import Terms
from bot.clocks import SystemClock
from bot.ports import Clock
from storage.database import Database

log = structlog.get_logger(__name__)
GOOD = 2.0
"""Seconds; so far apart, leases are still right."""
FAR = Terms().lasts - Terms().every
"""Seconds that are left of the shortest lease just before it is renewed: so far off, whoever holds
it seems dead."""
MEND = "Set the one that is wrong, best for good with NTP (`timedatectl set-ntp true`)."


def is_compared(database: Database, clock: Clock) -> bool:
    """Whether there is something to compare: a server, and a clock that nobody moves."""
    return isinstance(clock, SystemClock) and not database.is_sqlite


def agrees(database: Database) -> bool:
    """Whether it can be relied on. For ``/readyz``."""
    return abs(database.ahead()) < FAR


def insist(database: Database, clock: Clock) -> None:
    """Raises ConfigurationError where the clock is so wrong that it would harm the others."""
    if not is_compared(database, clock):
        return
    off = database.ahead()
    if abs(off) >= FAR:
        raise ConfigurationError(f"This machine’s clock is {said(off)}. {MEND} Then start again.")
    if abs(off) > GOOD:
        log.warning("the clock is wrong", ahead_seconds=round(off, 1))


def finding(database: Database) -> Finding:
    """The doctor's line."""
    off = database.ahead()
    if abs(off) <= GOOD:
        return Finding("Clock", "agrees with the database’s")
    return Finding("Clock", said(off), MEND)


def said(off: float) -> str:
    """How far off, in words."""
    apart = abs(off)
    long = span(TimeDelta(seconds=apart)) if apart >= 60 else f"{apart:.0f} seconds"
    return f"{long} {'ahead of' if off > 0 else 'behind'} the database’s"
