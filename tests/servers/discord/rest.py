"""The routes a bot calls with its token: itself, commands, DMs, messages, threads, events."""

import math
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tests.servers.discord import limits, wire
from tests.servers.discord.check_commands import CHAT, check_commands
from tests.servers.discord.errors import (
    DM_CLOSED,
    NOT_YOURS,
    UNKNOWN_EVENT,
    UNKNOWN_GUILD,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    Json,
    Refused,
    Spot,
    spot,
)
from tests.servers.discord.http import WORLD, answer, given, nothing
from tests.servers.discord.posting import BASE, changed, check_body, make
from tests.servers.discord.world import CREATE_EVENTS, MANAGE_EVENTS, Message, snowflake
from tests.servers.faults import SHOWS_UNTIL


async def me(request: web.Request) -> web.Response:
    """The bot's own user."""
    own = {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None, "flags": 0}
    return answer(wire.user(request.app[WORLD].bot) | own)


async def application(request: web.Request) -> web.Response:
    """The bot's application."""
    world = request.app[WORLD]
    return answer(
        {
            "id": world.app_id,
            "name": "Snowball",
            "icon": None,
            "description": "",
            "rpc_origins": [],
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": wire.user(world.owner),
            "verify_key": "0" * 64,
            "team": None,
            "flags": 0,
            "interactions_endpoint_url": None,
            "approximate_guild_count": 1,
        }
    )


async def gateway_bot(request: web.Request) -> web.Response:
    """Where the gateway is."""
    url = request.app[BASE]().replace("http", "ws", 1) + "/gateway"
    left = {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1}
    return answer({"url": url, "shards": 1, "session_start_limit": left})


def _scope(request: web.Request) -> str:
    world = request.app[WORLD]
    guild = request.match_info.get("guild", "")
    if request.match_info["app"] != world.app_id or guild not in {"", world.guild_id}:
        raise Refused(*UNKNOWN_GUILD)
    return guild


async def get_commands(request: web.Request) -> web.Response:
    """What is registered."""
    return answer(request.app[WORLD].commands.get(_scope(request), []))


async def put_commands(request: web.Request) -> web.Response:
    """Put a whole list in place of the registered one; ids stay with names."""
    world, scope = request.app[WORLD], _scope(request)
    commands: Any = given(request).json
    check_commands(commands)
    known = {(old["type"], old["name"]): old["id"] for old in world.commands.get(scope, [])}
    made: list[Json] = []
    for command in commands:
        kind = command.get("type") or CHAT
        fixed: Json = {
            "id": known.get((kind, command["name"])) or snowflake(),
            "application_id": world.app_id,
            "version": snowflake(),
            "default_member_permissions": None,
            "nsfw": False,
        }
        made.append(fixed | {"description": ""} | command | {"type": kind})
        if scope:
            made[-1]["guild_id"] = scope
    world.commands[scope] = made
    world.changed()
    return answer(made)


async def open_dm(request: web.Request) -> web.Response:
    """The DM with somebody; opening never fails for those who block, sending does."""
    world = request.app[WORLD]
    account = world.accounts.get(str(given(request).json.get("recipient_id")))
    if account is None or account.bot:
        raise Refused(*UNKNOWN_USER) if account is None else Refused(*DM_CLOSED)
    return answer(wire.channel(world, world.dm_with(account)))


async def get_channel(request: web.Request) -> web.Response:
    """A channel."""
    world = request.app[WORLD]
    return answer(wire.channel(world, world.channel(request.match_info["channel"])))


async def post_message(request: web.Request) -> web.Response:
    """A message; the same nonce, enforced, gives the message already made."""
    world = request.app[WORLD]
    channel = world.channel(request.match_info["channel"])
    data = given(request).json
    body, files = check_body(request, data)
    nonce = data.get("nonce")
    world.may_post(channel)
    if channel.recipient and not (channel.recipient.dms_open and channel.recipient.in_guild):
        raise Refused(*DM_CLOSED)
    enforced = nonce is not None and data.get("enforce_nonce")
    if enforced and (made := world.same_nonce(channel, str(nonce))):
        return answer(wire.message(world, made, request.app[BASE]()))
    message = await make(request, channel, body, files)
    if nonce is not None:
        world.nonces[channel.id, str(nonce)] = (world.now(), message)
    return answer(wire.message(world, message, request.app[BASE]()))


def message_in(request: web.Request) -> Message:
    found = request.app[WORLD].messages.get(request.match_info["message"])
    hidden = found is None or found.deleted or found.only_for is not None
    if hidden or found is None or found.channel.id != request.match_info["channel"]:
        raise Refused(*UNKNOWN_MESSAGE)
    return found


async def get_message(request: web.Request) -> web.Response:
    """A message; ephemeral ones are not found here."""
    return answer(wire.message(request.app[WORLD], message_in(request), request.app[BASE]()))


async def get_messages(request: web.Request) -> web.Response:
    """The newest messages of a channel, newest first."""
    world = request.app[WORLD]
    channel = world.channel(request.match_info["channel"])
    most = min(int(request.query.get("limit", "50")), 100)
    until = request.get(SHOWS_UNTIL, math.inf)
    seen = [
        message
        for message in world.messages.values()
        if message.channel is channel
        and not message.deleted
        and message.only_for is None
        and message.born <= until
    ]
    return answer([wire.message(world, one, request.app[BASE]()) for one in seen[::-1][:most]])


