"""Too much to do, too late, twice at once: what people on Discord see then."""

import asyncio
from typing import Any

import pytest

from adapters.desk import Desk, Room
from adapters.discord import answering
from bot.domain.people import Contact
from tests.adapters.discord_.conftest import Home
from tests.adapters.discord_.home import GATE
from tests.servers.discord import limits
from tests.servers.discord.person import SUBMIT
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.world import Interaction


def shown(seen: Shown | Form | None) -> Shown:
    assert isinstance(seen, Shown), seen
    return seen


async def busy(home: Home) -> list[asyncio.Task[bool]]:
    """Both lines are full: one thread each, which waits for the gate, and one in line."""
    answers = home.wing.app.answering
    desk = answers.desk = Desk(answers.desk._door, Room(1, 1, 1, 1, 1))
    lines = (desk._reading, desk._writing)
    held = [asyncio.create_task(line.run(lambda: GATE.wait(10))) for line in lines * 2]
    async with asyncio.timeout(30):
        while any(line.waiting != 1 for line in lines):  # noqa: ASYNC110 - a thread tells nobody
            await asyncio.sleep(0.001)
    return held


async def free(held: list[asyncio.Task[bool]]) -> None:
    GATE.set()
    await asyncio.gather(*held)


async def test_who_comes_when_there_is_no_room_is_told_at_once(home: Home) -> None:
    """With what they typed, for them alone; a press leaves its message as it is."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    first = shown(await ana.types("/echo", {"words": "one"}))
    held = await busy(home)
    seen = shown(await ana.types("/contact add", {"name": "Dana"}))
    assert "rather busy" in seen.text
    assert "/contact add name: Dana" in seen.text.replace("\\", "")
    assert seen.private
    pressed = shown(await ana.presses("Again", on=first))
    assert pressed.text == "I’m rather busy just now: please press that again in a minute."
    assert first in ana.screen
    assert await ana.completes("/echo", "person", "da") == []
    await free(held)
    assert "again" in shown(await ana.presses("Again", on=first)).text
    assert ben.screen == []


async def test_a_form_is_said_back_and_can_be_opened_again(home: Home) -> None:
    """Discord closes it in any case, so what was typed is in the answer."""
    ana = home.discord.person("Ana")
    await ana.types("/talk log")
    held = await busy(home)
    seen = shown(await ana.fills_in({"Person": "Dana", "Tip": "Learn *SQL*"}))
    assert "nothing you typed is lost" in seen.text
    assert "Learn *SQL*" in seen.text.replace("\\", "")
    await free(held)
    assert isinstance(await ana.presses("Open the form"), Form)
    assert "Logged Dana" in shown(await ana.fills_in({"Person": "Dana"})).text


async def test_a_form_later_than_all_tokens_is_a_button_in_the_dm(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen minutes later nothing can be opened any more, but a press can open it."""
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    ana = home.discord.person("Ana")
    typed = asyncio.create_task(ana.types("/slow form"))
    await home.discord.until(lambda: ana.last and ana.last.answered == 5)
    home.discord.skip(limits.TOKEN_SECONDS + 1)
    GATE.set()
    letter = await ana.gets_dm("Your form is ready")
    typed.cancel()
    monkeypatch.undo()
    assert isinstance(await ana.presses("Open the form", on=letter), Form)
    assert "Tip: Sleep" in shown(await ana.fills_in({"Tip": "Sleep"})).text


async def test_a_form_sent_twice_at_once_is_saved_once(home: Home) -> None:
    """Two presses of Submit are two events with one draft."""
    ana = home.discord.person("Ana")
    await ana.types("/contact add")
    form, came = ana.form, ana._form_from
    await ana.fills_in({"Name": "Dana"})
    assert form is not None
    assert came is not None
    assert ana.last is not None
    data: Any = ana.last.data
    again = [
        Interaction(SUBMIT, ana.account, came.channel, data, home.discord.world.now())
        for _ in range(4)
    ]
    await asyncio.gather(*(home.discord.tell(each) for each in again))
    await home.discord.until(lambda: all(each.answered for each in again))
    assert people(home) == ["Dana"]
    assert all("once is enough" in str(each.original and each.original.body) for each in again)


async def test_a_button_pressed_twice_at_once_answers_both(home: Home) -> None:
    """Two presses are two events; what they show is the same."""
    ana = home.discord.person("Ana")
    first = shown(await ana.types("/echo", {"words": "one"}))
    await asyncio.gather(*(ana.presses("Again", on=first) for _ in range(2)))
    assert len(ana.screen) == 1


def people(home: Home) -> list[str]:
    """The contacts there are."""
    with home.house.stores.reading(home.house.cohort_id) as store:
        return [each.name for each in store.find(Contact)]


async def test_a_database_that_is_away_once_is_no_silence(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for this press nor, once it is back, for the next one in that server."""

    def away(*_: object) -> None:
        raise OSError("away")

    ana = home.discord.person("Ana")
    settle = home.wing.app.settle
    monkeypatch.setattr(home.wing.app, "settle", away)
    assert "don’t know this place" in shown(await ana.types("/echo")).text
    monkeypatch.setattr(home.wing.app, "settle", settle)
    assert "You said hi" in shown(await ana.types("/echo", {"words": "hi"})).text


async def test_a_server_that_is_settled_slowly_is_answered_in_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first press after a start may meet a locked database: it is deferred."""
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    settle = home.wing.app.settle

    def slowly(guild: str, name: str) -> None:
        GATE.wait(10)
        settle(guild, name)

    monkeypatch.setattr(home.wing.app, "settle", slowly)
    ana = home.discord.person("Ana")
    typed = asyncio.create_task(ana.types("/echo", {"words": "hi"}))
    await home.discord.until(lambda: ana.last and ana.last.answered == 5)
    GATE.set()
    assert "You said hi" in shown(await typed).text


async def test_what_breaks_in_the_adapter_is_no_silence(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was, somebody pressed and waits."""

    real, broken = answering.messages, [True]

    def breaks_once(*given: Any) -> Any:
        if broken:
            broken.clear()
            raise ValueError
        return real(*given)

    monkeypatch.setattr(answering, "messages", breaks_once)
    ana = home.discord.person("Ana")
    assert "went wrong" in shown(await ana.types("/echo")).text


async def test_an_answer_later_than_three_seconds_goes_by_dm(home: Home) -> None:
    """Discord has told the person that nothing came; what they asked for was done all the same."""
    ana, discord = home.discord.person("Ana"), home.discord

    def dawdles(name: str, _: object) -> None:
        if name.endswith("/callback"):
            discord.skip(limits.CALLBACK_SECONDS + 1)

    discord.faults.heard.append(dawdles)
    typed = asyncio.create_task(ana.types("/contact add", {"name": "Dana"}))
    assert "Kept Dana" in (await ana.gets_dm("Kept Dana")).text
    typed.cancel()
    assert people(home) == ["Dana"]


async def test_a_deferral_that_was_too_late_is_not_followed_by_an_edit(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is late already makes no request that must fail."""
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    ana, discord = home.discord.person("Ana"), home.discord
    fault = discord.faults.add("POST /interactions/*", status=404, code=10062)
    typed = asyncio.create_task(ana.types("/slow walk"))
    await discord.until(lambda: fault.met)
    GATE.set()
    await ana.gets_dm("At last")
    typed.cancel()
    assert [each.path for each in discord.requests if each.method == "PATCH"] == []
