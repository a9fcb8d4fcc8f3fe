"""The page under attack: other files, split headers, posts too large, numbers too long, floods."""

import asyncio
import contextlib
import io

import pytest
from aiohttp import ClientResponse

from adapters.web.app import LARGEST_POST
from adapters.web.guard import TOKEN_HEADER
from bot.reply import Attachment, answer
from tests.adapters.web_.client import a_tab
from tests.adapters.web_.sample import Script, a_playground

BAD_CHARSET = (
    b'--x\r\nContent-Disposition: form-data; name="as"\r\n'
    b"Content-Type: text/plain; charset=no-such\r\n\r\nana\r\n--x--\r\n"
)
BAD_CODING = (
    b'--x\r\nContent-Disposition: form-data; name="as"\r\n'
    b"Content-Transfer-Encoding: no-such\r\n\r\nana\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd",
        "/static/..%5capp.py", "/static/%00", "/static/", "/static", "/file/../../etc/passwd/0",
        "/file/-1/0", "/file/1/-1", f"/file/{'9' * 5000}/0", "/file/٣/0", "/calendar/1.ics",
    ],
)  # fmt: skip
async def test_no_other_file_is_served(path: str) -> None:
    """Nothing outside the folder of static files, no listing, and never a server error."""
    async with a_tab(a_playground(Script())) as tab:
        host, port = tab.client.host, tab.client.port
        reader, writer = await asyncio.open_connection(host, port)
        ask = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        writer.write(ask.encode("utf-8"))
        async with asyncio.timeout(5):
            said = await reader.read()
        writer.close()
    status = int(said.split(b" ", 2)[1])
    assert 400 <= status < 500
    assert b"import" not in said
    assert b"root:" not in said


async def test_a_files_name_splits_no_header() -> None:
    """A name with line breaks, quotes and a path stays inside its header."""
    name = 'a\r\nSet-Cookie: x=1\r\n"; filename="/etc/../é.html'
    script = Script(lambda _: answer(Attachment(name, b"<script>1</script>", "text/html")))
    async with a_tab(a_playground(script)) as tab:
        await tab.posts("/say", words="hello")
        found: list[ClientResponse] = [
            await tab.client.get(f"/file/{number}/0", params={"as": "ana"}) for number in (1, 2, 3)
        ]
    (file,) = [each for each in found if each.status == 200]
    assert "Set-Cookie" not in file.headers
    assert file.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''a%0D%0A")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in file.headers["Content-Security-Policy"]


async def test_a_post_too_large_is_refused_and_the_page_lives() -> None:
    """413, and nothing reaches the core; ten megabytes of words are words."""
    script = Script()
    async with a_tab(a_playground(script)) as tab:
        too_large = await tab.posts(
            "/say", words="x", file=("a.csv", io.BytesIO(b"x" * (LARGEST_POST + 1)))
        )
        assert too_large.status == 413
        assert script.asked == []
        pasted = await tab.posts("/say", words=("", io.BytesIO(b"x" * 10_000_000)))
        assert pasted.status in (200, 413)
        assert (await tab.client.get("/healthz")).status == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"message": "9" * 5000, "button": "x"}, {"message": "-1", "button": "x"},
        {"message": "٣", "button": "\x00"}, {"message": "", "button": "a" * 100_000},
        {"as": "nobody", "button": "x"}, {"in": "../etc", "button": "x"}, {"key": "k" * 100_000},
    ],
)  # fmt: skip
async def test_fields_that_no_page_sends_are_no_accident(fields: dict[str, str]) -> None:
    """A client error or nothing at all."""
    async with a_tab(a_playground(Script())) as tab:
        for path in ("/press", "/form", "/say", "/clock"):
            assert (await tab.posts(path, **fields)).status < 500
        raw = {TOKEN_HEADER: tab.token, "Content-Type": "multipart/form-data; boundary=x"}
        for body in (
            b"",
            b"--x\r\n",
            b"--x\r\n\r\n\r\n--x--\r\n",
            b"\xff\x00" * 100,
            BAD_CHARSET,
            BAD_CODING,
        ):
            assert (await tab.client.post("/say", data=body, headers=raw)).status < 500


async def test_ninety_open_tabs_do_not_stop_the_page() -> None:
    """Streams that nobody reads: the page still answers, and closing lets them all go."""
    async with a_tab(a_playground(Script())) as tab, contextlib.AsyncExitStack() as open_tabs:
        for _ in range(90):
            await open_tabs.enter_async_context(
                tab.client.get("/events", params={"as": "ana", "after": "\u0663-9"})
            )
        async with asyncio.timeout(10):
            assert (await tab.posts("/say", words="still there?")).status == 200
            assert "still there?" in await tab.opens()
