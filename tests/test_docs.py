"""The pages say what the code does: commands, settings, shell and links are held to it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from adapters.cli import app
from bot.command import registry
from bot.settings import Settings
from docs.__main__ import PAGE, page

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = {each.name for each in registry() if not each.clockwork}
FAMILIES = {name.split()[0] for name in COMMANDS}
ADDRESSES = {"healthz", "readyz", "metrics", "slack", "invite", "calendar", "privacy"}
"""What begins with a slash and is no command of ours."""
HELD = [each for each in PAGES if each.name != "not-yet.md"]
"""The pages that may name only what there is; the other one says what is to come."""


def names() -> Iterator[str]:
    """The environment's names, as an operator sets them."""
    for name, field in Settings.model_fields.items():
        yield str(field.validation_alias or name.upper())


def test_the_command_page_is_made_from_the_registry() -> None:
    """``make docs`` was run after the last change of a command."""
    assert PAGE.read_text(encoding="utf-8").rstrip() == page(registry()).rstrip()


@pytest.mark.parametrize("page_", ["docs/running/README.md", ".env.example"])
def test_every_setting_is_explained(page_: str) -> None:
    """An operator finds each name in the table and in the example file."""
    said = (ROOT / page_).read_text(encoding="utf-8")
    assert [name for name in names() if name not in said] == []


def test_the_example_file_changes_nothing() -> None:
    """Copied as it is, .env means what no .env means."""
    example = Settings(_env_file=ROOT / ".env.example")
    assert example == Settings(_env_file=None)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """A link to a file of ours finds it."""
    linked = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [each for each in linked if not (path.parent / each).exists()] == []


@pytest.mark.parametrize("path", HELD, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_only_commands_that_there_are(path: Path) -> None:
    """A command that a page tells people to type exists."""
    typed = re.findall(r"`/([a-z]+)(?: ([a-z-]+))?[^`]*`", path.read_text(encoding="utf-8"))
    wrong = [
        f"/{family} {verb}".strip()
        for family, verb in typed
        if family not in COMMANDS | FAMILIES | ADDRESSES
        or (verb and family not in COMMANDS and f"{family} {verb}" not in COMMANDS)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", HELD, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_only_shell_commands_that_there_are(path: Path) -> None:
    """So does a command of the shell."""
    shell = get_command(app)
    assert isinstance(shell, TyperGroup)
    said = re.findall(r"`snowball ([a-z]+)", path.read_text(encoding="utf-8"))
    missing = [each for each in said if each not in shell.commands]
    assert missing == []
