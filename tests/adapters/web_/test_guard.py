"""Only the playground's own page gets in: no other host's name, no other site's posts."""

import pytest

from adapters.web.guard import TOKEN_HEADER, name_of
from tests.adapters.web_.client import Tab, a_tab
from tests.adapters.web_.sample import Script, a_playground


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:8000", 200),
        ("evil.example", 403), ("127.0.0.1.evil.example:8000", 403), ("", 403),
        ("localhost.evil.example", 403),
    ],
)  # fmt: skip
async def test_only_names_of_this_machine_are_answered(host: str, status: int) -> None:
    async with a_tab(a_playground(Script())) as tab:
        assert (await tab.client.get("/", headers={"Host": host})).status == status


def test_a_hosts_name_is_read_without_its_port() -> None:
    assert [name_of(each) for each in ("a:1", "A", "[::1]:2", "[::1]", "a:b")] == [
        "a", "a", "[::1]", "[::1]", "a:b",
    ]  # fmt: skip


async def refused(tab: Tab, headers: dict[str, str]) -> bool:
    own = {TOKEN_HEADER: tab.token, **headers}
    answer = await tab.client.post("/clock", data={"move": "hour"}, headers=own)
    return answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "guessed-é"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_posts_of_other_sites_are_refused(headers: dict[str, str]) -> None:
    async with a_tab(a_playground(Script())) as tab:
        assert await refused(tab, headers)


async def test_a_post_of_our_own_page_is_taken() -> None:
    async with a_tab(a_playground(Script())) as tab:
        host = f"{tab.client.host}:{tab.client.port}"
        assert not await refused(tab, {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"})


async def test_nothing_runs_that_is_not_ours() -> None:
    async with a_tab(a_playground(Script())) as tab:
        for address in ("/", "/static/app.js", "/nowhere"):
            policy = (await tab.client.get(address)).headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
        page = await tab.opens()
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == 1
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


async def test_an_alums_page_needs_no_token_but_our_own_name() -> None:
    """Its address is its right; a browser posts from it without an origin."""
    async with a_tab(a_playground(Script())) as tab:
        posted = await tab.client.post("/alum/1-1-0", headers={"Origin": "null"})
        assert posted.status == 404  # there is no such alum here; nobody was kept out
        posted = await tab.client.post("/alum/1-1-0", headers={"Host": "evil.example"})
        assert posted.status == 403
