"""Messages that are owed: sent once, and every failure is the right outcome."""

import asyncio
import contextlib

import aiohttp
import pytest

from adapters.discord.messenger import DiscordMessenger
from bot.delivery.pacing import Window
from bot.domain.cohort import Account, Member, Workspace
from bot.invocation import call
from bot.limits import Reach, begin_by
from bot.ports import Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Buttons, Copyable, answer, button, text
from tests.adapters.discord_.conftest import Home
from tests.servers.discord.person import Person

WORDS = answer(
    text("A note for {name}", name="@everyone"),
    Copyable("Dear Dana,"),
    Buttons((button("Sent", call("echo", words="sent")),)),
)


async def sent(home: Home, ana: Person, nonce: str = "row-17", conversation: str = "") -> Outcome:
    """The answer as a DM to Ana."""
    now = home.house.clock.now()
    account = Account(
        cohort_id=1, member_id=1, workspace_id=1, surface="discord", external_id=ana.id,
        last_used=now, conversation=conversation,
    )  # fmt: skip
    workspace = Workspace(cohort_id=1, surface="discord", external_id="1")
    member = Member(cohort_id=1, name="Ana", joined=now)
    (messenger,) = home.wing.messengers
    return await messenger.to_member(workspace, account, member, WORDS, nonce)


def posts(home: Home, *endings: str) -> list[str]:
    """The posts of messages, or of what ends so, that arrive from now on."""
    heard: list[str] = []

    def hear(name: str, _request: object) -> None:
        if name.startswith("POST") and name.endswith(endings or "/messages"):
            heard.append(name)

    home.discord.faults.heard.append(hear)
    return heard


async def test_a_dm_and_the_same_again_within_two_minutes_is_one(home: Home) -> None:
    """Three messages (the draft stands alone), and a retry makes no more."""
    ana = home.discord.person("Ana")
    await ana.types("/echo")
    first = await sent(home, ana)
    assert isinstance(first, Sent)
    assert await sent(home, ana) == first
    assert len(ana.inbox) == 3
    assert ana.inbox[1].text == "Dear Dana,"
    assert all(shown.pings == ([], False) for shown in ana.inbox)
    await ana.presses("Sent")
    assert "You said sent" in ana.sees.text


OPENS = "/users/@me/channels"


async def test_a_conversation_that_is_known_is_not_opened_again(home: Home) -> None:
    """Another process, after a restart: the account knows where the first message went."""
    ana = home.discord.person("Ana")
    heard = posts(home, OPENS)
    first = await sent(home, ana)
    assert isinstance(first, Sent)
    assert first.conversation == first.reference.partition("/")[0]
    assert first.posts == 1 + 3
    home.wing.app.wire._dms.clear()
    again = await sent(home, ana, "row-18", first.conversation)
    assert isinstance(again, Sent)
    assert (again.conversation, again.posts) == (first.conversation, 3)
    assert heard == [f"POST {OPENS}"]
    assert len(ana.inbox) == 6


async def test_a_conversation_that_is_no_more_is_opened_anew_at_once(home: Home) -> None:
    """Another bot's, say: the refusal made nothing, so the same attempt goes on."""
    ana = home.discord.person("Ana")
    heard = posts(home, OPENS, "/messages")
    outcome = await sent(home, ana, conversation="404404404404404404")
    assert isinstance(outcome, Sent)
    assert outcome.conversation not in ("", "404404404404404404")
    assert outcome.posts == 1 + 1 + 3
    assert heard[:2] == ["POST /channels/404404404404404404/messages", f"POST {OPENS}"]
    assert len(ana.inbox) == 3


async def test_a_conversation_that_is_refused_twice_is_a_no(home: Home) -> None:
    """Discord gives the same channel again, and nothing is asked for a third time."""
    ana = home.discord.person("Ana")
    first = await sent(home, ana)
    assert isinstance(first, Sent)
    heard = posts(home)
    home.discord.fault("POST /channels/*/messages", 404, code=10003)
    outcome = await sent(home, ana, "row-18", first.conversation)
    assert outcome == Refused("Discord error 10003", Trouble.PLACE)
    assert len(heard) == 1


@pytest.mark.parametrize("status", [0, 502, 504])
async def test_what_may_have_been_made_is_not_sent_to_another_conversation(
    home: Home, status: int
) -> None:
    """Only a refusal says that nothing was made."""
    ana = home.discord.person("Ana")
    first = await sent(home, ana)
    assert isinstance(first, Sent)
    heard = posts(home, OPENS)
    home.discord.fault("POST /channels/*/messages", status, when="after")
    assert isinstance(await sent(home, ana, "row-18", first.conversation), Unclear | Sent)
    assert heard == []


class Wait:
    """A window's clock, and the pauses it made: each is over at once."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Over."""
        self.pauses.append(seconds)
        self.now += seconds


def window_of(home: Home, most: int) -> Wait:
    """From now on so many requests a second, by a clock of its own."""
    wait = Wait()
    home.wing.app.wire.watch.window = Window(most, 1.0, lambda: wait.now, wait.sleep)
    return wait


