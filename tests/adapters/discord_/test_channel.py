"""The cohort's channel on Discord: chosen, posted to, answered in private; private threads."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from adapters.discord.occasions import body_of
from adapters.discord.rights import NEEDED
from adapters.engine import Engine
from bot.clocks import MovableClock
from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed, OwedState
from bot.ports import Messenger, Outcome, Refused, Sent, Trouble
from bot.reply import Occasion, answer, text
from tests.adapters.discord_.conftest import Home
from tests.adapters.discord_.home import connected, engine_for, make_house
from tests.adapters.posts import FAIR, GATE, REGISTRY
from tests.servers.discord import schemas
from tests.servers.discord.person import DEFERRED, Person
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.world import (
    CREATE_EVENTS,
    CREATE_PRIVATE,
    MANAGE_EVENTS,
    PRIVATE_THREAD,
    SEND,
    VIEW,
    Channel,
)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[Home]:
    """A server with the commands that post; every payload is held against the schemas."""
    GATE.clear()
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, REGISTRY, MovableClock())
        try:
            async with connected(house, discord) as wing:
                yield Home(discord, house, wing)
        finally:
            house.stores.close()
        assert schemas.problems(discord) == []


async def chosen(home: Home) -> Person:
    """The organiser has chosen #general."""
    boss = home.discord.person("Boss", admin=True)
    said = await boss.types("/snowball", {"words": "cohort channel"})
    assert isinstance(said, Shown)
    assert "cohort’s channel now" in said.text
    await tick(home)
    return boss


async def tick(home: Home) -> None:
    """What is owed is sent."""
    engine: Engine = engine_for(home.house, home.wing)
    await engine.tick()
    await engine.stop()


def posts(home: Home, channel: Channel | None = None) -> list[str]:
    """What everybody in a channel reads."""
    found = home.discord.messages_in(channel or home.discord.general)
    return [Shown(each).text for each in found]


def rows(home: Home, command: str) -> list[Owed]:
    """The rows of a command."""
    with home.house.stores.reading(home.house.cohort_id) as store:
        return store.find(Owed, command=command)


async def test_the_channel_is_chosen_by_typing_in_it(home: Home) -> None:
    """A first post shows that it works."""
    await chosen(home)
    (hello,) = posts(home)
    assert "I’m Snowball" in hello
    workspace = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert workspace is not None
    assert (workspace.channel, workspace.meets_in_channel) == (home.discord.general.id, True)


async def test_a_dm_is_no_channel(home: Home) -> None:
    """Nor is a place that is unknown to the cohort."""
    boss = await chosen(home)
    said = await boss.types("/snowball", {"words": "cohort channel"}, channel=boss.dm)
    assert isinstance(said, Shown)
    assert said.text == "Type this in the channel that the whole cohort reads."


@pytest.mark.parametrize(("bit", "name"), NEEDED.items())
async def test_a_missing_permission_is_named(home: Home, bit: int, name: str) -> None:
    """And nothing is chosen."""
    boss = home.discord.person("Boss", admin=True)
    home.discord.world.bot_may &= ~bit
    said = await boss.types("/snowball", {"words": "cohort channel"})
    assert isinstance(said, Shown)
    assert f"allow Snowball: {name}." in said.text
    await tick(home)
    assert posts(home) == []


async def test_a_thread_is_not_the_cohorts_channel(home: Home) -> None:
    """Threads hold no threads."""
    boss = home.discord.person("Boss", admin=True)
    thread = Channel(PRIVATE_THREAD, "aside", parent=home.discord.general, people={boss.id})
    home.discord.world.channels[thread.id] = thread
    said = await boss.types("/snowball", {"words": "cohort channel"}, channel=thread)
    assert isinstance(said, Shown)
    assert said.text.startswith("This is a thread.")


async def test_a_press_under_a_post_is_answered_in_private(home: Home) -> None:
    """The post stays as it is, though the button would replace its message elsewhere."""
    boss = await chosen(home)
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    await boss.types("/share this")
    await tick(home)
    await ana.presses("I do", beside="a win for all")
    assert ana.sees.text == "Only for Ana"
    assert ana.sees.message.only_for is ana.account
    assert posts(home)[-1].startswith("a win for all")
    assert "Only for Ana" not in [shown.text for shown in ben.screen]


async def test_a_form_behind_a_post_is_answered_in_private(home: Home) -> None:
    """Its answer would replace the post, were it not for all."""
    boss = await chosen(home)
    ana = home.discord.person("Ana")
    await boss.types("/share this")
    await tick(home)
    opened = await ana.presses("Tell me more", beside="a win for all")
    assert isinstance(opened, Form)
    await ana.fills_in({"Words": "plums"})
    assert ana.sees.text == "Kept plums"
    assert posts(home)[-1].startswith("a win for all")


