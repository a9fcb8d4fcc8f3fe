"""The twenty worst inputs through the real client: shown as typed, nobody pinged, nothing lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.tidy import tidy_line
from tests.adapters.slack.house import connected, database
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message

TWENTY = [
    "<!channel>",
    "<!everyone|all> <!here>",
    "<!subteam^S0123ABC> <@U0123ABC|CEO> <#C0123ABC|secret>",
    "@channel @here @everyone",
    "<https://evil.example|click here>",
    "[x](https://evil.example) **b**",
    "<!date^0^{date} {time}^https://evil.example|soon>",
    "*b* _i_ ~s~ `c` ```f``` > quote",
    ":rotating_light::skin-tone-2: :tada:",
    "AT&amp;T &lt;ok&gt; & <b>",
    "שלום عليكم \u202eevil",
    "👩‍👩‍👧‍👦🏳️‍🌈 Zoë Ünïcödé",
    "Robert'); DROP TABLE contacts;--",
    "' OR 1=1 -- \" * AND NEAR(",
    "{name} {0.__class__} %s %n ${7*7}",
    "=1+1 +1 -1 @SUM(A1)",
    "\u200b\u200d\ufeffx\u2060",
    "null None undefined NaN \\x00 \\ud800",
    "a" * 75 + "&<>" * 20,
    "x" * 2900,
]


@pytest.fixture(params=["socket", "http"])
async def slack(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackServer]:
    """Our app on one transport or the other."""
    with database(tmp_path) as stores:
        async with SlackServer() as server, connected(stores, server, request.param):
            yield server


def seen_words(words: str) -> str:
    """One line without what cannot be seen: the core tidies turning marks and the like away."""
    return tidy_line(words.replace("\u2068", "").replace("\u2069", ""))


async def test_the_twenty_worst_are_shown_as_typed(slack: SlackServer) -> None:
    """As a command's words, in the DM, and from a button's reply."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ben.types("/echo hi")
    ben.acts()
    for words in TWENTY:
        if len(words) < 200:
            await ana.types(f"/echo {words}")
            message = await ana.sees("You said")
            assert isinstance(message, Message)
            assert seen_words(words) in seen_words(message.plain())
            assert message.pings == []
        await ana.says_in_dm(words)
        answered = await ana.sees("Menu: " if len(words) <= 200 else "characters; up to 200 fit")
        assert isinstance(answered, Message)
        assert answered.pings == []
    assert ben.new == []
    assert slack.complaints == []


async def test_the_twenty_worst_go_through_a_form(slack: SlackServer) -> None:
    """As a person's name and as long text; what was typed is kept when something is wrong."""
    ana = slack.person("Ana")
    for words in TWENTY:
        name = words[:70]
        await ana.types("/talk log")
        await ana.sees("Log a talk")
        await ana.suggestions("Person", name)
        left = await ana.fills_in({"Person": name, "Tip": words, "Hours": "soon"})
        assert left is not None
        held = left.state["tip"]["tip"]["value"]
        assert held == words
        await ana.sees("I need a number")
        assert await ana.fills_in({"Hours": "1"}) is None
        message = await ana.sees("Logged ")
        assert isinstance(message, Message)
        assert message.pings == []
    assert slack.complaints == []


async def test_ten_presses_and_ten_thousand_characters_are_answered(slack: SlackServer) -> None:
    """Each press gets its answer; the long words get a sentence."""
    ana = slack.person("Ana")
    await ana.types("/echo hi")
    found = ana.finds("Again")
    for _ in range(10):
        await ana.presses("Again", on=found)
        await ana.sees("You said again")
    await ana.types("/echo " + "x" * 10_000)
    await ana.sees("10000 characters")
    assert slack.complaints == []