async def test_requests_are_counted_when_they_begin_and_answers_are_not(home: Home) -> None:
    """Four: the conversation is opened, and three posts. An interaction waits for nothing."""
    ana = home.discord.person("Ana")
    wait = window_of(home, 2)
    await ana.types("/echo")
    assert wait.pauses == []
    assert isinstance(await sent(home, ana), Sent)
    assert sum(wait.pauses) == pytest.approx(0.25 + 0.75 + 0.25)


async def test_wait_for_the_whole_bot_is_heard_by_requests_that_were_let_through(
    home: Home,
) -> None:
    """They would run into it one after the other, and each counts towards a ban."""
    ana = home.discord.person("Ana")
    wait = window_of(home, 50)
    home.discord.faults.add("POST /channels/*/messages", "limit", scope="global", retry_after=7)
    assert isinstance(await sent(home, ana), Refused)
    assert isinstance(await sent(home, ana), Sent)
    assert 6 < sum(wait.pauses) < 8


async def test_nonces_are_short_enough(home: Home) -> None:
    """Discord takes 25 characters; ours end differently for each message."""
    ana = home.discord.person("Ana")
    assert isinstance(await sent(home, ana, "n" * 25), Sent)
    assert len(ana.inbox) == 3


async def test_a_lost_answer_is_made_good_by_the_nonce(home: Home) -> None:
    """The connection breaks after the message was made: unclear, and a retry is the same one."""
    ana = home.discord.person("Ana")
    home.discord.fault("POST /channels/*/messages", 0, when="after")
    assert isinstance(await sent(home, ana), Unclear | Sent)
    assert isinstance(await sent(home, ana), Sent)
    assert len(ana.inbox) == 3


@pytest.mark.parametrize("status", [500, 502, 504, 524])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_attempt_is_one_request(home: Home, status: int, when: str) -> None:
    """discord.py would ask five times: a server's error is unclear, and we decide what follows."""
    ana = home.discord.person("Ana")
    heard = posts(home)
    home.discord.fault("POST /channels/*/messages", status, when=when)
    assert isinstance(await sent(home, ana), Unclear)
    assert len(heard) == 1
    assert isinstance(await sent(home, ana), Sent)
    assert len(ana.inbox) == 3


@pytest.mark.parametrize(
    ("scope", "reach"),
    [
        ("user", Reach.PLACE),
        ("shared", Reach.PLACE),
        ("global", Reach.SURFACE),
        ("ban", Reach.SURFACE),
    ],
)
async def test_asked_to_wait_nothing_is_asked_again(home: Home, scope: str, reach: Reach) -> None:
    """discord.py would sleep and repeat: whom it is about is held instead, and the row is due."""
    ana = home.discord.person("Ana")
    heard = posts(home)
    home.discord.faults.add("POST /channels/*/messages", "limit", scope=scope, retry_after=700)
    outcome = await sent(home, ana)
    assert isinstance(outcome, Refused)
    assert (outcome.trouble, outcome.reach) == (Trouble.SOON, reach)
    assert outcome.retry_after >= 1
    assert len(heard) == 1


async def test_opening_direct_messages_too_fast_holds_all_of_them(home: Home) -> None:
    ana = home.discord.person("Ana")
    home.discord.faults.add("POST /users/@me/channels", "limit", scope="user", retry_after=9)
    expected = Refused("asked to wait", retry_after=9, reach=Reach.SURFACE)
    assert await sent(home, ana) == expected


async def test_a_message_whose_first_post_is_there_is_no_plain_no_any_more(home: Home) -> None:
    """The others have to follow it: made anew minutes later, the first would come twice."""
    ana = home.discord.person("Ana")
    heard = posts(home)
    fails = home.discord.faults.add

    def hear(name: str, _request: object) -> None:
        if len(heard) == 2 and name.endswith("/messages"):
            fails("POST /channels/*/messages", "limit", scope="user", retry_after=300)

    home.discord.faults.heard.append(hear)
    assert isinstance(await sent(home, ana), Unclear)
    assert len(ana.inbox) == 1
    assert isinstance(await sent(home, ana), Sent)
    assert [shown.text for shown in ana.inbox][1] == "Dear Dana,"
    assert len(ana.inbox) == 3


async def test_too_much_that_was_refused_stops_messages_and_not_answers(home: Home) -> None:
    """Ten thousand in ten minutes get an address banned; we stop at half of it."""
    ana = home.discord.person("Ana")
    (messenger,) = home.wing.messengers
    assert isinstance(messenger, DiscordMessenger)
    breaker = messenger.breaker
    breaker.most = 3
    for status, code in ((403, 50013), (401, 0), (403, 50001)):
        home.discord.fault("POST /channels/*/messages", status, code=code)
        assert isinstance(await sent(home, ana), Refused)
    heard = posts(home)
    outcome = await sent(home, ana)
    assert isinstance(outcome, Refused)
    assert outcome.reach is Reach.SURFACE
    assert 500 < outcome.retry_after <= 600
    assert (breaker.tripped, breaker.refused, heard) == (True, 3, [])
    await ana.types("/echo")
    assert "You said" in ana.sees.text