async def test_a_slow_answer_to_a_post_is_private_too(home: Home) -> None:
    """What says that we think is a message of its own, not the post."""
    boss = await chosen(home)
    ana = home.discord.person("Ana")
    await boss.types("/share this")
    await tick(home)
    pressed = asyncio.create_task(ana.presses("Slowly", beside="a win for all"))
    await home.discord.until(lambda: ana.last and ana.last.answered == DEFERRED)
    GATE.set()
    await pressed
    assert (ana.sees.text, ana.sees.message.only_for) == ("At last", ana.account)
    assert posts(home)[-1].startswith("a win for all")


async def test_a_lost_channel_is_told_to_the_organisers(home: Home) -> None:
    """By DM, once, with what to do."""
    boss = await chosen(home)
    home.discord.world.bot_may &= ~SEND
    for what in ("plums", "pears"):
        await boss.types("/share this", {"what": what})
        await tick(home)
    assert [row.state for row in rows(home, "share said")] == [OwedState.UNDELIVERABLE] * 2
    assert [("could not post" in shown.text) for shown in boss.inbox] == [True]


# the server's calendar


async def test_an_occasion_is_also_an_event_of_the_server(home: Home) -> None:
    """Once, however often its row is sent; nobody is pinged by its name."""
    boss = await chosen(home)
    await boss.types("/share this", {"what": "fair"})
    await tick(home)
    assert "Careers fair" in posts(home)[-1]
    (event,) = home.discord.world.events.values()
    assert event["name"] == FAIR.name
    assert event["entity_metadata"] == {"location": "Room 12"}
    assert event["scheduled_end_time"] == "2027-03-01T18:30:00Z"
    (messenger,) = home.wing.messengers
    workspace = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert workspace is not None
    assert isinstance(await messenger.to_channel(workspace, answer(FAIR), "sb99"), Sent)
    assert len(home.discord.world.events) == 1


async def test_a_changed_occasion_changes_its_event_and_a_cancelled_one_takes_it_out(
    home: Home,
) -> None:
    """By our own number, so that a class of the same name next week is another event."""
    await chosen(home)
    messenger = messenger_of(home)
    workspace = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert workspace is not None
    first = replace(FAIR, name="Coffee", key="17")
    weekly = replace(first, at=FAIR.at.add(hours=168), key="18")
    moved = replace(first, at=FAIR.at.add(hours=1), place="Room 14")
    events = home.discord.world.events
    for number, each in enumerate((first, weekly, moved, moved)):
        assert isinstance(await messenger.to_channel(workspace, answer(each), f"sb{number}"), Sent)
    assert [each["entity_metadata"]["location"] for each in events.values()] == [
        "Room 14",
        "Room 12",
    ]
    asked = [each for each in home.discord.requests if "/scheduled-events" in each.path]
    assert [each.method for each in asked if each.method != "GET"] == ["POST", "POST", "PATCH"]
    off = answer(text("Called off."), replace(moved, cancelled=True))
    for number in (8, 9):
        assert isinstance(await messenger.to_channel(workspace, off, f"sb{number}"), Sent)
    (left,) = events.values()
    assert left["description"].endswith("(Snowball 18)")
    assert "Coffee" not in posts(home)[-1]


async def test_without_the_permission_the_post_goes_out_all_the_same(home: Home) -> None:
    """The log says so, and nothing of what it says."""
    boss = await chosen(home)
    home.discord.world.bot_may &= ~(CREATE_EVENTS | MANAGE_EVENTS)
    await boss.types("/share this", {"what": "fair"})
    with structlog.testing.capture_logs() as logs:
        await tick(home)
    assert "Careers fair" in posts(home)[-1]
    assert home.discord.world.events == {}
    noted = [each for each in logs if each["event"] == "event not added"]
    assert noted == [{"event": "event not added", "log_level": "warning", "code": 50013}]


async def test_an_event_of_the_past_or_of_great_length_is_no_trouble(home: Home) -> None:
    """The post says all; the calendar has what fits, and nothing that is over."""
    await chosen(home)
    (messenger,) = home.wing.messengers
    workspace = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert workspace is not None
    long = Occasion("n" * 300, FAIR.at, 0, "p" * 300, "a" * 3000)
    past = replace(FAIR, at=FAIR.at.subtract(hours=24 * 3650))
    bare = Occasion("Meet", FAIR.at)
    outcome = await messenger.to_channel(workspace, answer(long, past, bare), "sb1")
    assert isinstance(outcome, Sent)
    assert {each["name"] for each in home.discord.world.events.values()} == {
        "n" * 99 + "…",
        "Meet",
    }
    assert "description" not in body_of(bare)


# together


async def pair(home: Home) -> tuple[Person, Person, Workspace, list[Account]]:
    """Two members, their server, their accounts."""
    await chosen(home)
    people = home.discord.person("Ana"), home.discord.person("Ben")
    for each in people:
        await each.types("/snowball")
    workspace = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert workspace is not None
    with home.house.stores.reading(home.house.cohort_id) as store:
        accounts = store.find(Account, external_id=tuple(each.id for each in people))
    return *people, workspace, accounts


