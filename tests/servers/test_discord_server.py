"""The stand-in Discord, proved with a bare discord.py client: it refuses what Discord refuses."""

import asyncio
import io
from typing import Any

import discord as library
import pytest
from discord.http import Route

from tests.servers.discord import limits, schemas
from tests.servers.discord.bare import Bare, bare_client
from tests.servers.discord.person import NoAnswerError
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.typing_in import CannotTypeError
from tests.servers.discord.world import StoredFile

FIND: dict[str, Any] = {
    "name": "alum",
    "description": "Alumni",
    "type": 1,
    "contexts": [0, 1],
    "options": [
        {
            "type": 1,
            "name": "find",
            "description": "Find an alum",
            "options": [
                {"type": 3, "name": "field", "description": "Which", "autocomplete": True},
                {"type": 4, "name": "year", "description": "When", "min_value": 1900},
                {"type": 11, "name": "file", "description": "A file"},
                {"type": 6, "name": "peer", "description": "A classmate"},
            ],
        }
    ],
}
SAVE: dict[str, Any] = {"name": "Save as contact", "type": 3, "contexts": [0, 1]}
MEET: dict[str, Any] = {"name": "Introduce us", "type": 2}


async def registered(client: Bare) -> None:
    await client.http.bulk_upsert_global_commands(client.application_id or 0, [FIND, SAVE, MEET])


async def test_a_typed_command_arrives_whole_and_its_private_answer_is_seen_by_one() -> None:
    """Options, locale and rights arrive; an ephemeral answer is on one screen only."""
    got: list[library.Interaction] = []

    async def on(interaction: library.Interaction) -> None:
        got.append(interaction)
        await interaction.response.send_message("two people", ephemeral=True)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana, ben = discord.person("Ana", locale="de"), discord.person("Ben", admin=True)
        seen = await ana.types("/alum find", {"field": "marketing", "year": 2020, "peer": ben})
        assert isinstance(seen, Shown)
        assert (seen.text, seen.private, ben.screen) == ("two people", True, [])
        assert got[0].locale is library.Locale.german
        assert got[0].permissions.manage_guild is False
        data: Any = got[0].data
        options = {o["name"]: o["value"] for o in data["options"][0]["options"]}
        assert options == {"field": "marketing", "year": 2020, "peer": ben.id}
        await ben.types("/alum find", {}, channel=ben.dm)
        assert got[1].guild_id is None
        assert client.failures == []
        assert schemas.event_problems(discord) == []


async def test_only_what_is_registered_can_be_typed() -> None:
    """An unknown command, subcommand or option, a wrong number: the client does not offer them."""

    async def on(interaction: library.Interaction) -> None:
        await interaction.response.send_message("yes")

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        for words, given in [
            ("/nothing", {}),
            ("/alum", {}),
            ("/alum search", {}),
            ("/alum find", {"color": "red"}),
            ("/alum find", {"year": 5}),
            ("/alum find", {"field": " "}),
        ]:
            with pytest.raises(CannotTypeError):
                await ana.types(words, given)


async def test_names_complete_while_typing() -> None:
    """Choices come back as typed; the focused option is marked."""

    async def on(interaction: library.Interaction) -> None:
        if interaction.type is library.InteractionType.autocomplete:
            data: Any = interaction.data
            focused = data["options"][0]["options"][0]
            assert focused["focused"] is True
            choice = library.app_commands.Choice(name="Marketing", value=focused["value"])
            await interaction.response.autocomplete([choice])

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        assert await discord.person("Ana").completes("/alum find", "field", "mak") == ["Marketing"]
        assert client.failures == []
        assert schemas.event_problems(discord) == []


class Ask(library.ui.Modal, title="A talk"):
    """A form with two kinds of field."""

    tip = library.ui.Label(text="Tip", component=library.ui.TextInput(max_length=20))
    fit = library.ui.Label(
        text="Fit",
        component=library.ui.Select(options=[library.SelectOption(label="Nearer", value="n")]),
    )


