"""A browser without a screen: it takes the page's token and posts as the page's script does."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import Site, make_app
from adapters.web.guard import TOKEN_HEADER
from adapters.web.playground import Playground


@dataclass
class Tab:
    """One tab of one person."""

    client: TestClient[Any, Any]
    token: str = ""

    async def opens(self, who: str = "ana", room: str = "dm") -> str:
        """The page, as HTML."""
        answer = await self.client.get("/", params={"as": who, "in": room})
        page = await answer.text()
        self.token = re.findall(r'name="snowball-token" content="([^"]+)"', page)[0]
        return page

    async def posts(self, path: str, /, **fields: Any) -> ClientResponse:
        """A post with everything that the page's script sends along."""
        form = FormData(default_to_multipart=True)
        given = {"as": "ana", "in": "dm", "key": uuid4().hex, **fields}
        for name, value in given.items():
            if isinstance(value, tuple):
                form.add_field(name, value[1], filename=value[0])
            else:
                form.add_field(name, str(value))
        return await self.client.post(path, data=form, headers={TOKEN_HEADER: self.token})


@asynccontextmanager
async def a_tab(playground: Playground) -> AsyncGenerator[Tab]:
    """A tab that is open at the playground."""
    async with TestClient(TestServer(make_app(Site(playground=playground)))) as client:
        tab = Tab(client)
        await tab.opens()
        yield tab


@dataclass
class Event:
    """One server-sent event."""

    name: str
    data: dict[str, Any]
    number: str = ""


async def next_event(response: ClientResponse) -> Event:
    """The next event of a stream, within five seconds."""
    block = await asyncio.wait_for(response.content.readuntil(b"\n\n"), 5)
    lines = dict(line.split(": ", 1) for line in block.decode().strip().splitlines())
    return Event(lines["event"], json.loads(lines["data"]), lines.get("id", ""))
