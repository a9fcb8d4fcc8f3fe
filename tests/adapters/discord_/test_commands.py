"""The whole registry as Discord's commands: taken, complete, and typed as they are declared."""

from typing import Any

import pytest
from pydantic import SecretStr

from adapters.configuration import ConfigurationError
from adapters.discord.commands import CONTEXT_MENUS, FAMILIES, application_commands
from adapters.discord.modal import modal
from adapters.discord.sync import sync, sync_commands
from bot.command import Registry, registry
from bot.reply import Form, FormField, Text
from bot.settings import Settings
from tests.adapters.discord_.home import COMMANDS, settings_for
from tests.servers.discord import limits, schemas
from tests.servers.discord.check_commands import check_commands
from tests.servers.discord.check_components import check_modal
from tests.servers.discord.errors import spot
from tests.servers.discord.server import discord_server

REGISTRY = registry()


def by_name(of: Registry) -> dict[str, dict[str, Any]]:
    """Every subcommand or bare command by its full name."""
    found = {}
    for made in application_commands(of):
        inside = [each for each in made.get("options", ()) if each["type"] == 1]
        for each in inside:
            found[f"{made['name']} {each['name']}"] = each
        if not inside:
            found[made["name"]] = made
    return found


def test_the_registry_is_within_every_limit() -> None:
    """Names, lengths, order and counts, by the stand-in's rules and by the published schemas."""
    made = application_commands(REGISTRY)
    check_commands(made)
    if not schemas.ABSENT:
        assert list(schemas.closed("PutCommands").iter_errors(made)) == []
        route = schemas.route("PUT", "/applications/{application_id}/commands")
        assert route is not None
        assert list(route.iter_errors(made)) == []


def test_every_listed_command_can_be_typed_and_nothing_else() -> None:
    """A family is never also a bare command; unlisted ones are not offered."""
    typed = set(by_name(REGISTRY)) - {name for name, _ in CONTEXT_MENUS}
    assert typed == {each.name for each in REGISTRY.listed()}
    for name, commands in REGISTRY.families().items():
        verbs = [each.verb for each in commands]
        assert verbs == [""] or all(verbs), f"/{name} is both a family and a command"


def test_families_are_described() -> None:
    """A family of several verbs says what it is about."""
    several = {name for name, of in REGISTRY.families().items() if of[0].verb}
    assert several <= set(FAMILIES)


@pytest.mark.parametrize("command", list(REGISTRY), ids=lambda each: each.name)
def test_every_form_fits_a_modal(command: Any) -> None:
    """Labels, hints and notes of each declaration are within the limits, uncut."""
    asked = [each for each in command.visible if each.in_form or each.required]
    for start in range(0, len(asked), 5):
        fields = tuple(
            FormField(each.name, each.label, each.about, each.kind.widget(), required=each.required)
            for each in asked[start : start + 5]
        )
        note = Text(command.note) if command.note else None
        form = Form(command.name, "x" * 12, command.title, fields, note=note, steps=3)
        made = modal(form, 123456)
        top = spot()
        check_modal(top, made)
        assert top.problems == []
        assert all(len(each.label) <= limits.LABEL for each in fields)
        assert all(len(each.hint) <= limits.LABEL_DESCRIPTION for each in fields)


def test_descriptions_are_whole_sentences_that_fit() -> None:
    """Nothing of a declaration is cut to fit."""
    assert "…" not in str(application_commands(REGISTRY))
    assert all(len(each.note) <= limits.LABEL_DESCRIPTION for each in REGISTRY)


def test_options_are_typed() -> None:
    """Members are users, files attachments, numbers integers; choices and names complete."""
    options = {each["name"]: each for each in by_name(Registry(COMMANDS))["echo"]["options"]}
    assert (options["words"]["type"], options["peer"]["type"]) == (3, 6)
    assert options["person"]["autocomplete"] is True
    (file,) = by_name(Registry(COMMANDS))["file"]["options"]
    assert (file["type"], file.get("required")) == (11, None)
    find = {each["name"]: each for each in by_name(REGISTRY)["alum find"]["options"]}
    assert find["field"]["autocomplete"] is True
    assert find["year"]["type"] == 4
    show = by_name(REGISTRY)["contact show"]["options"][0]
    assert (show["name"], show["required"]) == ("person", True)


async def test_sync_registers_once_and_says_where_to_add_the_bot() -> None:
    """``snowball sync discord`` puts the whole list; twice changes nothing."""
    async with discord_server() as discord:
        first = await sync(REGISTRY, discord.token, discord.api_url)
        ids = [each["id"] for each in discord.world.commands[""]]
        again = await sync(REGISTRY, discord.token, discord.api_url)
        assert [each["id"] for each in discord.world.commands[""]] == ids
        assert first == again
        assert f"client_id={discord.world.app_id}" in first.invite
        await sync(REGISTRY, discord.token, discord.api_url, guild=discord.world.guild_id)
        assert len(discord.world.commands[discord.world.guild_id]) == first.commands
        assert schemas.problems(discord) == []


async def test_the_shell_says_what_to_fix() -> None:
    """No token, and a wrong one: a sentence each."""
    async with discord_server() as discord:
        for token, why in (("", "Set DISCORD_TOKEN"), ("wrong", "does not know this")):
            settings = Settings(
                _env_file=None, discord_token=SecretStr(token), discord_api_url=discord.api_url
            )
            with pytest.raises(ConfigurationError, match=why):
                await sync_commands(settings)
        done = await sync_commands(settings_for(discord))
        assert "commands registered" in done
