"""Making and changing messages: checked, stored, shown, and told to the gateway."""

from collections.abc import Callable

from aiohttp import web

from tests.servers.discord.check_messages import EPHEMERAL, LOADING, V2, check_message
from tests.servers.discord.errors import NOT_FOUND, Json, Refused, spot
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.http import WORLD, given
from tests.servers.discord.world import (
    Account,
    Channel,
    Interaction,
    Message,
    StoredFile,
    World,
)

BASE: web.AppKey[Callable[[], str]] = web.AppKey("base")
GATEWAY: web.AppKey[Gateway] = web.AppKey("gateway", Gateway)


def stored(world: World, file_id: str) -> StoredFile:
    """A file by its id, wherever it hangs."""
    for message in world.messages.values():
        for file in message.files:
            if file.id == file_id:
                return file
    if file_id in world.uploads:
        return world.uploads[file_id]
    raise Refused(*NOT_FOUND)


def _files(request: web.Request, data: Json) -> list[StoredFile]:
    sent = given(request).files
    described = {
        int(one["id"]): one for one in data.get("attachments") or [] if int(one["id"]) in sent
    }
    for number, file in sent.items():
        about = described.get(number, {})
        file.description = about.get("description")
        file.filename = about.get("filename") or file.filename
    return list(sent.values())


def check_body(
    request: web.Request, data: Json, *, wrapped_in: str = ""
) -> tuple[Json, list[StoredFile]]:
    """The body of a new message and its files, refused where Discord would."""
    files = _files(request, data)
    top = spot()
    check_message(top, data, {file.filename for file in files})
    top.refuse(wrapped_in)
    return data, files


async def make(
    request: web.Request,
    channel: Channel,
    body: Json,
    files: list[StoredFile],
    *,
    only_for: Account | None = None,
    interaction: Interaction | None = None,
) -> Message:
    """A new message of the app; it wakes an archived thread."""
    world = request.app[WORLD]
    channel.archived = False
    message = Message(channel, world.bot, body, files, only_for, interaction)
    world.keep(message)
    await request.app[GATEWAY].dispatch_message(message)
    return message


async def changed(
    request: web.Request,
    message: Message,
    data: Json,
    *,
    wrapped_in: str = "",
    resolves: bool = False,
) -> None:
    """Change a message; ``resolves`` when it was only "thinking" so far."""
    new = _files(request, data)
    kept_ids = {str(one["id"]) for one in data.get("attachments") or []}
    kept = [file for file in message.files if "attachments" not in data or file.id in kept_ids]
    files = kept + new
    top = spot()
    check_message(top, data, {f.filename for f in files}, was=message.flags, new=resolves)
    top.refuse(wrapped_in)
    flags = message.flags & ~LOADING | int(data.get("flags") or 0) & (V2 | EPHEMERAL * resolves)
    if message.only_for is None:
        flags &= ~EPHEMERAL
    turned_v2 = bool(flags & V2) and not message.flags & V2
    if turned_v2 and not resolves and (message.body.get("content") or message.body.get("embeds")) and "content" not in data:  # fmt: skip  # noqa: E501
        top.at("flags").say("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "content stays")
        top.refuse(wrapped_in)
    changes = {key: value for key, value in data.items() if key not in {"flags", "attachments"}}
    message.body = message.body | changes | {"flags": flags}
    message.files = files
    message.edited = not resolves
    request.app[WORLD].show(message)
