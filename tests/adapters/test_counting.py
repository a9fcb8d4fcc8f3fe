"""What goes through the door is counted, and no label is anybody's words."""

from adapters.counting import counted
from adapters.house import House as Deployed
from adapters.web.metrics import Metrics
from bot.clocks import SystemClock
from bot.command import registry
from bot.content import load
from bot.dispatch import NoLimits
from bot.invocation import Actor, Invocation, Place
from bot.settings import Settings
from tests.front_door import SURFACE, House


def test_events_are_counted_by_our_names_only(house: House) -> None:
    """A known command by its name; what is typed instead of one is "?"."""
    metrics = Metrics()
    deployed = Deployed(
        Settings(), house.database, registry(), load(), SystemClock(), house.bell,
        house.dispatcher, house.cohort.id,
    )  # fmt: skip
    dispatcher = counted(deployed, metrics).dispatcher
    actor = Actor(SURFACE, SURFACE, "u-ana", "Ana", "Europe/Berlin")
    for command in ("question", "my-secret-words"):
        dispatcher(Invocation(command, actor, Place(), house.key()), NoLimits())
    counts = {
        (sample.labels["command"], sample.labels["outcome"]): sample.value
        for metric in metrics.registry.collect()
        for sample in metric.samples
        if sample.name == "snowball_invocations_total"
    }
    assert counts == {("question", "answered"): 1.0, ("?", "unknown"): 1.0}
