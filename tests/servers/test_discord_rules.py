"""More rules of the stand-in Discord: order of answers, forms, completion, events, files."""

import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import discord as library
import pytest
from discord.http import Route

from tests.servers.discord import schemas
from tests.servers.discord.bare import Bare, bare_client
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.sight import Form, Shown

TALK: dict[str, Any] = {
    "name": "talk",
    "description": "A talk",
    "contexts": [0],
    "default_member_permissions": "32",
    "options": [{"type": 3, "name": "who", "description": "Whom", "autocomplete": True}],
}
FORM: dict[str, Any] = {
    "custom_id": "f",
    "title": "A form",
    "components": [
        {
            "type": 18,
            "label": "Tip",
            "component": {"type": 4, "custom_id": "tip", "style": 1, "max_length": 5},
        }
    ],
}


def callback(client: Bare, interaction: library.Interaction, body: dict[str, Any]) -> Any:
    """A raw first answer."""
    path = "/interactions/{webhook_id}/{webhook_token}/callback"
    route = Route("POST", path, webhook_id=interaction.id, webhook_token=interaction.token)
    return client.http.request(route, json=body)


async def refused(sending: Awaitable[Any]) -> int:
    """The error code that Discord answers with."""
    with pytest.raises(library.HTTPException) as error:
        await sending
    return error.value.code


async def answered(
    script: Callable[[Bare, library.Interaction], Awaitable[None]],
    drive: Callable[[Discord], Awaitable[Any]],
) -> None:
    """Run one exchange with a bare client; the script's own failures are the test's."""
    box: list[Bare] = []

    async def on(interaction: library.Interaction) -> None:
        await script(box[0], interaction)

    async with discord_server() as discord, bare_client(discord, on) as client:
        box.append(client)
        await client.http.bulk_upsert_global_commands(client.application_id or 0, [TALK])
        await drive(discord)
        assert client.failures == []
        assert schemas.event_problems(discord) == []


async def test_a_form_cannot_follow_a_form() -> None:
    """A submitted form may be answered with a message, not with another form."""

    async def script(client: Bare, interaction: library.Interaction) -> None:
        form = {"type": 9, "data": FORM}
        if interaction.type is library.InteractionType.application_command:
            await callback(client, interaction, form)
            return
        assert await refused(callback(client, interaction, form)) == 50035
        assert await refused(callback(client, interaction, {"type": 7, "data": {}})) == 50035
        await callback(client, interaction, {"type": 4, "data": {"content": "Saved"}})

    async def drive(discord: Discord) -> None:
        boss = discord.person("Boss", admin=True)
        assert isinstance(await boss.types("/talk"), Form)
        with pytest.raises(AssertionError, match="characters"):
            await boss.fills_in({"Tip": "too long"})
        await boss.types("/talk")
        seen = await boss.fills_in({"Tip": "SQL"})
        assert isinstance(seen, Shown)
        assert (seen.text, seen.private) == ("Saved", False)

    await answered(script, drive)


async def test_a_form_after_a_deferral_is_refused() -> None:
    """A modal must be the first answer."""

    async def script(client: Bare, interaction: library.Interaction) -> None:
        await callback(client, interaction, {"type": 5})
        assert await refused(callback(client, interaction, {"type": 9, "data": FORM})) == 40060
        await interaction.followup.send("Here")

    async def drive(discord: Discord) -> None:
        seen = await discord.person("Boss", admin=True).types("/talk")
        assert isinstance(seen, Shown)
        assert seen.text == "Here"

    await answered(script, drive)


async def test_too_many_or_too_long_choices_are_refused() -> None:
    """Twenty-five choices of a hundred characters; nothing but choices while typing."""

    async def script(client: Bare, interaction: library.Interaction) -> None:
        for choices in ([{"name": "n", "value": "v"}] * 26, [{"name": "n" * 101, "value": "v"}]):
            body = {"type": 8, "data": {"choices": choices}}
            assert await refused(callback(client, interaction, body)) == 50035
        assert await refused(callback(client, interaction, {"type": 4, "data": {}})) == 50035
        await callback(client, interaction, {"type": 8, "data": {"choices": []}})

    async def drive(discord: Discord) -> None:
        assert await discord.person("Boss", admin=True).completes("/talk", "who", "d") == []

    await answered(script, drive)


async def test_a_command_is_offered_where_and_to_whom_it_says() -> None:
    """Not in DMs without that context; not to members without the permission."""

    async def script(client: Bare, interaction: library.Interaction) -> None: ...

    async def drive(discord: Discord) -> None:
        ana, boss = discord.person("Ana"), discord.person("Boss", admin=True)
        with pytest.raises(AssertionError, match="not shown"):
            await ana.types("/talk")
        with pytest.raises(AssertionError, match="not offered"):
            await boss.types("/talk", channel=boss.dm)

    await answered(script, drive)


async def test_threads_events_and_files_over_the_limit() -> None:
    """Threads and events are made within their limits; a file over 10 MiB is refused."""

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord, bare_client(discord, on) as client:
        guild = client.guilds[0]
        channel = guild.get_channel(int(discord.general.id))
        assert isinstance(channel, library.TextChannel)
        message = await channel.send("Hello")
        assert (await message.create_thread(name="Talks")).name == "Talks"
        start = datetime.now(UTC) + timedelta(days=1)
        about: dict[str, Any] = {
            "name": "Career fair",
            "start_time": start,
            "privacy_level": library.PrivacyLevel.guild_only,
            "entity_type": library.EntityType.external,
        }
        end = {"end_time": start + timedelta(hours=2)}
        made = await guild.create_scheduled_event(**about, **end, location="Aula")
        assert [each.id for each in await guild.fetch_scheduled_events()] == [made.id]
        too_long = guild.create_scheduled_event(**about, **end, location="x" * 101)
        assert await refused(too_long) == 50035
        large = library.File(io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), "a.bin")
        assert await refused(channel.send(file=large)) == 40005
        assert await refused(channel.send("")) == 50006


async def test_a_guild_message_has_no_words_for_an_app_without_the_intent() -> None:
    """The content of a server's messages is withheld unless the app is mentioned; DMs are whole."""

    async def on(_: library.Interaction) -> None: ...

    intents = library.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with discord_server() as discord, bare_client(discord, on, intents=intents) as client:
        ana = discord.person("Ana")
        await ana.says("a secret", discord.general)
        await ana.says(f"<@{discord.world.bot.id}> hello", discord.general)
        await ana.says("hi", ana.dm)
        await discord.until(lambda: len(client.heard) == 3)
        mention = f"<@{discord.world.bot.id}> hello"
        assert [each.content for each in client.heard] == ["", mention, "hi"]
