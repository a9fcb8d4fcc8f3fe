"""Every command that can be typed is answered on Slack, with nothing given and with nonsense."""

from pathlib import Path

from adapters.slack.manifest import manifest
from bot.command import registry
from tests.adapters.slack.house import database, house, joined, settings_for
from tests.servers.slack import published
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer

NONSENSE = ["", " ünknown: <!channel> “x” name: *y* ¿?", " 99999999999999999999"]


async def answered(slack: SlackServer, who: Person, line: str) -> str:
    """Types it and waits for a message or a form."""
    ack = await who.types(line)
    assert ack.error == "", line
    await slack.until(lambda: who.new or who.modal, what=line)
    shown = who.screen(everything=False)
    if who.modal:
        await who.closes()
    return shown


async def test_every_command_is_answered_whatever_is_typed(tmp_path: Path) -> None:
    """A sentence or a form; nothing is refused by Slack and nobody is pinged."""
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, "socket"), registry())
            async with joined(home, slack):
                boss = slack.person("Prof Lee", tz="Europe/Berlin", admin=True)
                await boss.types("/snowball")
                await boss.presses("Opt in")
                await boss.sees("You’re in")
                for command in registry().listed():
                    for words in NONSENSE:
                        shown = await answered(slack, boss, f"/{command.name}{words}")
                        assert "went wrong" not in shown, command.name
                        assert "don’t know" not in shown, command.name
        assert slack.complaints == []
        assert [m.pings for m in slack.workspace.messages if m.by_bot and m.pings] == []
        if published.DATA.is_dir():
            assert [e for name, a in slack.calls for e in published.errors(name, a)] == []


async def test_every_button_on_the_way_is_answered(tmp_path: Path) -> None:
    """Three presses deep from the menu, each label once."""
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, "http"), registry())
            async with joined(home, slack):
                ana = slack.person("Ana", tz="Europe/Berlin")
                await ana.types("/contact add Dana Kim company: Acme")
                await ana.sees("Dana Kim")
                await ana.types("/snowball")
                pressed: set[str] = set()
                for _ in range(40):
                    fresh = [(w, c) for w, c in ana.all_buttons() if c.label not in pressed]
                    if not fresh:
                        break
                    where, control = fresh[0]
                    pressed.add(control.label)
                    await ana.presses(control.label, on=(where, control))
                    await slack.until(lambda: ana.new or ana.modal, what=control.label)
                    assert "went wrong" not in ana.screen(everything=False), control.label
                    if ana.modal:
                        await ana.closes()
                assert len(pressed) > 10
        assert slack.complaints == []
