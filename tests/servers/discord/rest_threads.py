"""The routes about threads: started below a channel, people added, the active ones listed.

Rules as in Discord's documentation (Threads; Channel resource, "Start Thread", "Add Thread Member";
Guild resource, "List Active Guild Threads").
"""

from aiohttp import web

from tests.servers.discord import limits, wire
from tests.servers.discord.errors import (
    ARCHIVED,
    NO_ACCESS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MEMBER,
    WRONG_CHANNEL,
    Json,
    Refused,
    spot,
)
from tests.servers.discord.http import WORLD, answer, given, nothing
from tests.servers.discord.rest import message_in
from tests.servers.discord.world import (
    CREATE_PRIVATE,
    PRIVATE_THREAD,
    SEND_IN_THREADS,
    TEXT_CHANNEL,
    THREAD,
    VIEW,
    Channel,
)


async def start_thread(request: web.Request) -> web.Response:
    """A thread, from a message or on its own; whoever starts a private one is in it."""
    world = request.app[WORLD]
    data = given(request).json
    top = spot()
    top.text(data, "name", limits.THREAD_NAME, 1, needed=True)
    kind = data.get("type", PRIVATE_THREAD) if "message" not in request.match_info else THREAD
    if kind not in {THREAD, PRIVATE_THREAD}:
        top.at("type").say("BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.")
    if data.get("auto_archive_duration", 60) not in limits.ARCHIVE_AFTER:
        top.at("auto_archive_duration").say("BASE_TYPE_CHOICES", "Value must be one of those.")
    top.refuse()
    parent = world.channel(request.match_info["channel"])
    if parent.kind != TEXT_CHANNEL:
        raise Refused(*WRONG_CHANNEL)
    if not world.bot_may & VIEW:
        raise Refused(*NO_ACCESS)
    if kind == PRIVATE_THREAD:
        world.require(CREATE_PRIVATE)
    thread = Channel(kind, data["name"], parent=parent, people={world.bot.id})
    if "message" in request.match_info:
        thread.id = message_in(request).id
    world.channels[thread.id] = thread
    return answer(wire.channel(world, thread), 201)


async def add_to_thread(request: web.Request) -> web.Response:
    """Somebody who is in the guild is put into a thread, once or again."""
    world = request.app[WORLD]
    thread = world.channel(request.match_info["channel"])
    account = world.accounts.get(request.match_info["user"])
    if not thread.is_thread:
        raise Refused(*UNKNOWN_CHANNEL)
    if thread.archived:
        raise Refused(*ARCHIVED)
    if world.bot.id not in thread.people:
        raise Refused(*NO_ACCESS)
    world.require(SEND_IN_THREADS)
    if account is None or not account.in_guild:
        raise Refused(*UNKNOWN_MEMBER)
    thread.people.add(account.id)
    return nothing()


async def active_threads(request: web.Request) -> web.Response:
    """The threads that the app can see and that are not archived, the newest first."""
    world = request.app[WORLD]
    seen = [
        each
        for each in world.channels.values()
        if each.is_thread and not each.archived and world.bot.id in each.people
    ]
    members: list[Json] = [
        {"id": each.id, "user_id": world.bot.id, "join_timestamp": wire.JOINED, "flags": 0}
        for each in seen
    ]
    shown = [wire.channel(world, each) for each in seen[::-1]]
    return answer({"threads": shown, "members": members})


def routes(api: str) -> list[web.RouteDef]:
    """What a bot does with threads."""
    channel = f"{api}/channels/{{channel}}"
    return [
        web.post(f"{channel}/messages/{{message}}/threads", start_thread),
        web.post(f"{channel}/threads", start_thread),
        web.put(f"{channel}/thread-members/{{user}}", add_to_thread),
        web.get(f"{api}/guilds/{{guild}}/threads/active", active_threads),
    ]
