"""``/metrics``: counts for whoever runs it. Labels are our names, never anybody's."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import hdrs, web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 10.0)


@dataclass(slots=True)
class Metrics:
    """What is counted. Made by the composition root; nothing is registered at import."""

    registry: CollectorRegistry = field(
        default_factory=lambda: CollectorRegistry(auto_describe=True)
    )
    invocations: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    sent: Counter = field(init=False)

    def __post_init__(self) -> None:
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.invocations = Counter(
            "snowball_invocations",
            "Invocations by surface, command and outcome.",
            ("surface", "command", "outcome"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "snowball_invocation_seconds",
            "From an invocation to its reply.",
            ("surface",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.sent = Counter(
            "snowball_messages",
            "Messages owed, by surface and how they were settled.",
            ("surface", "outcome"),
            registry=self.registry,
        )

    def watch(self, name: str, about: str, value: Callable[[], float]) -> None:
        """A number that is looked up each time the page is read."""
        Gauge(name, about, registry=self.registry).set_function(value)

    def routes(self) -> list[web.RouteDef]:
        """The page."""

        async def show(_request: web.Request) -> web.Response:
            # In a thread: some of the numbers are asked of the database.
            body = await asyncio.to_thread(generate_latest, self.registry)
            return web.Response(
                body=body,
                headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST},
            )

        return [web.get("/metrics", show)]