async def test_a_button_opens_a_form_and_the_form_is_submitted() -> None:
    """Components by custom_id, a modal as first answer, its values, and the edit of the message."""
    values: list[Any] = []

    async def on(interaction: library.Interaction) -> None:
        if interaction.type is library.InteractionType.application_command:
            view = library.ui.View(timeout=None)
            view.add_item(library.ui.Button(label="Write it down", custom_id="go"))
            view.stop()
            await interaction.response.send_message("Hello", view=view, ephemeral=True)
        elif interaction.type is library.InteractionType.component:
            await interaction.response.send_modal(Ask(custom_id="form"))
        else:
            data: Any = interaction.data
            values.extend(data["components"])
            await interaction.response.edit_message(content="Saved", view=None)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        await ana.types("/alum find")
        form = await ana.presses("Write it down")
        assert isinstance(form, Form)
        assert (form.title, form.labels) == ("A talk", ["Tip", "Fit"])
        seen = await ana.fills_in({"Tip": "Learn SQL", "Fit": "Nearer"})
        assert isinstance(seen, Shown)
        assert (seen.text, seen.buttons, len(ana.screen)) == ("Saved", [], 1)
        assert values[0]["component"]["value"] == "Learn SQL"
        assert values[1]["component"]["values"] == ["n"]
        assert client.failures == []
        assert schemas.event_problems(discord) == []


async def test_the_second_answer_and_the_late_one_are_refused() -> None:
    """40060 for a second callback; 10062 after three seconds; 50027 after fifteen minutes."""
    codes: list[int] = []

    async def on(interaction: library.Interaction) -> None:
        response = interaction.response
        if interaction.guild_id is None:
            discord.skip(limits.CALLBACK_SECONDS + 1)
        try:
            await response.send_message("once", ephemeral=True)
            response._response_type = None
            await response.send_message("twice")
        except library.HTTPException as refused:
            codes.append(refused.code)
        discord.skip(limits.TOKEN_SECONDS)
        try:
            await interaction.edit_original_response(content="late")
        except library.HTTPException as refused:
            codes.append(refused.code)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        await ana.types("/alum find")
        await discord.until(lambda: len(codes) == 2)
        assert client.failures == []
        assert codes == [40060, 50027]
        with pytest.raises(NoAnswerError):
            await ana.types("/alum find", channel=ana.dm)
        assert codes[2:] == [10062, 50027]


