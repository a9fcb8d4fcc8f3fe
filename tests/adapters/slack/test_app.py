"""A person at a (stand-in) Slack and our app at the other end, on both transports."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.configuration import ConfigurationError
from adapters.slack.manifest import manifest
from adapters.slack.wing import SlackWing, make_wing
from bot.command import Registry
from tests.adapters.slack.house import COMMANDS, GATE, connected, database, house, settings_for
from tests.servers.slack import payloads, published
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message


@pytest.fixture(params=["socket", "http"])
async def slack(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackServer]:
    """The stand-in, strict about the manifest's scopes and commands, with our app connected."""
    GATE.clear()
    with database(tmp_path) as stores:
        async with (
            SlackServer(manifest=manifest(Registry(COMMANDS))) as server,
            connected(stores, server, request.param),
        ):
            yield server
            GATE.set()
            if published.DATA.is_dir():
                assert [
                    e for name, args in server.calls for e in published.errors(name, args)
                ] == []


async def test_a_command_is_answered_in_its_acknowledgement_and_only_to_its_author(
    slack: SlackServer,
) -> None:
    """What was typed is shown as typed, whatever it holds, and pings nobody."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.types("/echo <!channel> *bold* & <b> @Ben :tada: `x`")
    seen = await ana.sees("<!channel> *bold* & <b> @" + ben.id + " :tada: `x`")
    assert isinstance(seen, Message)
    assert seen.private_to == ana.id
    assert (seen.pings, ben.messages, slack.complaints) == ([], [], [])


async def test_snowball_runs_every_command_and_takes_any_words(slack: SlackServer) -> None:
    """Another app may own a family's name."""
    ana = slack.person("Ana")
    await ana.types("/snowball echo hello")
    await ana.sees("You said hello")
    await ana.types("/snowball what now")
    await ana.sees("Menu: what now")
    await ana.types("/talk nonsense")
    await ana.sees("Menu: talk nonsense")
    assert slack.complaints == []


async def test_a_replacing_button_takes_the_place_of_its_message(slack: SlackServer) -> None:
    """And in the DM the answer is an ordinary message that stays."""
    ana = slack.person("Ana")
    await ana.types("/echo one")
    first = await ana.sees("You said one")
    await ana.presses("Again")
    assert await ana.sees("You said again") is first
    await ana.types("/echo two", channel="dm")
    stays = await ana.sees("You said two")
    assert isinstance(stays, Message)
    assert stays.private_to is None
    await ana.presses("Again")
    assert await ana.sees("You said again") is stays
    assert slack.complaints == []


async def test_in_a_dm_between_two_people_the_answer_is_for_one(slack: SlackServer) -> None:
    """That DM is not ours: nobody else may read the answer."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.types("/echo secret", channel=ben)
    await ana.sees("secret")
    assert ben.messages == []


async def test_a_form_opens_completes_keeps_what_was_typed_and_is_saved(
    slack: SlackServer,
) -> None:
    """Errors stand beside their field; a new name may be used; the answer goes to the channel."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ben.types("/echo hi")
    await ana.types("/talk log")
    await ana.sees("Log a talk", "Only you read this.")
    assert await ana.suggestions("Person", "Dana") == ["“Dana”"]
    assert await ana.fills_in({"Person": "Dana", "Tip": "SQL <3", "Hours": "many"}) is not None
    await ana.sees("I need a number here")
    assert await ana.fills_in({"Hours": "2", "Member": ben.id}) is None
    seen = await ana.sees("Logged Dana: SQL <3 with Ben")
    assert isinstance(seen, Message)
    assert (seen.private_to, seen.channel.name) == (ana.id, "general")
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    assert await ana.suggestions("Person", "") == ["Dana"]
    assert slack.complaints == []


async def test_a_slow_answer_comes_by_the_response_url(slack: SlackServer) -> None:
    """Slack is acknowledged in time and the person is answered when the core is done."""
    ana = slack.person("Ana")
    ack = await ana.types("/slow walk")
    assert ack.answer == {}
    GATE.set()
    await ana.sees("At last")
    assert slack.complaints == []


