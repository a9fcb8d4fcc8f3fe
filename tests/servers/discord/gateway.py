"""The gateway: hello, identify, heartbeats, resume, and events in zlib-stream compressed frames."""

import asyncio
import json
import zlib
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.servers.discord import limits, wire
from tests.servers.discord.errors import DISALLOWED_INTENTS, Json
from tests.servers.discord.world import Message, World, snowflake

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
UNKNOWN_OP, DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN, TWICE = 4001, 4002, 4003, 4004, 4005


class Session:
    """What outlives a connection, so that it can be resumed."""

    def __init__(self, intents: int) -> None:
        self.id = snowflake()
        self.intents = intents
        self.sequence = 0
        self.sent: list[Json] = []


class Connection:
    """One websocket of the app."""

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, compressed: bool
    ) -> None:
        self._request, self.socket = request, socket
        self.session: Session | None = None
        self._zlib = zlib.compressobj() if compressed else None
        self._lock = asyncio.Lock()

    async def send(self, frame: Json) -> None:
        """One frame, compressed in the connection's one stream where it asked for that."""
        text = json.dumps(frame)
        async with self._lock:
            if self.socket.closed:
                return
            if self._zlib is None:
                await self.socket.send_str(text)
                return
            packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)

    def tear(self) -> None:
        """No close frame, no farewell."""
        if self._request.transport:
            self._request.transport.abort()


class Gateway:
    """All connections and sessions of the app."""

    def __init__(self, world: World, base: Callable[[], str], heartbeat_ms: int) -> None:
        self.world = world
        self.base = base
        self.heartbeat_ms = heartbeat_ms
        self.sessions: dict[str, Session] = {}
        self.live: list[Connection] = []
        self.identified = 0
        self.resumed = 0
        self.beats = 0

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """The websocket's whole life."""
        socket = web.WebSocketResponse(max_msg_size=4096, timeout=1.0)
        await socket.prepare(request)
        compress = request.query.get("compress")
        if request.query.get("v") != "10" or compress not in (None, "zlib-stream"):
            await socket.close(code=4012)
            return socket
        connection = Connection(request, socket, compress is not None)
        await connection.send(
            {"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}, "s": None, "t": None}
        )
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, message.data)
        finally:
            if connection in self.live:
                self.live.remove(connection)
            self.world.changed()
        return socket

    async def _receive(self, connection: Connection, data: str) -> None:
        try:
            frame = json.loads(data)
        except ValueError:
            await connection.socket.close(code=DECODE_ERROR)
            return
        match frame.get("op"):
            case 1:
                self.beats += 1
                await connection.send({"op": 11, "d": None, "s": None, "t": None})
            case 2:
                await self._identify(connection, frame["d"])
            case 6:
                await self._resume(connection, frame["d"])
            case 3 | 4 | 8 if connection.session:
                return
            case 3 | 4 | 8:
                await connection.socket.close(code=NOT_AUTHENTICATED)
            case _:
                await connection.socket.close(code=UNKNOWN_OP)

    async def _identify(self, connection: Connection, asked: Json) -> None:
        intents = int(asked["intents"])
        refused = intents & limits.PRIVILEGED_INTENTS & ~self.world.allowed_privileged
        if connection.session:
            await connection.socket.close(code=TWICE)
        elif asked["token"] != self.world.token:
            await connection.socket.close(code=BAD_TOKEN)
        elif refused:
            await connection.socket.close(code=DISALLOWED_INTENTS)
        else:
            session = connection.session = Session(intents)
            self.sessions[session.id] = session
            self.live.append(connection)
            self.identified += 1
            gateway = self.base().replace("http", "ws", 1) + "/gateway"
            await self._event(session, "READY", wire.ready(self.world, session.id, gateway))
            if intents & GUILDS:
                await self._event(session, "GUILD_CREATE", wire.guild(self.world))
        self.world.changed()

    async def _resume(self, connection: Connection, asked: Json) -> None:
        session = self.sessions.get(asked["session_id"])
        if session is None or asked["token"] != self.world.token:
            await connection.send({"op": 9, "d": False, "s": None, "t": None})
            return
        connection.session = session
        for frame in session.sent:
            if frame["s"] > (asked["seq"] or 0):
                await connection.send(frame)
        self.live.append(connection)
        self.resumed += 1
        await self._event(session, "RESUMED", {"_trace": []})
        self.world.changed()

    async def _event(self, session: Session, name: str, data: Json) -> None:
        session.sequence += 1
        frame = {"op": 0, "t": name, "s": session.sequence, "d": data}
        session.sent.append(frame)
        self.world.sent_events.append({"t": name, "d": data})
        for connection in list(self.live):
            if connection.session is session:
                await connection.send(frame)

    async def dispatch(self, name: str, data: Json, intent: int = 0) -> None:
        """An event to every session that asked for its kind; kept for those that will resume."""
        for session in list(self.sessions.values()):
            if not intent or session.intents & intent:
                await self._event(session, name, data)

    async def dispatch_message(self, message: Message) -> None:
        """MESSAGE_CREATE, without the words where the app may not read them."""
        if message.only_for is not None:
            return
        data: dict[str, Any] = wire.message(self.world, message, self.base())
        if not message.channel.is_dm:
            data["guild_id"] = self.world.guild_id
            data["member"] = wire.member(message.author, with_user=False)
        for session in list(self.sessions.values()):
            wanted = DIRECT_MESSAGES if message.channel.is_dm else GUILD_MESSAGES
            if session.intents & wanted:
                await self._event(session, "MESSAGE_CREATE", self._readable(session, message, data))

    def _readable(self, session: Session, message: Message, data: Json) -> Json:
        mentioned = any(user["id"] == self.world.bot.id for user in data["mentions"])
        own = message.author is self.world.bot
        if message.channel.is_dm or mentioned or own or session.intents & MESSAGE_CONTENT:
            return data
        return data | {"content": "", "embeds": [], "components": [], "attachments": []}

    async def reconnect(self) -> None:
        """Opcode 7: go away and resume."""
        for connection in list(self.live):
            await connection.send({"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Opcode 9: the session is no longer good."""
        if not resumable:
            self.sessions.clear()
        for connection in list(self.live):
            await connection.send({"op": 9, "d": resumable, "s": None, "t": None})

    async def drop(self, code: int = 4000) -> None:
        """The connections break."""
        for connection in list(self.live):
            await connection.socket.close(code=code)

    async def cut(self) -> None:
        """The connections are torn without a word."""
        for connection in list(self.live):
            self.live.remove(connection)
            connection.tear()
