"""Rooms of a few members in the playground: seen by exactly those, answered in private."""

from pathlib import Path
from urllib.parse import quote

from whenever import Instant

from adapters.web.keep import Keeper
from adapters.web.messenger import PlaygroundMessenger
from adapters.web.playground import Playground
from adapters.web.transcript import people_in, room_of
from bot.domain.cohort import Account, Workspace
from bot.invocation import call, write_id
from bot.ports import Sent
from bot.reply import Buttons, answer, button, text
from tests.adapters.web_.client import a_tab, next_event
from tests.adapters.web_.sample import Script, a_playground

NOW = Instant.from_utc(2026, 3, 9, 14, 30)
WORKSPACE = Workspace(cohort_id=4, id=1, surface="playground", external_id="demo")
PLUMS = answer(
    text("Ana, Ben: talk about plums"), Buttons((button("I do", call("x"), replaces=True),))
)
ROOM = room_of(["ben", "ana"])


def accounts(*names: str) -> list[Account]:
    """Accounts of these people."""
    return [
        Account(
            cohort_id=4, member_id=number, workspace_id=1, surface="playground",
            external_id=name, last_used=NOW,
        )
        for number, name in enumerate(names, 1)
    ]  # fmt: skip


async def brought(playground: Playground, nonce: str = "sb1") -> Sent:
    """Ana and Ben are brought together."""
    messenger = PlaygroundMessenger(playground)
    outcome = await messenger.together(WORKSPACE, accounts("ben", "ana"), PLUMS, nonce)
    assert isinstance(outcome, Sent)
    return outcome


def said(playground: Playground, member: str, room: str = ROOM) -> list[object]:
    """What this member sees in a room."""
    return [each.said for each in playground.transcript.seen_in(room, member)]


async def test_a_room_is_seen_by_exactly_its_people() -> None:
    """By nobody else, whatever they ask for."""
    playground = a_playground(Script())
    await brought(playground)
    assert said(playground, "ana") == said(playground, "ben") == [PLUMS]
    assert said(playground, "organiser") == said(playground, "") == []
    async with a_tab(playground) as tab:
        for name in ("ana", "ben"):
            assert "talk about plums" in await tab.opens(name, ROOM)
            assert f'data-room="{ROOM}"' in await tab.opens(name)
        others = [each.key for each in playground.people if each.key not in ("ana", "ben")]
        assert others
        for name in others:
            assert "talk about plums" not in await tab.opens(name, ROOM)
            assert ROOM not in await tab.opens(name)


async def test_the_same_people_have_one_room_and_a_nonce_one_message(tmp_path: Path) -> None:
    """Whoever is named first; also over a restart."""
    playground, keeper = a_playground(Script()), Keeper(tmp_path / "kept.jsonl")
    playground.transcript.changed = keeper.message
    assert await brought(playground) == await brought(playground)
    restarted = a_playground(Script())
    keeper.restore(restarted.transcript)
    assert await brought(restarted) == Sent("1")
    await brought(restarted, "sb2")
    assert said(restarted, "ben") == [PLUMS, PLUMS]
    assert restarted.transcript.rooms_of("ana") == [ROOM]
    assert people_in(ROOM) == ("ana", "ben")


async def test_what_is_written_in_a_room_stays_there() -> None:
    """Words go to the others in it; somebody outside cannot write into it."""
    playground = a_playground(Script())
    await brought(playground)
    outsider = next(each.key for each in playground.people if each.key not in ("ana", "ben"))
    async with a_tab(playground) as tab:
        await tab.posts("/say", words="Hello Ben", **{"in": ROOM})
        await tab.posts("/say", words="Hello all", **{"in": ROOM, "as": outsider})
    assert said(playground, "ben") == [PLUMS, "Hello Ben"]
    assert "Hello all" not in said(playground, "ana")


async def test_a_press_in_a_room_is_answered_to_who_pressed() -> None:
    """What the others see stays, though the button would replace it elsewhere."""
    playground = a_playground(Script())
    reference = await brought(playground)
    async with a_tab(playground) as tab:
        pressed = write_id(call("x"), 4, 0, replaces=True)
        await tab.posts("/press", message=reference.reference, button=pressed, **{"in": ROOM})
        assert "Only you can see this" in await tab.opens("ana", ROOM)
        assert "Yes." not in await tab.opens("ben", ROOM)
    assert said(playground, "ben") == [PLUMS]


async def test_a_command_in_a_room_is_answered_there_to_one() -> None:
    """And it does not become the class's channel."""
    script = Script()
    playground = a_playground(script)
    await brought(playground)
    async with a_tab(playground) as tab:
        await tab.posts("/say", words="/question", **{"in": ROOM})
    (asked,) = script.asked
    assert (asked.place.private, asked.place.channel) == (False, ROOM)
    assert "Only some" in asked.place.barred
    assert said(playground, "ben") == [PLUMS]


async def test_an_open_tab_hears_of_a_new_room() -> None:
    """Its people's; the others' tabs hear nothing."""
    playground = a_playground(Script())
    async with a_tab(playground) as tab:
        after = f"{playground.transcript.run}-0"
        query = {"as": "ben", "after": after}
        async with tab.client.get("/events", params=query) as response:
            assert (await next_event(response)).name == "clock"
            await brought(playground)
            event = await next_event(response)
            assert (event.name, event.data["place"]) == ("message", ROOM)
        page = await tab.opens("ben")
        assert f"in={quote(ROOM)}" in page.replace("&amp;", "&")
