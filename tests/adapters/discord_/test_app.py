"""Snowball on Discord through the real client: typed, pressed, picked, filled in, said."""

import asyncio

import pytest

from adapters.discord import answering
from bot.domain.cohort import Workspace
from tests.adapters.discord_.conftest import Home
from tests.adapters.discord_.home import GATE, connected
from tests.servers.discord import limits
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.world import StoredFile


def shown(seen: Shown | Form | None) -> Shown:
    assert isinstance(seen, Shown), seen
    return seen


def opened(seen: Shown | Form | None) -> Form:
    assert isinstance(seen, Form), seen
    return seen


async def test_an_answer_is_private_and_shows_words_as_typed(home: Home) -> None:
    """Nobody else sees it; markup and mentions in somebody's words stay characters."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    words = f"*x* <@{ben.id}> @everyone [a](https://evil)"
    seen = shown(await ana.types("/echo", {"words": words}))
    assert seen.private
    assert ben.screen == []
    assert seen.pings == ([], False)
    assert r"\*x\* \<@" in seen.text
    assert r"\[a\](https\://evil)" in seen.text


async def test_buttons_and_menus_replace_where_they_say_so(home: Home) -> None:
    """A reply that replaces leaves one message, not two."""
    ana = home.discord.person("Ana")
    await ana.types("/echo", {"words": "hello"})
    assert "again" in shown(await ana.presses("Again")).text
    assert "Bob" in shown(await ana.picks("Bob")).text
    assert len(ana.screen) == 1


async def test_buttons_work_after_a_restart(home: Home) -> None:
    """Nothing is kept in memory: a new process answers an old button."""
    ana = home.discord.person("Ana")
    await ana.types("/echo", {"words": "hello"})
    await home.wing.leave()
    await home.wing.close()
    async with connected(home.house, home.discord):
        assert "again" in shown(await ana.presses("Again")).text


async def test_a_form_opens_keeps_what_was_typed_and_goes_on_in_steps(home: Home) -> None:
    """Six fields: five in the first step, the rest behind a button; an error loses nothing."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    await ben.types("/echo")
    form = opened(await ana.types("/talk log"))
    assert form.title == "Log a talk (1 of 2)"
    assert len(form.labels) == 5
    assert "Only you can read this" in form.text
    seen = shown(
        await ana.fills_in(
            {"Person": "Dana", "Tip": "Learn SQL", "Thanked": "Yes", "Peer": ben, "Hours": "many"}
        )
    )
    assert "number" in seen.text
    again = opened(await ana.presses("Mend it"))
    assert "number" in again.text
    assert (again.labels[0], again.value("Hours")) == ("Hours", "many")
    seen = shown(await ana.fills_in({"Hours": "2", "Place": "Bern"}))
    assert "Logged Dana: Learn SQL True Ben 2 Bern" in seen.text


async def test_a_refusal_and_a_double_submit(home: Home) -> None:
    """A form sent twice counts once; a refusal is a sentence."""
    ana = home.discord.person("Ana")
    opened(await ana.types("/talk log"))
    assert "Nobody is nobody" in shown(await ana.fills_in({"Person": "Nobody"})).text
    await ana.types("/talk log")
    form, came_from = ana.form, ana._form_from
    await ana.fills_in({"Person": "Dana"})
    ana.form, ana._form_from = form, came_from
    assert "once is enough" in shown(await ana.fills_in({"Person": "Dana"})).text


