"""The privacy sheet on the web: the same page as the file, for whoever has the address."""

from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import Site, make_app
from adapters.web.privacy import routes


async def test_the_sheet_is_a_page_that_needs_no_right() -> None:
    """Its look comes from a file of ours, as the policy asks; nothing runs in it."""
    async with TestClient(TestServer(make_app(Site(more=routes())))) as client:
        answer = await client.get("/privacy")
        words = await answer.text()
        style = await client.get("/static/sheet.css")
    assert answer.status == style.status == 200
    assert answer.content_type == "text/html"
    assert "<h1>Privacy sheet</h1>" in words
    assert "<style" not in words
    assert "<script" not in words
