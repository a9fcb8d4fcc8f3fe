"""Sockets that break, ways back that closed, and people told that there is too much to do."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.desk import Desk, Room
from adapters.slack import app, workspaces
from adapters.slack.wing import SlackWing
from tests.adapters.slack.house import GATE, connected, database
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message

Joined = tuple[SlackServer, SlackWing]


@pytest.fixture
async def joined(tmp_path: Path) -> AsyncIterator[Joined]:
    """Our app on Socket Mode."""
    GATE.clear()
    with database(tmp_path) as stores:
        async with SlackServer() as slack, connected(stores, slack, "socket") as wing:
            yield slack, wing
            GATE.set()


async def busy(wing: SlackWing) -> list[asyncio.Task[bool]]:
    """Both lines are full: one thread each, which waits for the gate, and one in line."""
    desk = wing._app._desk = Desk(wing._app._desk._door, Room(1, 1, 1, 1, 1))
    lines = (desk._reading, desk._writing)
    held = [asyncio.create_task(line.run(lambda: GATE.wait(10))) for line in lines * 2]
    async with asyncio.timeout(30):
        while any(line.waiting != 1 for line in lines):  # noqa: ASYNC110 - a thread tells nobody
            await asyncio.sleep(0.001)
    return held


async def test_who_comes_when_there_is_no_room_is_told_at_once(joined: Joined) -> None:
    """With what they typed; a press leaves its message as it is."""
    slack, wing = joined
    ana = slack.person("Ana")
    await ana.types("/echo one")
    first = await ana.sees("You said one")
    held = await busy(wing)
    await ana.types("/contact add Dana")
    await ana.sees("rather busy", "/contact add Dana")
    await ana.presses("Again")
    said = await ana.sees("press that again in a minute")
    assert isinstance(said, Message)
    assert said is not first
    assert said.private_to == ana.id
    GATE.set()
    await asyncio.gather(*held)
    await ana.presses("Again", on=(first, ana.finds("Again")[1]))
    assert await ana.sees("You said again") is first
    assert slack.complaints == []


async def test_a_form_stays_open_with_all_that_was_typed(joined: Joined) -> None:
    """Submitted again in a minute, it is taken."""
    slack, wing = joined
    ana = slack.person("Ana")
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    held = await busy(wing)
    assert await ana.suggestions("Person", "Dana") == ["“Dana”"]
    assert await ana.fills_in({"Person": "Dana", "Tip": "SQL"}) is not None
    await ana.sees("rather busy", "nothing you typed is lost")
    GATE.set()
    await asyncio.gather(*held)
    assert await ana.fills_in({}) is None
    await ana.sees("Logged Dana: SQL")
    assert slack.complaints == []


async def test_a_press_in_a_modal_leaves_the_modal(joined: Joined) -> None:
    """What is said lies on top of it."""
    slack, wing = joined
    ana = slack.person("Ana")
    await ana.opens_home()
    await ana.sees("Menu: nothing")
    await ana.presses("Again")
    await ana.sees("You said again")
    below = ana.modal
    held = await busy(wing)
    await ana.presses("Again")
    await ana.sees("press that again in a minute")
    await ana.closes()
    assert ana.modal is below
    GATE.set()
    await asyncio.gather(*held)
    assert slack.complaints == []


async def test_an_answer_whose_socket_broke_comes_by_the_response_url(joined: Joined) -> None:
    """A command is not delivered again, so nobody else would say it."""
    slack, _ = joined
    ana, place = slack.person("Ana"), slack.workspace.channel("general")
    url = slack.workspace.new_response_url(place, ana.id)
    asked = payloads.slash_command(
        slack.workspace, ana.account, place, "/contact", "add Dana",
        f"{slack.base}hooks/{url.secret}",
    )  # fmt: skip
    ana.acts()
    asking = asyncio.Event()
    slack.faults.heard.append(lambda name, _: asking.set() if name == "users.info" else None)
    name = slack.hold("users.info")
    flying = asyncio.create_task(slack.delivery.deliver("slash_commands", asked))
    await asking.wait()
    await slack.delivery.tear()
    name.set()
    await ana.sees("Kept Dana")
    flying.cancel()


async def test_a_form_later_than_every_way_back_is_a_button_in_the_dm(
    joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trigger, then the response_url are gone; one press opens the form."""
    monkeypatch.setattr(app, "IN_TIME", 0.05)
    slack, _ = joined
    ana = slack.person("Ana")
    await ana.types("/slow form")
    slack.later(31 * 60)
    GATE.set()
    letter = await ana.sees("Your form is ready", "[Open the form]")
    assert isinstance(letter, Message)
    assert letter.channel is ana.dm
    await ana.presses("Open the form")
    await ana.sees("Slow form", "A tip")
    await ana.fills_in({"Tip": "go"})
    await ana.sees("Tip: go")
    assert {each.error for each in slack.complaints} == {"expired_trigger_id", "expired_url"}


async def test_the_sixth_answer_goes_to_the_dm(
    joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A response_url may be used five times."""
    monkeypatch.setattr(app, "IN_TIME", 0.05)
    slack, _ = joined
    ana = slack.person("Ana")
    await ana.types("/slow walk")
    for url in slack.workspace.response_urls.values():
        url.uses = 5
    GATE.set()
    letter = await ana.sees("At last")
    assert isinstance(letter, Message)
    assert letter.channel is ana.dm


async def test_a_form_sent_twice_at_once_is_saved_once(joined: Joined) -> None:
    """Two presses of Submit are two events with one draft."""
    slack, _ = joined
    ana = slack.person("Ana")
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    view = await ana.writes({"Person": "Dana"})
    sent = [payloads.view_submission(slack.workspace, ana.account, view) for _ in range(4)]
    assert len({each["trigger_id"] for each in sent}) == 4
    acks = await asyncio.gather(*(slack.delivery.deliver("interactive", each) for each in sent))
    assert [ack.error for ack in acks] == [""] * 4

    def said() -> list[str]:
        return [each.plain() for each in ana.new if each.private_to == ana.id]

    await slack.until(lambda: len(said()) == 4, within=30)
    assert sorted(each.partition(":")[0] for each in said()) == [
        "Logged Dana",
        *["That is saved already; once is enough."] * 3,
    ]


async def test_stopping_waits_for_words_that_slack_was_told_we_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not delivered again: whoever stops in between would have swallowed them."""
    monkeypatch.setattr(workspaces, "PROFILE_PATIENCE", 30)
    with database(tmp_path) as stores:
        async with SlackServer() as slack, connected(stores, slack, "socket") as wing:
            ana, asking = slack.person("Ana"), asyncio.Event()
            slack.faults.heard.append(
                lambda name, _: asking.set() if name == "users.info" else None
            )
            name = slack.hold("users.info")
            await ana.says_in_dm("hello there")
            await asking.wait()

            leaving = asyncio.create_task(wing.leave())
            await asyncio.sleep(0)
            name.set()
            await leaving
            assert "Menu: hello there" in ana.screen()
