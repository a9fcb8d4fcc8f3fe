"""The stand-in Slack answers a bare slack-bolt app as the real one would, on both transports."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack.delivery import signature
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message

FORM = {
    "type": "modal",
    "callback_id": "talk",
    "title": {"type": "plain_text", "text": "Log a talk"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "external_select", "action_id": "who", "min_query_length": 0},
        },
        {
            "type": "input",
            "block_id": "tip",
            "optional": True,
            "label": {"type": "plain_text", "text": "Tip"},
            "element": {"type": "plain_text_input", "action_id": "tip"},
        },
    ],
}
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Again"}, "action_id": "again"}


def bare_app(slack: SlackServer) -> AsyncApp:
    """An app with one of everything."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    @app.command("/alum")
    async def alum(ack: Any, command: Any) -> None:
        await ack(
            text=f"You typed {command['text']}", blocks=[{"type": "actions", "elements": [BUTTON]}]
        )

    @app.action("again")
    async def again(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Pressed", replace_original=True)

    @app.command("/log")
    async def log(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.options("who")
    async def who(ack: Any, payload: Any) -> None:
        names = [n for n in ("Dana", "Dmitri") if n.startswith(payload["value"])]
        await ack(options=[{"text": {"type": "plain_text", "text": n}, "value": n} for n in names])

    @app.view("talk")
    async def talk(ack: Any, view: Any, body: Any, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        if not values["tip"]["tip"]["value"]:
            await ack(response_action="errors", errors={"tip": "What was the tip?"})
            return
        await ack()
        name = values["who"]["who"]["selected_option"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Logged {name}")

    @app.event("message")
    async def message(event: Any, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], text=f"Heard {event['text']}")

    @app.event("app_home_opened")
    async def home(event: Any, client: AsyncWebClient) -> None:
        text = {"type": "mrkdwn", "text": "Due: <!date^1763974800^{time}|soon>"}
        view = {"type": "home", "blocks": [{"type": "section", "text": text}]}
        await client.views_publish(user_id=event["user"], view=view)

    return app


@contextlib.asynccontextmanager
async def served(app: AsyncApp, slack: SlackServer, transport: str) -> AsyncGenerator[None]:
    """The app connected in one way or the other."""
    if transport == "socket":
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        await slack.delivery.connected()
        try:
            yield
        finally:
            await handler.close_async()
        return

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.router.add_post("/slack/events", events)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.delivery.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield
    finally:
        await runner.cleanup()


@pytest.fixture(params=["socket", "http"])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[SlackServer]:
    """A stand-in with the bare app connected."""
    async with SlackServer() as server, served(bare_app(server), server, request.param):
        yield server


async def test_a_command_is_answered_privately_and_its_button_replaces_the_answer(
    slack: SlackServer,
) -> None:
    """What the acknowledgement carries is shown to the one who typed, and to nobody else."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    await ana.types("/alum find <b> & co")
    first = await ana.sees("[Again]")
    assert ben.messages == []
    await ana.presses("Again")
    assert await ana.sees("Pressed") is first
    assert slack.complaints == []


async def test_a_form_suggests_keeps_what_was_typed_on_errors_and_is_submitted(
    slack: SlackServer,
) -> None:
    """A modal by trigger_id, suggestions, response_action errors, then the DM."""
    ana = slack.person("Ana")
    await ana.types("/log", channel="dm")
    await ana.sees("Log a talk")
    assert await ana.suggestions("Who", "D") == ["Dana", "Dmitri"]
    assert await ana.fills_in({"Who": "Dana"}) is not None
    await ana.sees("What was the tip?")
    assert await ana.fills_in({"Tip": "SQL"}) is None
    await ana.sees("Logged Dana")
    assert slack.complaints == []


async def test_words_in_the_dm_and_the_home_tab_reach_the_app(slack: SlackServer) -> None:
    """Message events come as typed, home tabs are shown in the reader's zone."""
    ana = slack.person("Ana", tz="Europe/Berlin")
    await ana.says_in_dm("met ana@x.org")
    await ana.sees("Heard met ana@x.org")
    await ana.opens_home()
    await ana.sees("Due: 10:00")
    assert slack.complaints == []


async def test_a_trigger_lives_three_seconds_and_opens_once(slack: SlackServer) -> None:
    """expired_trigger_id and exchanged_trigger_id, as the real ones."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    ana = slack.person("Ana")
    late = slack.workspace.new_trigger(ana.id)
    slack.later(4)
    now = slack.workspace.new_trigger(ana.id)
    await client.views_open(trigger_id=now.id, view=FORM)
    errors = []
    for trigger in (late.id, now.id, "1.2.3"):
        with pytest.raises(SlackApiError) as caught:
            await client.views_open(trigger_id=trigger, view=FORM)
        errors.append(caught.value.response["error"])
    assert errors == ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]


async def test_a_response_url_works_five_times(slack: SlackServer) -> None:
    """The sixth use is refused, and so is one after half an hour."""
    ana = slack.person("Ana")
    channel = slack.workspace.channel("general")
    url = slack.workspace.new_response_url(channel, ana.id)
    for _ in range(5):
        slack.respond(slack.workspace, url.secret, {"text": "hi"})
    assert [c.text for c in ana.messages] == ["hi"] * 5
    fresh = slack.workspace.new_response_url(channel, ana.id)
    slack.later(31 * 60)
    for secret, error in ((url.secret, "used_url"), (fresh.secret, "expired_url")):
        url.at = slack.now()
        with pytest.raises(Exception, match=error):
            slack.respond(slack.workspace, secret, {"text": "hi"})


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "hi"}, "channel_not_found"),
        ({"channel": "general"}, "no_text"),
        ({"channel": "elsewhere", "text": "hi"}, "not_in_channel"),
        ({"channel": "general", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "general", "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        (
            {"channel": "general", "text": "x", "blocks": [{"type": "divider"}] * 51},
            "invalid_blocks",
        ),
    ],
)
async def test_posts_are_refused_with_slacks_own_codes(
    slack: SlackServer, arguments: Any, error: str
) -> None:
    """Nothing too long, unknown or malformed is taken."""
    slack.workspace.add_channel("elsewhere", set())
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.postMessage", json=arguments)
    assert caught.value.response["error"] == error
    assert [c.error for c in slack.complaints] == [error]


async def test_an_ephemeral_message_is_refused_in_a_dm_and_cannot_be_updated(
    slack: SlackServer,
) -> None:
    """postEphemeral needs a channel; what it posts is gone for chat.update."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    ana = slack.person("Ana")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postEphemeral(channel=ana.dm.id, user=ana.id, text="hi")
    sent = await client.chat_postEphemeral(channel="general", user=ana.id, text="hi")
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="general", ts=sent["message_ts"], text="ho")


async def test_faults_and_missing_scopes_are_met() -> None:
    """Rate limits carry Retry-After, a dropped connection may have had its effect."""
    async with SlackServer(scopes={"chat:write"}) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        slack.fail_next("chat.postMessage", status=429, error="ratelimited", retry_after=7)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="general", text="hi")
        assert caught.value.response.headers["Retry-After"] == "7"
        slack.fail_next("chat.postMessage", drop=True, after_effect=True)
        with pytest.raises(Exception, match="disconnected"):
            await client.chat_postMessage(channel="general", text="once")
        ana = slack.person("Ana")
        assert [m.text for m in ana.messages] == ["once"]
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.users_info(user=ana.id)


async def test_files_go_up_in_three_steps_and_come_down_with_the_token() -> None:
    """files_upload_v2 of the real client ends as one message with a file."""
    async with SlackServer() as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        ana = slack.person("Ana")
        await client.files_upload_v2(
            filename="me.csv", content=b"a,b", channel=ana.dm.id, initial_comment="Yours"
        )
        sent = await ana.sees("Yours", "(file: me.csv)")
        assert isinstance(sent, Message)
        assert slack.workspace.files[sent.files[0]["id"]]["content"] == b"a,b"
        assert slack.complaints == []


async def test_an_event_comes_again_when_it_was_not_acknowledged(slack: SlackServer) -> None:
    """A redelivery is the same event with its number and reason."""
    ana = slack.person("Ana")
    await ana.says_in_dm("one")
    await ana.sees("Heard one")
    kind, event = slack.delivery.sent[-1]
    assert (await slack.delivery.deliver(kind, event, (1, "http_timeout"))).error == ""
    await slack.until(lambda: len(slack.calls_of("chat.postMessage")) == 2)


async def test_socket_mode_connects_anew_after_a_disconnect() -> None:
    """Slack's refresh is followed by a new connection that works."""
    async with SlackServer() as slack, served(bare_app(slack), slack, "socket"):
        ana = slack.person("Ana")
        await slack.delivery.disconnect()
        await slack.delivery.connected()
        await ana.types("/alum x")
        await ana.sees("[Again]")


async def test_a_forged_signature_is_for_the_app_to_refuse() -> None:
    """The stand-in can send what Slack never would."""
    async with SlackServer() as slack, served(bare_app(slack), slack, "http"):
        body = json.dumps({"type": "url_verification", "challenge": "c"})
        good = {**slack.delivery.headers(body), "Content-Type": "application/json"}
        assert (await slack.delivery.post(body, good))[0] == 200
        stamp = good["X-Slack-Request-Timestamp"]
        bad = {**good, "X-Slack-Signature": signature("another", stamp, body)}
        assert (await slack.delivery.post(body, bad))[0] == 401


async def test_an_app_that_is_too_slow_is_seen_to_fail() -> None:
    """No acknowledgement within three seconds is an error that the person sees."""
    async with SlackServer() as slack:
        app = AsyncApp(client=AsyncWebClient(slack.bot_token, base_url=slack.api_url))
        gate = asyncio.Event()

        @app.command("/slow")
        async def slow(ack: Any) -> None:
            await gate.wait()
            await ack()

        async with served(app, slack, "socket"):
            ana = slack.person("Ana")
            await ana.types("/slow")
            await ana.sees('/slow failed with the error "operation_timeout"')
            gate.set()


async def test_posts_are_paced_when_the_test_asks_for_it() -> None:
    """One a second to one channel; another channel has its own pace."""
    async with SlackServer() as slack:
        slack.limits_posts = True
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        ana = slack.person("Ana")
        await client.chat_postMessage(channel="general", text="one")
        await client.chat_postMessage(channel=ana.id, text="hi")
        with pytest.raises(SlackApiError, match="ratelimited") as caught:
            await client.chat_postMessage(channel="general", text="two")
        assert caught.value.response.headers["Retry-After"] == "1"
        slack.later(1)
        await client.chat_postMessage(channel="general", text="two")
        assert [m.text for m in ana.messages] == ["one", "hi", "two"]