def threads(home: Home) -> list[Channel]:
    """The private threads there are."""
    return [each for each in home.discord.world.channels.values() if each.kind == PRIVATE_THREAD]


def messenger_of(home: Home) -> Messenger:
    """Discord's."""
    (messenger,) = home.wing.messengers
    return messenger


PLUMS = answer(text("Ana, Ben: talk about plums"))


async def test_members_meet_in_a_private_thread(home: Home) -> None:
    """Seen by them alone; a press there is answered to who pressed."""
    boss = await chosen(home)
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    for each in (ana, ben):
        await each.types("/snowball")
    carl = home.discord.person("Carl")
    await ana.types("/bring us")
    assert ana.sees.text == "In discord"
    await tick(home)
    (thread,) = threads(home)
    assert thread.people == {home.discord.world.bot.id, ana.id, ben.id, boss.id}
    assert posts(home, thread) == ["Ana, Ben, Boss: talk about plums"]
    assert all("plums" not in shown.text for shown in carl.screen)
    await ben.presses("I do", beside="talk about plums")
    assert (ben.sees.text, ben.sees.message.only_for) == ("Only for Ben", ben.account)
    await ana.types("/bring us", {"about": "pears"})
    await tick(home)
    assert len(threads(home)) == 1
    assert len(posts(home, thread)) == 2


async def test_a_retry_begins_no_second_thread(home: Home) -> None:
    """Whichever request broke off after it had its effect, or before."""
    _, _, workspace, accounts = await pair(home)
    messenger = messenger_of(home)
    breaks = ("POST /channels/*/threads", "PUT /channels/*/thread-members/*",
              "POST /channels/*/messages", "GET /guilds/*/threads/active")  # fmt: skip
    for number, route in enumerate(breaks):
        for when in ("before", "after"):
            nonce = f"sb{number}{when}"
            home.discord.fault(route, 0, when=when)
            tried = [await messenger.together(workspace, accounts, PLUMS, nonce) for _ in range(3)]
            assert isinstance(tried[-1], Sent), (route, when)
            named = [each for each in threads(home) if nonce.removeprefix("sb") in each.name]
            assert len(named) == 1, (route, when)
            assert len(posts(home, named[0])) == 1


async def test_an_archived_thread_is_woken_and_a_deleted_one_made_anew(home: Home) -> None:
    """The conversation goes on where it was, as long as there is one."""
    _, _, workspace, accounts = await pair(home)
    messenger = messenger_of(home)
    first = await messenger.together(workspace, accounts, PLUMS, "sb1")
    assert isinstance(first, Sent)
    (thread,) = threads(home)
    thread.archived = True
    again = await messenger.together(workspace, accounts, PLUMS, "sb2", first.reference)
    assert isinstance(again, Sent)
    assert (len(posts(home, thread)), thread.archived) == (2, False)
    del home.discord.world.channels[thread.id]
    anew = await messenger.together(workspace, accounts, PLUMS, "sb3", again.reference)
    assert isinstance(anew, Sent)
    (other,) = threads(home)
    assert other is not thread


async def _refused(home: Home, **without: int) -> Outcome:
    _, ben, workspace, accounts = await pair(home)
    home.discord.world.bot_may &= ~without.get("bits", 0)
    ben.account.in_guild = "left" not in without
    return await messenger_of(home).together(workspace, accounts, PLUMS, "sb1")


@pytest.mark.parametrize(
    ("without", "code", "trouble"),
    [
        ({"bits": CREATE_PRIVATE}, 50013, Trouble.PLACE),
        ({"bits": VIEW}, 50001, Trouble.PLACE),
        ({"left": 1}, 10007, Trouble.GONE),
    ],
)
async def test_what_cannot_be_is_told_apart(
    home: Home, without: dict[str, int], code: int, trouble: Trouble
) -> None:
    """No permission, no sight of the channel, somebody who has left the server."""
    assert await _refused(home, **without) == Refused(f"Discord error {code}", trouble)
    assert [text for each in threads(home) for text in posts(home, each)] == []


async def test_names_of_any_length_make_a_thread(home: Home) -> None:
    """Discord takes 100 characters; what tells it apart is never cut."""
    _, _, workspace, accounts = await pair(home)
    long = [replace(each, name="N" * 80) for each in accounts]
    assert isinstance(await messenger_of(home).together(workspace, long, PLUMS, "sb17"), Sent)
    (thread,) = threads(home)
    assert len(thread.name) <= 100
    assert thread.name.endswith(" (17)")


async def test_without_a_channel_nobody_meets(home: Home) -> None:
    """The core knows it too, and asks no messenger."""
    _, _, workspace, accounts = await pair(home)
    bare = replace(workspace, channel="")
    outcome = await messenger_of(home).together(bare, accounts, PLUMS, "sb1")
    assert isinstance(outcome, Refused)
    assert outcome.trouble is Trouble.PLACE