async def test_a_form_that_comes_too_late_becomes_a_button(slack: SlackServer) -> None:
    """The trigger is gone after three seconds; one press opens the form."""
    ana = slack.person("Ana")
    await ana.types("/slow form")
    slack.later(5)
    GATE.set()
    await ana.sees("[Open the form]")
    await ana.presses("Open the form")
    await ana.sees("Slow form", "A tip")
    await ana.fills_in({"Tip": "go"})
    await ana.sees("Tip: go")
    assert [c.error for c in slack.complaints] == ["expired_trigger_id"]


async def test_what_cannot_be_private_in_a_channel_goes_to_the_dm(slack: SlackServer) -> None:
    """A draft alone in its message, a picture with its words, a file."""
    ana = slack.person("Ana")
    await ana.types("/gifts all")
    await ana.sees("Here you are", "direct messages")
    draft = await ana.sees("Dear *Dana* & <!channel>")
    await ana.sees("(file: picture.png)")
    await ana.sees("(file: me.csv)")
    assert isinstance(draft, Message)
    assert draft.plain() == "Dear *Dana* & <!channel>"
    assert (draft.channel, draft.pings, slack.complaints) == (ana.dm, [], [])


async def test_a_menu_is_picked(slack: SlackServer) -> None:
    """Each option carries its own invocation."""
    ana = slack.person("Ana")
    await ana.types("/pick one")
    await ana.sees("Who?")
    await ana.picks("Choose one", "Bob")
    await ana.sees("You said Bob")
    assert slack.complaints == []


async def test_plain_words_files_and_commands_in_the_dm(slack: SlackServer) -> None:
    """A DM needs no command; a slash typed into it by habit works too."""
    ana = slack.person("Ana")
    await ana.says_in_dm("talked to <Dana> & co at https://x.org")
    await ana.sees("Menu: talked to <Dana> & co at https://x.org")
    await ana.says_in_dm("", files={"alumni.csv": b"name\nDana"})
    await ana.sees("Got 9 bytes")
    await ana.says_in_dm("/echo hello")
    await ana.sees("You said hello")
    await ana.presses("Again")
    await ana.sees("You said again")
    assert slack.complaints == []


async def test_the_home_tab_answers_in_modals_and_keeps_up(slack: SlackServer) -> None:
    """A press there opens a modal; a form there turns into its answer."""
    ana = slack.person("Ana")
    await ana.opens_home()
    await ana.sees("Menu: nothing")
    await ana.presses("Again")
    await ana.sees("Snowball", "You said again")
    await ana.closes()
    await ana.presses("Log it")
    await ana.sees("Log a talk")
    await ana.fills_in({"Person": "Dana"})
    await ana.sees("Logged Dana")
    assert slack.complaints == []