async def patch_message(request: web.Request) -> web.Response:
    """Change an own message."""
    message = message_in(request)
    if message.author is not request.app[WORLD].bot:
        raise Refused(*NOT_YOURS)
    await changed(request, message, given(request).json)
    return answer(wire.message(request.app[WORLD], message, request.app[BASE]()))


async def delete_message(request: web.Request) -> web.Response:
    """Take a message away."""
    message = message_in(request)
    message.deleted = True
    request.app[WORLD].show(message)
    return nothing()


def _check_event(data: Json) -> Spot:
    """What Discord refuses of an event; an outside one needs an end and a place."""
    top = spot()
    top.text(data, "name", limits.EVENT_NAME, 1, needed=True)
    top.text(data, "description", limits.EVENT_DESCRIPTION, 1)
    top.text(data, "scheduled_start_time", 100, 1, needed=True)
    if data.get("privacy_level") != 2:
        top.at("privacy_level").say("BASE_TYPE_CHOICES", "Value must be one of {2}.")
    if data.get("entity_type") == 3:
        top.text(data, "scheduled_end_time", 100, 1, needed=True)
        about = data.get("entity_metadata") or {}
        top.at("entity_metadata").text(about, "location", limits.EVENT_LOCATION, 1, needed=True)
    begins = datetime.fromisoformat(str(data.get("scheduled_start_time") or "9999-01-01T00:00Z"))
    if begins <= datetime.now(UTC):
        words = "Cannot schedule event in the past."
        top.at("scheduled_start_time").say("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", words)
    return top


async def add_event(request: web.Request) -> web.Response:
    """A scheduled event of the guild; an outside one needs an end and a place."""
    world = request.app[WORLD]
    world.require(CREATE_EVENTS | MANAGE_EVENTS)
    data = given(request).json
    top = _check_event(data)
    if len(world.events) >= limits.EVENTS_PER_GUILD:
        top.say("GUILD_SCHEDULED_EVENTS_MAX", "Maximum number of events reached")
    top.refuse()
    made: Json = {
        "id": snowflake(),
        "guild_id": world.guild_id,
        "channel_id": None,
        "creator_id": world.app_id,
        "scheduled_end_time": None,
        "status": 1,
        "entity_id": None,
        "entity_metadata": None,
        "description": None,
        "user_count": 0,
        "image": None,
        "recurrence_rule": None,
    }
    world.events[made["id"]] = made | data
    return answer(world.events[made["id"]])


async def change_event(request: web.Request) -> web.Response:
    """Change an event; whoever may create events may change their own."""
    world = request.app[WORLD]
    world.require(CREATE_EVENTS | MANAGE_EVENTS)
    known = world.events.get(request.match_info["event"])
    if known is None:
        raise Refused(*UNKNOWN_EVENT)
    known |= given(request).json
    _check_event(known).refuse()
    return answer(known)


async def get_events(request: web.Request) -> web.Response:
    """The guild's events."""
    return answer(list(request.app[WORLD].events.values()))


async def delete_event(request: web.Request) -> web.Response:
    """Take an event away."""
    request.app[WORLD].require(CREATE_EVENTS | MANAGE_EVENTS)
    if request.app[WORLD].events.pop(request.match_info["event"], None) is None:
        raise Refused(*UNKNOWN_EVENT)
    return nothing()


async def get_member(request: web.Request) -> web.Response:
    """A member of the guild."""
    world = request.app[WORLD]
    account = world.accounts.get(request.match_info["user"])
    if account is None or not account.in_guild:
        raise Refused(404, 10007, "Unknown Member")
    return answer(wire.member(account))


def routes(api: str) -> list[web.RouteDef]:
    """What a bot calls with its token."""
    commands, of_guild = f"{api}/applications/{{app}}/commands", f"{api}/guilds/{{guild}}"
    guild_commands = f"{api}/applications/{{app}}/guilds/{{guild}}/commands"
    messages = f"{api}/channels/{{channel}}/messages"
    return [
        web.get(f"{api}/users/@me", me),
        web.get(f"{api}/applications/@me", application),
        web.get(f"{api}/oauth2/applications/@me", application),
        web.get(f"{api}/gateway/bot", gateway_bot),
        web.get(commands, get_commands),
        web.put(commands, put_commands),
        web.get(guild_commands, get_commands),
        web.put(guild_commands, put_commands),
        web.post(f"{api}/users/@me/channels", open_dm),
        web.get(f"{api}/channels/{{channel}}", get_channel),
        web.get(messages, get_messages),
        web.post(messages, post_message),
        web.get(f"{messages}/{{message}}", get_message),
        web.patch(f"{messages}/{{message}}", patch_message),
        web.delete(f"{messages}/{{message}}", delete_message),
        web.get(f"{of_guild}/members/{{user}}", get_member),
        web.get(f"{of_guild}/scheduled-events", get_events),
        web.post(f"{of_guild}/scheduled-events", add_event),
        web.patch(f"{of_guild}/scheduled-events/{{event}}", change_event),
        web.delete(f"{of_guild}/scheduled-events/{{event}}", delete_event),
    ]
