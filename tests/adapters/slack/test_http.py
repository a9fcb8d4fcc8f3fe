"""What comes to /slack/events and is not from Slack, or not whole, does nothing, and no 500."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.adapters.slack.house import connected, database
from tests.servers.slack import payloads
from tests.servers.slack.delivery import signature
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[SlackServer]:
    """Our app on signed HTTP."""
    with database(tmp_path) as stores:
        async with SlackServer() as server, connected(stores, server, "http"):
            yield server


def command(slack: SlackServer, ana: Person) -> str:
    """The body of a command that would keep a contact."""
    channel = slack.workspace.channel("general")
    payload = payloads.slash_command(
        slack.workspace, ana.account, channel, "/contact", "add Dana", f"{slack.base}hooks/x"
    )
    return urlencode(payload)


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Slack-Signature", None),
        ("X-Slack-Signature", "v0=00"),
        ("X-Slack-Signature", "v0=" + "é" * 64),
        ("X-Slack-Signature", "v0=" + "0" * 64),
        ("X-Slack-Request-Timestamp", None),
        ("X-Slack-Request-Timestamp", "yesterday"),
        ("X-Slack-Request-Timestamp", "1e9"),
        ("X-Slack-Request-Timestamp", "9" * 5000),
        ("X-Slack-Request-Timestamp", "-1"),
        ("X-Slack-Request-Timestamp", "١٢٣٤"),
    ],
)
async def test_a_request_that_is_not_signed_well_is_turned_away(
    slack: SlackServer, name: str, value: str | None
) -> None:
    """401, and nothing was done."""
    ana = slack.person("Ana")
    body = command(slack, ana)
    headers = {**slack.delivery.headers(body), **FORM}
    headers = {k: v for k, v in headers.items() if k != name} | ({name: value} if value else {})
    assert (await slack.delivery.post(body, headers))[0] == 401
    assert slack.calls_of("response_url") == []
    assert [args for args in slack.calls_of("users.info") if args["user"] == ana.id] == []


async def test_an_old_request_and_one_for_another_body_are_turned_away(slack: SlackServer) -> None:
    """More than five minutes old; signed, but for other words."""
    body = command(slack, slack.person("Ana"))
    old = "1700000000"
    stale = {**slack.delivery.headers(body, old), **FORM}
    other = {**slack.delivery.headers(body + "x"), **FORM}
    assert (await slack.delivery.post(body, stale))[0] == 401
    assert (await slack.delivery.post(body, other))[0] == 401


async def test_the_same_bytes_twice_have_one_effect(slack: SlackServer) -> None:
    """A replay inside five minutes is signed well; the core knows the event already."""
    ana = slack.person("Ana")
    body = command(slack, ana)
    headers = {**slack.delivery.headers(body), **FORM}
    first = await slack.delivery.post(body, headers)
    again = await slack.delivery.post(body, headers)
    assert (first[0], again) == (200, (200, ""))
    assert "Kept Dana" in first[1]


@pytest.mark.parametrize(
    "payload",
    [
        "[]", "{}", "null", '"text"', "{", '{"type":"block_actions"}', '{"type":"novel"}',
        '{"type":"block_actions","team":null,"user":{},"actions":[]}',
        '{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{}}',
        '{"type":"block_suggestion","team":{"id":"T1"},"user":{"id":"U1"}}',
        '{"type":"event_callback","team_id":"T1","event":{"type":"message"}}',
        '{"type":"event_callback","team_id":"T404","event_id":"E","event":{"type":"message"}}',
    ],
)  # fmt: skip
async def test_a_payload_that_is_not_whole_is_no_accident(slack: SlackServer, payload: str) -> None:
    """Well signed and malformed: a client error or nothing, never a server error."""
    for body, media in ((urlencode({"payload": payload}), FORM), (payload, {})):
        headers = {**slack.delivery.headers(body), "Content-Type": "application/json", **media}
        status, _ = await slack.delivery.post(body, headers)
        assert status < 500


async def test_a_foreign_workspace_and_a_guest_from_another_get_nothing_done(
    slack: SlackServer,
) -> None:
    """A team we do not know, and somebody of another team in a shared channel."""
    ana = slack.person("Ana")
    body = command(slack, ana).replace("team_id=T1", "team_id=T9")
    status, _ = await slack.delivery.post(body, {**slack.delivery.headers(body), **FORM})
    assert status < 500
    await ana.types("/echo hi")
    where, control = ana.finds("Again")
    payload = payloads.block_actions(
        slack.workspace, ana.account, where, control, {}, f"{slack.base}hooks/x"
    )
    payload["user"]["team_id"] = "T9"
    before = len(slack.calls_of("response_url"))
    ack = await slack.delivery.deliver("interactive", payload)
    assert (ack.error, len(slack.calls_of("response_url"))) == ("", before)


async def test_a_response_url_elsewhere_is_never_called(slack: SlackServer) -> None:
    """The answer goes by direct message instead."""
    ana = slack.person("Ana")
    await ana.types("/echo hi")
    where, control = ana.finds("Again")
    payload = payloads.block_actions(
        slack.workspace, ana.account, where, control, {}, "http://127.0.0.1:9/evil"
    )
    ana.acts()
    await slack.delivery.deliver("interactive", payload)
    await ana.sees("You said again")
    assert slack.calls_of("chat.postMessage")[-1]["channel"] == ana.id


async def test_a_file_kept_elsewhere_is_not_fetched_with_our_token(slack: SlackServer) -> None:
    """External files carry any address at all."""
    ana = slack.person("Ana")
    message = await ana.says("hi", "general")
    message.channel = ana.dm
    message.files = [{"name": "a.csv", "url_private_download": "http://127.0.0.1:9/a", "size": 1}]
    await ana.happens(payloads.said(slack.workspace, message), "message.im")
    await ana.sees("could not fetch")
    assert slack.complaints == []


async def test_what_bots_say_is_nobodys_words(slack: SlackServer) -> None:
    """No loop with ourselves or with other bots."""
    ana = slack.person("Ana")
    event = payloads.said(slack.workspace, slack.workspace.post(ana.dm, ana.id, "hi", []))
    event["event"]["bot_id"] = "B9"
    await ana.happens(event, "message.im")
    edited = json.loads(json.dumps(event))
    edited["event"] |= {"subtype": "message_changed", "bot_id": None}
    await ana.happens(edited, "message.im")
    assert slack.calls_of("chat.postMessage") == []


def test_our_own_signature_is_the_documented_one() -> None:
    """The example of Slack's reference page on verifying requests."""
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id="
        "G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-"
        "collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F39770"
        "0885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d"
        "2c447fce8b6703c"
    )
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    wanted = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature(secret, "1531420618", body) == wanted
