"""The playground's addresses: each reads a request, asks the playground, and answers a fragment."""

import json
from urllib.parse import quote

from aiohttp import hdrs, web

from adapters.web import parse
from adapters.web.cast import Persona
from adapters.web.pages import Pages
from adapters.web.parse import Done, Picked
from adapters.web.playground import Opened
from adapters.web.stream import stream
from adapters.web.transcript import CHANNEL, DM, Message, people_in
from bot.invocation import Given, Upload
from bot.reply import Attachment, Part, Picture

Posted = dict[str, Given]


class Routes:
    """Handlers for one playground."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.playground = pages.playground

    def table(self) -> list[web.RouteDef]:
        """Every address."""
        return [
            web.get("/", self.page),
            web.get("/events", self.events),
            web.get("/complete", self.complete),
            web.get("/suggest", self.suggest),
            web.get("/file/{message}/{part}", self.file),
            web.post("/say", self.say),
            web.post("/press", self.press),
            web.post("/form", self.form),
            web.post("/clock", self.clock),
        ]

    async def page(self, request: web.Request) -> web.Response:
        me = self._me(request.query.get("as", ""))
        place = _place(request.query.get("in", ""), me)
        return web.Response(
            text=self.pages.page(me, place),
            content_type="text/html",
            headers={hdrs.CACHE_CONTROL: "no-store"},
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request.query.get("as", ""))
        last = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        return await stream(request, self.pages, me, last)

    async def complete(self, request: web.Request) -> web.Response:
        found = await self.playground.complete(
            self._asking(request), request.query.get("words", "")
        )
        enter = {"X-Enter-Takes": "1"} if found.enter_takes else {}
        return web.Response(
            text=self.pages.completions(found), content_type="text/html", headers=enter
        )

    async def suggest(self, request: web.Request) -> web.Response:
        query = request.query
        found = await self.playground.suggest(
            self._asking(request),
            query.get("command", ""),
            query.get("parameter", ""),
            query.get("words", ""),
        )
        return web.Response(text=self.pages.choices(found), content_type="text/html")

    async def say(self, request: web.Request) -> web.Response:
        posted = await _posted(request)
        words, file = _text(posted, "words").strip(), _sent_file(posted)
        if not words and file is None:
            return web.json_response({})
        done = self._done(posted)
        if file is not None:
            return self._answer(done, await self.playground.send(done, words, file))
        return self._answer(done, await self.playground.say(done, words, _picked(posted)))

    async def press(self, request: web.Request) -> web.Response:
        posted = await _posted(request)
        done, number = self._done(posted), _number(posted, "message")
        return self._answer(
            done, await self.playground.press(done, number, _text(posted, "button"))
        )

    async def form(self, request: web.Request) -> web.Response:
        posted = await _posted(request)
        done = self._done(posted)
        invocation = parse.submitted(
            done,
            _text(posted, "command"),
            _text(posted, "draft"),
            _number(posted, "cohort"),
            parse.form_fields(posted),
        )
        opened = await self.playground.submit(done, invocation, _number(posted, "replaces"))
        return self._answer(done, opened)

    async def clock(self, request: web.Request) -> web.Response:
        posted = await _posted(request)
        await self.playground.move_clock(self._done(posted).me, _text(posted, "move"))
        return web.json_response({})

    async def file(self, request: web.Request) -> web.Response:
        me = request.query.get("as", "")
        number, part = request.match_info["message"], request.match_info["part"]
        found = self.playground.transcript.get(_as_number(number), me)
        return _file(_part(found, _as_number(part)))

    def _answer(self, done: Done, opened: Opened | None) -> web.Response:
        """What the page's script needs: the last change to wait for, and a form to open."""
        told: dict[str, str | int] = {"change": self.playground.transcript.latest(done.me.key)}
        if opened is not None:
            told["form"] = self.pages.form(opened, done)
        return web.json_response(told)

    def _asking(self, request: web.Request) -> Done:
        query = request.query
        me = self._me(query.get("as", ""))
        return Done(me, _place(query.get("in", ""), me), "")

    def _done(self, posted: Posted) -> Done:
        key = _text(posted, "key")
        if not key:
            raise web.HTTPBadRequest(text="A post says which event it is.")
        me = self._me(_text(posted, "as"))
        return Done(me, _place(_text(posted, "in"), me), key[:64])

    def _me(self, key: str) -> Persona:
        return self.playground.person(key)


def _place(given: str, me: Persona) -> str:
    """The channel, a room that they are in, else their DM."""
    return given if given == CHANNEL or me.key in people_in(given) else DM


async def _posted(request: web.Request) -> Posted:
    """The fields and files of a form, as the page's script sends them."""
    posted: Posted = {}
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPUnsupportedMediaType(text="A form is sent as multipart/form-data.")
    try:
        fields = await request.post()
    except (ValueError, LookupError, RuntimeError, AssertionError):  # aiohttp's, for no multipart
        raise web.HTTPBadRequest(text="That form cannot be read.") from None
    for name, value in fields.items():
        if isinstance(value, web.FileField):
            posted[name] = Upload(value.filename, value.file.read())
        elif isinstance(value, bytes | bytearray):
            posted[name] = Upload("", bytes(value))
        else:
            posted[name] = value.replace("\r\n", "\n")
    return posted


def _text(posted: Posted, name: str) -> str:
    given = posted.get(name, "")
    return given if isinstance(given, str) else ""


def _sent_file(posted: Posted) -> Upload | None:
    given = posted.get("file")
    return given if isinstance(given, Upload) and given.name else None


def _number(posted: Posted, name: str) -> int:
    return _as_number(_text(posted, name))


def _as_number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0


def _picked(posted: Posted) -> tuple[Picked, ...]:
    """Raises HTTPBadRequest for what our script would not send."""
    try:
        kept = json.loads(_text(posted, "picked") or "[]")
        return tuple(Picked(str(p["parameter"]), str(p["label"]), str(p["value"])) for p in kept)
    except (ValueError, KeyError, TypeError):
        raise web.HTTPBadRequest(text="Those picks cannot be read.") from None


def _part(message: Message | None, number: int) -> Part | None:
    if message is None or isinstance(message.said, str) or number >= len(message.said.parts):
        return None
    return message.said.parts[number]


def _file(part: Part | None) -> web.Response:
    """A picture to look at, or a file to keep; never a page of ours, whatever its type says."""
    match part:
        case Picture(png=png):
            return web.Response(body=png, content_type="image/png")
        case Attachment(name, content, media_type):
            disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
            return web.Response(
                body=content,
                headers={
                    hdrs.CONTENT_TYPE: media_type,
                    hdrs.CONTENT_DISPOSITION: disposition,
                },
            )
        case _:
            raise web.HTTPNotFound(text="That file is gone; ask for it again.")
