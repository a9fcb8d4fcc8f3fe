"""Which processes live and which of them is on Discord's gateway, for ``snowball doctor`` and
``/metrics``: hosts and process numbers, and nothing secret.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog
from whenever import Instant, TimeDelta

from adapters.discord.logins import UNASKED, WANTED
from adapters.doctor_platforms import Finding
from adapters.keeper import GATEWAY, shown
from adapters.web.metrics import Metrics
from bot.delivery.away import ALIVE
from bot.ports import Clock, Lease, Leases
from bot.settings import Settings

log = structlog.get_logger(__name__)
FRESH = 5.0
"""Seconds that figures are shown again before the database is asked anew."""


@dataclass(frozen=True, slots=True)
class Processes:
    """``senders``: who delivers; ``gateway``: who is on Discord's gateway, if anybody is;
    ``logins``: how often it was logged in to since yesterday."""

    senders: tuple[str, ...] = ()
    gateway: Lease | None = None
    logins: int = 0


def processes_of(leases: Leases, now: Instant) -> Processes:
    """Who lives now."""

    def held(*names: str) -> list[Lease]:
        return [each for name in names for each in leases.held(name) if each.until > now]

    senders = tuple(sorted(each.holder for each in held(ALIVE)))
    return Processes(senders, next(iter(held(GATEWAY)), None), len(held(UNASKED, WANTED)))


def findings(found: Processes, settings: Settings, now: Instant) -> Iterator[Finding]:
    """Lines of the doctor's page."""
    names = ", ".join(shown(each) for each in found.senders)
    many = len(found.senders)
    yield Finding(
        "Delivering",
        f"{many} process{'es' if many > 1 else ''}: {names}" if many else "no process just now",
    )
    if not settings.discord:
        return
    about = "Discord’s gateway"
    if found.gateway is None:
        missing = "Start `snowball run --only discord`; nobody is answered until then."
        yield Finding(about, "no process is on it", missing if many else "")
        return
    since = span(now - found.gateway.since)
    yield Finding(
        about,
        f"{shown(found.gateway.holder)}, for {since}; log-ins since yesterday: {found.logins}",
    )


def span(time: TimeDelta) -> str:
    """How long, roughly."""
    seconds = max(0.0, time.total("seconds"))
    for name, many in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        number = int(seconds // many)
        if number:
            return f"{number} {name}{'s' if number > 1 else ''}"
    return "less than a minute"


class Signs:
    """Who lived some seconds ago; where that cannot be asked, no number at all."""

    def __init__(self, leases: Leases, clock: Clock) -> None:
        self._leases, self._clock = leases, clock
        self._lock = threading.Lock()
        self._seen: Processes | None = None
        self._until = 0.0

    def watch(self, metrics: Metrics) -> None:
        """Show them on ``/metrics``."""

        def number(value: Callable[[Processes], float]) -> Callable[[], float]:
            return lambda: math.nan if (seen := self._look()) is None else value(seen)

        metrics.watch(
            "snowball_delivery_processes",
            "Processes that deliver.",
            number(lambda seen: len(seen.senders)),
        )
        metrics.watch(
            "snowball_gateway_held",
            "Whether some process is on Discord's gateway.",
            number(lambda seen: float(seen.gateway is not None)),
        )
        metrics.watch(
            "snowball_gateway_since_seconds",
            "Since when the same process has been on it; 0 where none is.",
            number(lambda seen: seen.gateway.since.timestamp() if seen.gateway else 0.0),
        )

    def _look(self) -> Processes | None:
        with self._lock:
            if time.monotonic() >= self._until:
                self._until = time.monotonic() + FRESH
                try:
                    self._seen = processes_of(self._leases, self._clock.now())
                except Exception as error:  # noqa: BLE001 - the page is there to tell, not to fail
                    log.warning("processes not counted", error=type(error).__name__)
                    self._seen = None
            return self._seen
