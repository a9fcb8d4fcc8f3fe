"""Whether we were away: for how long nobody was sending, told from the last sign of life.

What was missed meanwhile is spread from the moment we are back (bot/domain/timing.py); the moment
is stored with the workspaces, so all workers agree on it and a restart does not begin it anew.
"""

import structlog
from whenever import Instant, TimeDelta

from bot.ports import Leases, Ledger

log = structlog.get_logger(__name__)

ALIVE = "delivery:"
"""Begins the names of the leases by which whoever sends says that it is there."""
AWAY_AFTER = TimeDelta(minutes=10)
"""Longer than a restart or an upgrade takes."""


def note_return(leases: Leases, ledger: Ledger, now: Instant) -> bool:
    """Whether everybody who sends was away until now; written down, if so.

    Called at the start and each time before a worker renews its own sign of life, because a machine
    that slept was away too. A sign from a clock that ran ahead is as good as one of this moment."""
    signs = leases.held(ALIVE)
    if not signs:
        return False
    last = max(each.until for each in signs)
    if now - last <= AWAY_AFTER:
        return False
    workspaces = ledger.returned(now)
    log.info("back", away_since=last.format_iso(), workspaces=workspaces)
    return True