async def test_shortcuts_open_the_menu_and_save_a_contact(slack: SlackServer) -> None:
    """From anywhere, and from a message."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.uses_shortcut("open_menu")
    await ana.sees("Snowball", "Menu: nothing")
    await ana.closes()
    message = await ben.says("Ask me about publishing", "general")
    await ana.uses_message_shortcut(message, "save_contact")
    await ana.sees("Kept Ben: Ask me about publishing")
    assert slack.complaints == []


async def test_a_redelivered_command_does_nothing_more(slack: SlackServer) -> None:
    """The same trigger is the same event, whoever sends it again."""
    ana = slack.person("Ana")
    await ana.types("/contact add Dana")
    await ana.sees("Kept Dana")
    for attempt in (1, 2, 3):
        ack = await slack.delivery.redeliver(attempt=attempt)
        assert (ack.error, ack.answer) == ("", {})


async def test_a_stale_or_foreign_button_is_answered_kindly(slack: SlackServer) -> None:
    """Whatever a button says, its presser gets a sentence."""
    ana = slack.person("Ana")
    await ana.types("/echo one")
    message = await ana.sees("You said one")
    assert isinstance(message, Message)
    for written in ("1:nothing.here#0", "rubbish", "999:echo?words=x#0"):
        message.blocks[-1]["elements"][0]["action_id"] = written
        await ana.presses("Again")
        assert await slack.until(lambda: ana.new, what=written)
    assert slack.complaints == []


async def test_a_slow_slack_does_not_make_the_acknowledgement_late(slack: SlackServer) -> None:
    """A name is not worth a late answer."""
    slack.hold("users.info")
    ana = slack.person("Ana")
    ack = await ana.types("/echo hello")
    assert ack.error == ""
    await ana.sees("You said hello")
    assert slack.complaints == []


@pytest.mark.parametrize(
    ("slot", "name"), [("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-")]
)
async def test_a_token_that_slack_does_not_take_is_said_at_the_start(
    tmp_path: Path, slot: str, name: str
) -> None:
    """In a sentence that names the setting, and at once."""
    with database(tmp_path) as stores:
        async with SlackServer() as server:
            settings = settings_for(server, "socket")
            wrong = settings.model_copy(update={slot: SecretStr(f"{name}wrong")})
            wing = make_wing(house(stores, wrong))
            with pytest.raises(ConfigurationError, match=slot.upper()):
                await _started(wing)


async def _started(wing: SlackWing) -> None:
    await wing.open()
    await wing.listen()


async def test_a_long_list_goes_on_behind_a_button(slack: SlackServer) -> None:
    """Fifty blocks are one message; the rest is one press away."""
    ana = slack.person("Ana")
    await ana.types("/many rows")
    assert "Row 59" not in ana.read(await ana.sees("Row 0", "[Show more]"))
    await ana.presses("Show more")
    more = ana.read(await ana.sees("[Show more]"))
    await ana.presses("Show more")
    assert "Row 0\n" not in more
    await ana.sees("Row 59")
    assert slack.complaints == []


async def test_an_answer_waits_when_slack_asks_for_it(slack: SlackServer) -> None:
    """A rate limit made nothing, so once more is not twice."""
    ana = slack.person("Ana")
    slack.fail_next("chat.postMessage", status=429, error="ratelimited", retry_after=1)
    await ana.says_in_dm("hello")
    await ana.sees("Menu: hello")
    assert len(slack.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_buttons_work_after_a_restart(tmp_path: Path, transport: str) -> None:
    """Nothing about a button is kept in memory."""
    with database(tmp_path) as stores:
        async with SlackServer() as server:
            ana = server.person("Ana")
            async with connected(stores, server, transport):
                await ana.types("/echo one")
                first = await ana.sees("You said one")
            async with connected(stores, server, transport):
                await ana.presses("Again")
                assert await ana.sees("You said again") is first
            assert server.complaints == []


async def test_a_form_left_open_for_an_hour_is_answered_by_dm(slack: SlackServer) -> None:
    """The way back has closed; what was filled in is saved and said all the same."""
    ana = slack.person("Ana")
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    slack.later(3600)
    await ana.fills_in({"Person": "Dana"})
    seen = await ana.sees("Logged Dana")
    assert isinstance(seen, Message)
    assert (seen.channel, [c.error for c in slack.complaints]) == (ana.dm, ["expired_url"])


async def test_a_form_sent_twice_is_saved_once(slack: SlackServer) -> None:
    """Two presses of Save are two events and one talk."""
    ana = slack.person("Ana")
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    view = await ana.writes({"Person": "Dana"})
    first = payloads.view_submission(slack.workspace, ana.account, view)
    again = payloads.view_submission(slack.workspace, ana.account, view)
    for body in (first, again):
        assert (await slack.delivery.deliver("interactive", body)).error == ""
    await ana.sees("Logged Dana")
    await ana.sees("saved already")
    slack.workspace.stacks[ana.id].clear()
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    assert await ana.suggestions("Person", "Da") == ["Dana", "“Da”"]


async def test_a_redelivered_message_is_answered_once(slack: SlackServer) -> None:
    """Slack sends an event again when it heard nothing; its number is the same."""
    ana = slack.person("Ana")
    await ana.says_in_dm("/contact add Kim")
    await ana.sees("Kept Kim")
    kind, event = slack.delivery.sent[-1]
    await slack.delivery.deliver(kind, event, (1, "http_timeout"))
    await ana.says_in_dm("next")
    await ana.sees("Menu: next")
    assert len([m for m in ana.messages if m.by_bot]) == 2