async def test_a_slow_command_is_deferred_in_private_and_answered(home: Home) -> None:
    """After 1.5 s we say that we think; the answer takes that place, and is private."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    typed = asyncio.create_task(ana.types("/slow walk"))
    await home.discord.until(lambda: ana.last and ana.last.answered == 5)
    assert ana.last is not None
    assert answering.PATIENCE <= ana.last.answered_after < limits.CALLBACK_SECONDS
    GATE.set()
    seen = shown(await typed)
    assert ("At last" in seen.text, seen.private, ben.screen) == (True, True, [])
    GATE.clear()
    pressed = asyncio.create_task(ana.presses("Slowly again"))
    await home.discord.until(lambda: ana.last and ana.last.answered == 6)
    GATE.set()
    assert "At last" in shown(await pressed).text
    assert len(ana.screen) == 1


async def test_a_form_that_comes_too_late_is_a_button_that_opens_it(home: Home) -> None:
    """A modal must be the first answer; after a deferral a button opens it."""
    ana = home.discord.person("Ana")
    typed = asyncio.create_task(ana.types("/slow form"))
    await home.discord.until(lambda: ana.last and ana.last.answered == 5)
    GATE.set()
    assert shown(await typed).buttons == ["Open the form"]
    opened(await ana.presses("Open the form"))
    assert "Tip: Sleep" in shown(await ana.fills_in({"Tip": "Sleep"})).text


async def test_an_answer_that_comes_after_all_tokens_goes_by_dm(home: Home) -> None:
    """Fifteen minutes later the interaction is gone, and the answer still arrives."""
    ana = home.discord.person("Ana")
    typed = asyncio.create_task(ana.types("/slow walk"))
    await home.discord.until(lambda: ana.last and ana.last.answered == 5)
    home.discord.skip(limits.TOKEN_SECONDS + 1)
    GATE.set()
    assert "At last" in (await ana.gets_dm("At last")).text
    typed.cancel()


async def test_words_to_copy_pictures_and_files(home: Home) -> None:
    """The draft stands alone in the DM, where it stays; the picture has words."""
    ana = home.discord.person("Ana")
    seen = shown(await ana.types("/gifts"))
    assert "<t:" in seen.text
    assert "where they stay" in seen.text
    assert [file.filename for file in seen.files] == ["picture.png", "me___you.csv"]
    assert seen.files[0].description == "My people"
    draft = await ana.gets_dm("Dear Dana")
    assert draft.text == "Dear Dana, thank you for the twenty minutes."
    assert all(each.private for each in ana.screen)


async def test_words_to_copy_where_the_dm_is_closed(home: Home) -> None:
    """Nothing is lost: the draft is shown here, with what would open the way."""
    ana = home.discord.person("Ana")
    ana.account.dms_open = False
    await ana.types("/gifts")
    await home.discord.until(lambda: any("Dear Dana" in each.text for each in ana.screen))
    assert any("allow direct messages in this server" in each.text for each in ana.screen)
    assert all(each.private for each in ana.screen)


async def test_words_to_copy_that_may_not_have_come_are_shown_too(home: Home) -> None:
    """And nobody is told that their direct messages are closed."""
    ana = home.discord.person("Ana")
    home.discord.fault("POST /channels/*/messages", 500)
    await ana.types("/gifts")
    await home.discord.until(lambda: any("Dear Dana" in each.text for each in ana.screen))
    assert any("may not have come" in each.text for each in ana.screen)
    assert not any("closed to me" in each.text for each in ana.screen)


async def test_what_does_not_fit_waits_behind_a_button(home: Home) -> None:
    """Twenty-four rows: ten, then more, none lost; the second buttons are in a menu."""
    ana = home.discord.person("Ana")
    seen = shown(await ana.types("/crowd"))
    assert "Person 9" in seen.text
    assert "Person 10" not in seen.text
    assert "draft 3" in shown(await ana.picks("Person 3", "Draft", on=seen)).text
    second = shown(await ana.presses("Show more"))
    third = shown(await ana.presses("Show more", on=second))
    assert "Person 19" in second.text
    assert "Person 23" in third.text


async def test_words_in_a_dm_and_commands_there(home: Home) -> None:
    """Plain words go to the core; a stranger's DM is answered kindly."""
    ana, eve = home.discord.person("Ana"), home.discord.person("Eve")
    await ana.types("/echo")
    assert "Menu for talked to Dana" in shown(await ana.says_in_dm("talked to Dana")).text
    opened(await ana.presses("Log a talk"))
    assert "Logged Dana" in shown(await ana.fills_in({"Person": "Dana"})).text
    assert "You said hi" in shown(await ana.types("/echo", {"words": "hi"}, channel=ana.dm)).text
    assert "don’t know this place" in shown(await eve.says_in_dm("hello")).text


async def test_names_complete_within_a_tenth_of_a_second(home: Home) -> None:
    """A contact's name completes; what is picked is understood."""
    ana = home.discord.person("Ana")
    await ana.types("/contact add", {"name": "Dana Ortiz"})
    took = []
    for so_far in ("d", "da", "dan"):
        assert await ana.completes("/echo", "person", so_far) == ["Dana Ortiz"]
        took.append(ana.last.answered_after if ana.last else 9)
    assert min(took) < 0.1
    assert ana.last is not None
    value = (ana.last.choices or [])[0]["value"]
    assert "Dana Ortiz" in shown(await ana.types("/echo", {"person": value})).text


