"""What starting costs: help, until ready, and the memory held, idle and after some use."""

from collections.abc import Sequence
from pathlib import Path

from bench.apps import SERVE, SNOWBALL, App, finished, make_folder, running
from bench.figures import head, line, middle, ms
from bench.platforms import PEOPLE, Platform, discord_gateway, slack_socket


async def measure(folder: Path, rounds: int, *, each_alone: bool) -> list[str]:
    """The section's lines; ``each_alone``: with one platform too, not only with both."""
    cpu = middle([help_cpu(make_folder(folder, f"help{n}")) for n in range(rounds)])
    said = [head("Help", "CPU"), line("snowball --help", ms(cpu))]
    said.append(head("Start to ready, and memory", "first", "again", "idle", "in use"))
    said.append(line("playground", *await _watched(folder, "playground", (), rounds)))
    async with slack_socket() as slack, discord_gateway() as discord:
        alone = (("Slack", (slack,)), ("Discord", (discord,)))
        for name, some in (*(alone if each_alone else ()), ("both", (slack, discord))):
            said.append(line(name, *await _watched(folder, name, some, rounds)))
    return said


def help_cpu(folder: Path) -> float:
    """CPU seconds of `snowball --help`."""
    return finished((*SNOWBALL, "--help"), folder).cpu


async def _watched(
    folder: Path, name: str, platforms: Sequence[Platform], rounds: int
) -> tuple[str, ...]:
    """Seconds of the first start and of later ones; megabytes idle, and after use."""
    place = make_folder(folder, name)
    settings = {key: value for each in platforms for key, value in each.settings.items()}
    starts, idle, used = [], [], []
    for _ in range(rounds + 1):
        async with running(SERVE, place, settings) as app:
            starts.append(app.to_ready)
            idle.append(app.memory())
            for each in platforms:
                await _use(each, app)
            used.append(app.memory())
    in_use = f"{middle(used):.0f} MB" if platforms else "-"
    again = f"{middle(starts[1:]):.2f} s"
    return f"{starts[0]:.2f} s", again, f"{middle(idle):.0f} MB", in_use


async def _use(platform: Platform, app: App) -> None:
    ask = await platform.meet(app)
    for number in range(2 * PEOPLE):
        await ask(number)
