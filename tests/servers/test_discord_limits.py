"""The stand-in Discord refuses what is over a limit, and its limits are the published ones."""

from typing import Any

import discord as library
import pytest
from discord.http import Route

from tests.servers.discord import limits, schemas
from tests.servers.discord.bare import bare_client
from tests.servers.discord.server import discord_server

FIND: dict[str, Any] = {"name": "alum", "description": "Alumni", "type": 1}


def _row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def _button(label: str, custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id}


def _text(words: str) -> dict[str, Any]:
    return {"type": 10, "content": words}


def _option(value: str) -> dict[str, Any]:
    return {"label": "x", "value": value}


V2 = 1 << 15
SIX_AND_TWENTY = [_option(str(number)) for number in range(26)]
REFUSED = {
    "2,001 characters": ({"content": "x" * 2001}, "BASE_TYPE_MAX_LENGTH"),
    "a label of 81": ({"components": [_row(_button("x" * 81, "a"))]}, "BASE_TYPE_MAX_LENGTH"),
    "a custom_id of 101": ({"components": [_row(_button("x", "a" * 101))]}, "BASE_TYPE_BAD_LENGTH"),
    "one custom_id twice": (
        {"components": [_row(_button("x", "a"), _button("y", "a"))]},
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "six rows": (
        {"components": [_row(_button("x", f"{n}")) for n in range(6)]},
        "BASE_TYPE_MAX_LENGTH",
    ),
    "26 options": (
        {"components": [_row({"type": 3, "custom_id": "s", "options": SIX_AND_TWENTY})]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    "26 fields": (
        {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]},
        "BASE_TYPE_MAX_LENGTH",
    ),
    "41 components": (
        {"flags": V2, "components": [_text("x") for _ in range(41)]},
        "BASE_TYPE_MAX_LENGTH",
    ),
    "4,001 characters of text": (
        {"flags": V2, "components": [_text("x" * 2001), _text("x" * 2000)]},
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "both generations": (
        {"flags": V2, "content": "x", "components": [_text("x")]},
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "a picture that was not sent": (
        {"flags": V2, "components": [{"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}]},
        "COMPONENT_ATTACHMENT_NOT_FOUND",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_message_over_a_limit_is_refused_with_the_nested_errors(name: str) -> None:
    """50035 with the place of the fault, as the real client then reports it."""
    body, code = REFUSED[name]

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord, bare_client(discord, on) as client:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=discord.general.id)
        with pytest.raises(library.HTTPException) as refused:
            await client.http.request(route, json=body)
        assert (refused.value.status, refused.value.code) == (400, 50035)
        assert code in str(discord.requests[-1].answer["errors"])


BAD_COMMANDS = {
    "an upper-case name": FIND | {"name": "Alum"},
    "a space": FIND | {"name": "alum find"},
    "33 characters": FIND | {"name": "a" * 33},
    "no description": FIND | {"description": ""},
    "101 characters": FIND | {"description": "d" * 101},
    "required after optional": {
        "name": "x",
        "description": "x",
        "options": [
            {"type": 3, "name": "a", "description": "a"},
            {"type": 3, "name": "b", "description": "b", "required": True},
        ],
    },
    "26 options": {
        "name": "x",
        "description": "x",
        "options": [{"type": 3, "name": f"o{n}", "description": "a"} for n in range(26)],
    },
    "8,001 characters": {
        "name": "x",
        "description": "x",
        "options": [
            {
                "type": 1,
                "name": f"s{n}",
                "description": "d" * 100,
                "options": [
                    {"type": 3, "name": f"o{m}", "description": "d" * 100} for m in range(10)
                ],
            }
            for n in range(8)
        ],
    },
    "choices and autocomplete": {
        "name": "x",
        "description": "x",
        "options": [
            {
                "type": 3,
                "name": "a",
                "description": "a",
                "autocomplete": True,
                "choices": [{"name": "n", "value": "v"}],
            }
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_COMMANDS)
async def test_a_bad_command_is_refused(name: str) -> None:
    """Names, lengths, order and sizes of registered commands."""

    async def on(_: library.Interaction) -> None: ...

    async with discord_server() as discord, bare_client(discord, on) as client:
        with pytest.raises(library.HTTPException) as refused:
            await client.http.bulk_upsert_global_commands(
                client.application_id or 0, [BAD_COMMANDS[name]]
            )
        assert refused.value.code == 50035


MENU = "StringSelectComponentForMessageRequest"


@pytest.mark.skipif(bool(schemas.ABSENT), reason=schemas.ABSENT)
def test_our_limits_are_the_published_ones() -> None:
    """Our own table of limits against the official description of the API."""

    def limit(schema: str, *path: str) -> int:
        found: Any = schemas.openapi()["components"]["schemas"][schema]["properties"]
        for step in path:
            found = found[step]
        return int(found)

    expected = {
        ("ButtonComponentForMessageRequest", "label", "maxLength"): limits.BUTTON_LABEL,
        ("ButtonComponentForMessageRequest", "custom_id", "maxLength"): limits.CUSTOM_ID,
        ("ButtonComponentForMessageRequest", "url", "maxLength"): limits.BUTTON_URL,
        (MENU, "options", "maxItems"): limits.SELECT_OPTIONS,
        (MENU, "placeholder", "maxLength"): limits.SELECT_PLACEHOLDER,
        ("StringSelectOptionForRequest", "label", "maxLength"): limits.OPTION_LABEL,
        ("StringSelectOptionForRequest", "value", "maxLength"): limits.OPTION_VALUE,
        ("StringSelectOptionForRequest", "description", "maxLength"): limits.OPTION_DESCRIPTION,
        ("SectionComponentForMessageRequest", "components", "maxItems"): limits.SECTION_TEXTS,
        ("ModalInteractionCallbackRequestData", "title", "maxLength"): limits.MODAL_TITLE,
        ("LabelComponentForModalRequest", "label", "maxLength"): limits.LABEL,
        ("LabelComponentForModalRequest", "description", "maxLength"): limits.LABEL_DESCRIPTION,
        ("TextInputComponentForModalRequest", "value", "maxLength"): limits.INPUT_VALUE,
        ("TextInputComponentForModalRequest", "placeholder", "maxLength"): limits.INPUT_PLACEHOLDER,
        ("ApplicationCommandUpdateRequest", "name", "maxLength"): limits.COMMAND_NAME,
        ("ApplicationCommandUpdateRequest", "description", "maxLength"): limits.COMMAND_DESCRIPTION,
        ("ApplicationCommandUpdateRequest", "options", "maxItems"): limits.COMMAND_OPTIONS,
        ("MediaGalleryComponentForMessageRequest", "items", "maxItems"): limits.GALLERY_ITEMS,
    }  # fmt: skip
    found = {key: limit(*key) for key in expected}
    assert found == expected
