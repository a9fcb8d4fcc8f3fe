"""Writes docs/commands.md from the registry and docs/privacy.md from the tables: ``make docs``.

Tests hold both pages to the code.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.command import Ask, Command, Parameter, Registry, registry
from bot.domain.cohort import Role
from bot.privacy import markdown

PRIVACY = Path(__file__).parent / "privacy.md"
PAGE = Path(__file__).parent / "commands.md"
HEAD = """# Commands

Type them on Slack, on Discord or in the playground; what is missing is asked for in a form.
You need none of them by heart: `/snowball` alone opens the menu, and `/snowball` with any words of
yours finds what fits. On Slack `/snowball contact add` is the same as `/contact add`.

This page is made from the code by `make docs`.
"""


def page(commands: Registry) -> str:
    """The whole page."""
    families = commands.families().items()
    return "\n".join([HEAD, *(line for family in families for line in _family(*family))])


def _family(name: str, commands: list[Command]) -> Iterator[str]:
    yield f"## /{name}"
    yield ""
    for each in commands:
        yield from _command(each)


def _command(command: Command) -> Iterator[str]:
    only = " *For organisers.*" if command.who is Role.ORGANISER else ""
    yield f"**`{command.typed}`** {command.about}{only}"
    yield ""
    for each in command.visible:
        yield f"- `{each.name}`: {each.about}{_where(each)}"
    if command.visible:
        yield ""
    if command.note:
        yield f"*{command.note}*"
        yield ""


def _where(parameter: Parameter) -> str:
    said = ["needed"] if parameter.required else []
    said += ["asked in the form"] if parameter.ask is Ask.FORM else []
    return f" ({', '.join(said)})" if said else ""


def main() -> None:
    """Write the pages."""
    PAGE.write_text(page(registry()).rstrip() + "\n", encoding="utf-8")
    PRIVACY.write_text(markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