async def test_a_deferred_answer_stays_private_and_takes_the_waiting_place() -> None:
    """The edit after a private deferral is private; there is one message, not two."""

    async def on(interaction: library.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        assert ana.screen == []
        await interaction.followup.send("Here")

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        seen = await ana.types("/alum find")
        assert isinstance(seen, Shown)
        assert (seen.text, seen.private, seen.thinking, len(ana.screen)) == ("Here", True, False, 1)
        assert client.failures == []
        assert schemas.event_problems(discord) == []


async def test_a_nonce_makes_a_retry_the_same_message_while_it_is_remembered() -> None:
    """Same nonce, same message, one DM; after a while it is a new one."""

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord, bare_client(discord, on) as client:
        ana = discord.person("Ana")
        user = await (await client.create_dm(library.Object(int(ana.id)))).send("hi", nonce="n1")
        again = await user.channel.send("hi", nonce="n1")
        assert (again.id, len(ana.inbox)) == (user.id, 1)
        discord.skip(limits.NONCE_SECONDS + 1)
        await user.channel.send("hi", nonce="n1")
        assert len(ana.inbox) == 2
        assert schemas.event_problems(discord) == []


async def test_what_goes_wrong_on_the_way() -> None:
    """429 with Via is waited for; a 504 after the fact is retried and the nonce keeps it one."""

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord, bare_client(discord, on) as client:
        ana = discord.person("Ana")
        dm = await client.create_dm(library.Object(int(ana.id)))
        discord.fault("POST /channels/*/messages", 429)
        await dm.send("one", nonce="a")
        discord.fault("POST /channels/*/messages", 504, when="after")
        await dm.send("two", nonce="b")
        assert [shown.text for shown in ana.inbox] == ["one", "two"]
        ana.account.dms_open = False
        with pytest.raises(library.Forbidden) as closed:
            await dm.send("three")
        assert closed.value.code == 50007
        discord.fault("POST /channels/*/messages", 403, code=50013)
        with pytest.raises(library.Forbidden) as forbidden:
            await dm.send("four")
        assert forbidden.value.code == 50013


async def test_the_gateway_reconnects_resumes_and_replays() -> None:
    """Opcode 7 and a dropped line resume and bring what was missed; opcode 9 identifies anew."""

    async def on(interaction: library.Interaction) -> None:
        await interaction.response.send_message("yes", ephemeral=True)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        await discord.gateway.reconnect()
        await discord.until(lambda: discord.gateway.resumed == 1)
        await discord.gateway.drop()
        await ana.says("while you were away", ana.dm)
        await discord.until(lambda: discord.gateway.resumed == 2)
        await discord.until(lambda: [m.content for m in client.heard] == ["while you were away"])
        await discord.gateway.invalidate()
        await discord.until(lambda: discord.gateway.identified == 2)
        await ana.types("/alum find")
        assert ana.sees.text == "yes"
        assert discord.gateway.beats >= 1
        assert schemas.event_problems(discord) == []


async def test_privileged_intents_and_a_wrong_token_are_refused() -> None:
    """4014 for an intent that is not switched on; 401 for a wrong token."""

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord:
        with pytest.raises(library.PrivilegedIntentsRequired):
            async with bare_client(discord, on, intents=library.Intents(message_content=True)):
                pass
        discord.world.token = "another"
        async with discord_server() as other:
            other.world.token = "not what the client says"
            client = Bare(on)
            Route.BASE, before = other.api_url, Route.BASE
            with pytest.raises(library.LoginFailure):
                await client.login("wrong")
            await client.close()
            Route.BASE = before


async def test_files_go_up_and_come_down() -> None:
    """A file option is fetched by the app; a file in the answer is on the screen."""

    async def on(interaction: library.Interaction) -> None:
        data: Any = interaction.data
        sent = next(iter(data["resolved"]["attachments"].values()))
        content = await client.http.get_from_cdn(sent["url"])
        file = library.File(io.BytesIO(content), "back.csv", description="as sent")
        await interaction.response.send_message(file=file, ephemeral=True)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana = discord.person("Ana")
        await ana.types("/alum find", {"file": StoredFile("a.csv", b"name\nDana\n", "text/csv")})
        assert client.failures == []
        assert [(f.filename, f.content) for f in ana.sees.files] == [("back.csv", b"name\nDana\n")]
        assert schemas.event_problems(discord) == []


async def test_context_menus_and_pings() -> None:
    """A message and a member can be acted on; what pings is known."""
    seen: list[Any] = []

    async def on(interaction: library.Interaction) -> None:
        data: Any = interaction.data
        seen.append(data["target_id"])
        mentions = (
            library.AllowedMentions.all() if len(seen) == 1 else library.AllowedMentions.none()
        )
        await interaction.response.send_message(f"@everyone <@{ben.id}>", allowed_mentions=mentions)

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        ana, ben = discord.person("Ana"), discord.person("Ben")
        message = await ben.says("I met Dana Ortiz", discord.general)
        await ana.uses("Save as contact", message)
        assert ana.sees.pings == ([ben.id], True)
        await ana.uses("Introduce us", ben)
        assert (ana.sees.pings, seen) == (([], False), [message.id, ben.id])
        assert client.failures == []
        assert schemas.event_problems(discord) == []


async def test_waiting_gives_up_in_time() -> None:
    """The app that says nothing is seen as such."""

    async def on(_: library.Interaction) -> None:
        await asyncio.Event().wait()

    async with discord_server() as discord, bare_client(discord, on) as client:
        await registered(client)
        with pytest.raises(NoAnswerError):
            await discord.person("Ana").types("/alum find")