async def test_a_member_option_is_a_person_of_the_cohort(home: Home) -> None:
    """A picked user is the member; somebody who never came is a kind sentence."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    await ben.types("/echo")
    assert "Ben" in shown(await ana.types("/echo", {"peer": ben})).text
    assert "Nobody" in shown(await ana.types("/echo", {"peer": home.discord.person("Cy")})).text


async def test_a_file_is_fetched_and_one_that_cannot_be_is_said(home: Home) -> None:
    """Option and form; too large or gone is a sentence."""
    ana = home.discord.person("Ana")
    small = StoredFile("a.csv", b"name\nDana\n", "text/csv")
    assert r"a.csv: 10 bytes" in shown(await ana.types("/file", {"file": small})).text
    opened(await ana.types("/file"))
    assert "10 bytes" in shown(await ana.fills_in({"File": small})).text
    large = StoredFile("b.csv", b"x" * (10 * 1024 * 1024 + 1))
    assert "10 MB" in shown(await ana.types("/file", {"file": large})).text


async def test_context_menus_save_a_contact(home: Home) -> None:
    """Somebody's profile gives the name; a message gives notes, and the form asks the name."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben Okafor")
    assert "Kept Ben Okafor" in shown(await ana.uses("Save as contact", ben)).text
    message = await ben.says("You should meet Dana Ortiz", home.discord.general)
    opened(await ana.uses("Save as contact", message))
    seen = shown(await ana.fills_in({"Name": "Dana Ortiz"}))
    assert "Kept Dana Ortiz: You should meet Dana Ortiz" in seen.text


async def test_the_first_server_is_the_cohorts_and_managers_organise(home: Home) -> None:
    """Manage Server makes an organiser; the workspace row is made on first use."""
    boss = home.discord.person("Boss", admin=True)
    await boss.types("/echo")
    found = home.house.stores.workspace("discord", home.discord.world.guild_id)
    assert isinstance(found, Workspace)
    assert (found.cohort_id, found.name) == (home.house.cohort_id, "Spring cohort")
    with home.house.stores.reading(found.cohort_id) as store:
        from bot.domain.cohort import Member, Role  # noqa: PLC0415

        assert [m.role for m in store.find(Member)] == [Role.ORGANISER]


async def test_a_repeated_event_does_nothing_more(home: Home) -> None:
    """The same interaction delivered twice is answered once."""
    ana = home.discord.person("Ana")
    await ana.types("/contact add", {"name": "Dana"})
    assert ana.last is not None
    count = len(home.discord.requests)
    await home.discord.tell(ana.last)
    await ana.types("/echo")
    assert len(home.discord.requests) == count + 1


async def test_unknown_buttons_answer_kindly(home: Home) -> None:
    """A button of another time, or of nobody, is a sentence."""
    ana = home.discord.person("Ana")
    seen = shown(await ana.types("/echo"))
    for custom_id in ("1:gone.away?x=1#1", "rubbish", "9" * 40 + ":x", "1:~?d=gone#2"):
        data = {"custom_id": custom_id, "component_type": 2}
        assert shown(await ana._on(seen, data)).text.strip()


@pytest.mark.parametrize(
    ("status", "when"),
    [(429, "before"), (504, "before"), (504, "after"), (0, "before"), (0, "after")],
)
async def test_trouble_on_the_way_is_overcome(home: Home, status: int, when: str) -> None:
    """A 429, a 504, a broken line, before or after the fact: the member sees one answer."""
    ana = home.discord.person("Ana")
    home.discord.fault("POST /interactions/*", status, when=when)
    assert "You said hi" in shown(await ana.types("/echo", {"words": "hi"})).text
    assert len(ana.screen) == 1


async def test_an_answer_discord_refuses_becomes_an_apology(home: Home) -> None:
    """Nobody is left waiting in silence."""
    ana = home.discord.person("Ana")
    home.discord.fault("POST /interactions/*", 400, code=50035)
    assert "went wrong" in shown(await ana.types("/echo")).text


async def test_a_broken_line_is_taken_up_again(home: Home) -> None:
    """Told to reconnect, or cut off: the session is resumed and nothing is missed."""
    ana = home.discord.person("Ana")
    await home.discord.gateway.reconnect()
    await home.discord.until(lambda: home.discord.gateway.resumed == 1)
    await home.discord.gateway.drop()
    assert "You said hi" in shown(await ana.types("/echo", {"words": "hi"})).text
    assert home.discord.gateway.resumed == 2
    assert home.wing.checks["discord"]()


async def test_put_off_for_good_is_not_ready(home: Home) -> None:
    """A token that was reset (4004) is no reason to log in again and again."""
    await home.discord.gateway.drop(4004)
    await home.discord.until(lambda: not home.wing.checks["discord"]())
    assert home.discord.gateway.identified == 1


async def test_forty_at_once_are_all_answered_in_time(home: Home) -> None:
    """A class that starts together: every answer within Discord's three seconds."""
    people = [home.discord.person(f"P{number}") for number in range(40)]
    await asyncio.gather(*(each.types("/echo", {"words": "hi"}) for each in people))
    assert all("You said hi" in each.sees.text for each in people)
    slowest = max(each.last.answered_after for each in people if each.last)
    assert slowest < limits.CALLBACK_SECONDS