async def test_refused_answers_to_interactions_are_counted_too(home: Home) -> None:
    """They go by another way of discord.py's, and through the same session."""
    ana = home.discord.person("Ana")
    home.discord.faults.add("POST /interactions/*", "error", status=403, code=50013)
    before = home.wing.app.messenger.breaker.refused
    with contextlib.suppress(AssertionError, TimeoutError):
        async with asyncio.timeout(3):
            await ana.types("/echo")
    assert home.wing.app.messenger.breaker.refused == before + 1


async def test_not_everybodys_dm_is_remembered(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose was opened longest ago is forgotten first, and written to all the same."""
    monkeypatch.setattr("adapters.discord.wire.MOST_KNOWN", 2)
    ana, ben, eve = (home.discord.person(name) for name in ("Ana", "Ben", "Eve"))
    for each in (ana, ben, eve):
        await each.types("/echo")
        await sent(home, each, f"row-{each.id}")
    (messenger,) = home.wing.messengers
    assert isinstance(messenger, DiscordMessenger)
    assert [bool(messenger.wire.known_dm(each.id)) for each in (ana, ben, eve)] == [
        False,
        True,
        True,
    ]
    assert isinstance(await sent(home, ana, "row-again"), Sent)


async def test_a_closed_dm_is_final(home: Home) -> None:
    """50007: somebody who blocks us is not written to again."""
    ana = home.discord.person("Ana")
    ana.account.dms_open = False
    assert await sent(home, ana) == Refused("Discord error 50007", Trouble.PERSON)


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (403, 50278, Trouble.PERSON),
        (400, 40003, Trouble.SOON),
        (404, 10003, Trouble.PLACE),
        (400, 50035, Trouble.OURS),
        (401, 0, Trouble.WORKSPACE),
        (403, 0, Trouble.PLACE),
    ],
)
async def test_refusals(home: Home, status: int, code: int, trouble: Trouble) -> None:
    """What passes, whom it is about, and what is our own mistake."""
    ana = home.discord.person("Ana")
    home.discord.fault("POST /channels/*/messages", status, code=code)
    outcome = await sent(home, ana)
    assert isinstance(outcome, Refused)
    assert outcome.trouble is trouble


async def test_before_the_login_nothing_is_lost(home: Home) -> None:
    """Not connected yet is not a failure of the message."""
    ana = home.discord.person("Ana")
    home.wing.app.http.token = None
    outcome = await sent(home, ana)
    assert isinstance(outcome, Refused)
    assert outcome.trouble is Trouble.SOON


async def test_the_cohorts_channel(home: Home) -> None:
    """A message in the channel is seen by everybody and pings nobody; without one it is refused."""
    ana, ben = home.discord.person("Ana"), home.discord.person("Ben")
    (messenger,) = home.wing.messengers
    nowhere = Workspace(cohort_id=1, surface="discord", external_id="1")
    assert isinstance(await messenger.to_channel(nowhere, WORDS, "n"), Refused)
    channel = home.discord.general.id
    here = Workspace(cohort_id=1, surface="discord", external_id="1", channel=channel)
    assert isinstance(await messenger.to_channel(here, WORDS, "n"), Sent)
    assert [len(ana.screen), len(ben.screen)] == [3, 3]
    assert ana.screen[0].pings == ([], False)


async def test_who_stood_still_beyond_the_attempt_sends_nothing(home: Home) -> None:
    """A machine that slept goes on in the middle: its nonce may be forgotten over there by now."""
    ana = home.discord.person("Ana")
    heard = posts(home)
    token = begin_by.set(asyncio.get_running_loop().time() - 1)
    try:
        assert isinstance(await sent(home, ana), Refused)
    finally:
        begin_by.reset(token)
    assert heard == []


async def test_who_stands_still_between_the_head_and_the_body_sends_neither(home: Home) -> None:
    """Both go together, some steps after the head was made: the clock is looked at again."""
    ana = home.discord.person("Ana")
    assert isinstance(await sent(home, ana, "first"), Sent)
    heard = posts(home)

    async def sleeps(*_: object) -> None:
        begin_by.set(asyncio.get_running_loop().time() - 1)

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(sleeps)  # after ours
    trace.freeze()
    (messenger,) = home.wing.messengers
    assert isinstance(messenger, DiscordMessenger)
    session: aiohttp.ClientSession = vars(messenger.wire.http)["_HTTPClient__session"]
    session.trace_configs.append(trace)
    assert isinstance(await sent(home, ana, "second"), Refused)
    session.trace_configs.remove(trace)
    assert heard == []
    begin_by.set(asyncio.get_running_loop().time() + 20)
    assert isinstance(await sent(home, ana, "second"), Sent)
