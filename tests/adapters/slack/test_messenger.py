"""What is owed is posted once: refusals, outages and cut connections are told apart."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from whenever import Instant, TimeDelta

from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.clocks import MovableClock
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.invocation import call
from bot.limits import Reach
from bot.ports import LOOK_AGAIN, Refused, Sent, Trouble, Unclear
from bot.reply import Answer, Attachment, Buttons, Copyable, answer, button, text
from tests.adapters.slack.house import database
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer

NOW = Instant.from_utc(2026, 11, 23, 8)
NUDGE: Answer = answer(
    text("Yesterday {name} told you something.", name="<!channel>"),
    Buttons((button("Sent", call("echo", words="x")),)),
)


class Owing:
    """A messenger in one workspace, and somebody to write to."""

    def __init__(self, slack: SlackServer, workspaces: Workspaces, clock: MovableClock) -> None:
        self.clock = clock
        self.slack, self.messenger = slack, SlackMessenger(workspaces)
        self.ana: Person = slack.person("Ana", tz="Europe/Berlin")
        self.place = Workspace(cohort_id=1, id=1, surface="slack", external_id="T1")
        self.member = Member(cohort_id=1, id=1, name="Ana", joined=NOW, zone="Europe/Berlin")
        self.account = Account(
            cohort_id=1, member_id=1, workspace_id=1, surface="slack",
            external_id=self.ana.id, last_used=NOW,
        )  # fmt: skip

    async def find(self, what: Answer = NUDGE, nonce: str = "n1") -> Any:
        """Whether it is there."""
        since = Instant.now()  # the stand-in's clock
        return await self.messenger.find(self.place, [self.account], what, nonce, since)

    async def send(self, what: Answer = NUDGE, nonce: str = "n1") -> Any:
        """One direct message."""
        return await self.messenger.to_member(self.place, self.account, self.member, what, nonce)

    def second_post_fails(self, **how: Any) -> None:
        """The one after the next."""
        posts = itertools.count(1)

        def hear(name: str, _request: object) -> None:
            if name == "chat.postMessage" and next(posts) == 2:
                self.slack.fail_next(name, **how)

        self.slack.faults.heard.append(hear)

    @property
    def texts(self) -> list[str]:
        """What Ana has received."""
        return [message.plain() for message in self.ana.messages]


@pytest.fixture
async def owing(tmp_path: Path) -> AsyncIterator[Owing]:
    """A messenger with its retries as they are in earnest: none."""
    with database(tmp_path) as stores:
        async with SlackServer() as slack:
            cohort = stores.add_cohort(Cohort(name="C", created=NOW))
            clock = MovableClock(NOW)
            workspaces = Workspaces(stores, slack.api_url, clock, slack.bot_token, cohort.id)
            await workspaces.start()
            yield Owing(slack, workspaces, clock)
            await workspaces.stop()


async def test_a_message_is_sent_with_its_buttons_and_pings_nobody(owing: Owing) -> None:
    """One ordinary message in the DM, its nonce in the metadata."""
    outcome = await owing.send()
    assert isinstance(outcome, Sent)
    (message,) = owing.ana.messages
    assert message.plain() == "Yesterday <!channel> told you something.\n[Sent]"
    assert (message.channel, message.pings) == (owing.ana.dm, [])
    assert message.metadata == {"event_type": "snowball_owed", "event_payload": {"n": "n1"}}
    assert outcome.reference == f"{owing.ana.dm.id}/{message.ts}"


async def test_a_draft_stands_alone_after_its_message(owing: Owing) -> None:
    """So that a phone can copy it."""
    await owing.send(answer(text("Your draft:"), Copyable("Dear Dana")))
    assert owing.texts == ["Your draft:", "Dear Dana"]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 429, "error": "ratelimited", "retry_after": 7},
         Refused("ratelimited", retry_after=7, reach=Reach.WORKSPACE)),
        ({"error": "account_inactive"}, Refused("account_inactive", Trouble.WORKSPACE)),
        ({"error": "channel_not_found"}, Refused("channel_not_found", Trouble.PLACE)),
        ({"error": "cannot_dm_user"}, Refused("cannot_dm_user", Trouble.PERSON)),
        ({"error": "invalid_blocks"}, Refused("invalid_blocks", Trouble.OURS)),
        ({"error": "service_unavailable"}, Refused("service_unavailable")),
    ],
)  # fmt: skip
async def test_a_plain_no_is_told_apart(owing: Owing, fault: Any, outcome: Refused) -> None:
    """For ever, or for now and how long; nothing was posted and nothing is tried again."""
    owing.slack.fail_next("chat.postMessage", **fault)
    assert await owing.send() == outcome
    assert owing.texts == []


@pytest.mark.parametrize(
    "how",
    [
        {"drop": True, "after_effect": True},
        {"drop": True},
        {"status": 503},
        {"status": 504},
        {"error": "internal_error"},
        {"error": "fatal_error", "status": 500},
    ],
)
async def test_an_ambiguous_failure_is_unclear_and_one_request(owing: Owing, how: Any) -> None:
    """Neither the SDK nor we ask a second time: it might be a second message."""
    heard: list[str] = []
    owing.slack.faults.heard.append(lambda name, _: heard.append(name))
    owing.slack.fail_next("chat.postMessage", **how)
    assert isinstance(await owing.send(), Unclear)
    assert heard == ["chat.postMessage"]
    assert len(owing.texts) == ("after_effect" in how)


async def test_what_was_made_is_found_in_the_history(owing: Owing) -> None:
    """By its nonce, among other rows' messages and people's own words."""
    await owing.send(nonce="earlier")
    owing.slack.fail_next("chat.postMessage", drop=True, after_effect=True)
    assert isinstance(await owing.send(nonce="n2"), Unclear)
    for number in range(40):
        await owing.send(nonce=f"later-{number}")
    found = await owing.find(nonce="n2")
    assert isinstance(found, Sent)
    assert found.reference == f"{owing.ana.dm.id}/{owing.ana.messages[1].ts}"


async def test_what_is_not_in_the_history_is_not_known_to_be_missing(owing: Owing) -> None:
    """It may lag."""
    owing.slack.fail_next("chat.postMessage", drop=True)
    assert isinstance(await owing.send(nonce="n2"), Unclear)
    assert isinstance(await owing.find(nonce="n2"), Unclear)


@pytest.mark.parametrize(
    "how", [{"error": "missing_scope"}, {"status": 429, "retry_after": 60}, {"status": 503}]
)
async def test_a_history_that_cannot_be_read_leaves_it_unclear(owing: Owing, how: Any) -> None:
    await owing.send(nonce="n2")
    owing.slack.fail_next("conversations.history", **how)
    assert isinstance(await owing.find(nonce="n2"), Unclear)


async def test_of_several_posts_all_have_to_be_found(owing: Owing) -> None:
    """A draft that did not come is not silently lost: the message stays unclear."""
    several = answer(text("Your draft:"), Copyable("Dear Dana"), Attachment("me.csv", b"a", "t/c"))
    assert (await owing.send(several, "whole")).posts == 3
    assert isinstance(await owing.find(several, "whole"), Sent)
    unlike = answer(text("Your draft:"), Copyable("Dear Dana"), Attachment("x.csv", b"a", "t/c"))
    assert isinstance(await owing.find(unlike, "whole"), Unclear)
    owing.second_post_fails(error="internal_error")
    assert isinstance(await owing.send(several, "half"), Unclear)
    assert isinstance(await owing.find(several, "half"), Unclear)


async def test_a_part_that_has_to_wait_a_moment_comes_after_it(owing: Owing) -> None:
    """Nothing was posted, so once more is once."""
    owing.second_post_fails(status=429, error="ratelimited", retry_after=1)
    outcome = await owing.send(answer(text("Your draft:"), Copyable("Dear Dana")))
    assert isinstance(outcome, Sent)
    assert owing.texts == ["Your draft:", "Dear Dana"]


async def test_a_palm_tree_is_a_holiday_until_its_end(owing: Owing) -> None:
    """Other statuses are not; a palm tree without an end is looked at again."""
    end = NOW + TimeDelta(hours=30)
    shown: dict[tuple[str, int], Instant | None] = {
        (":palm_tree:", end.timestamp()): end,
        (":palm_tree:", 0): NOW + LOOK_AGAIN,
        (":palm_tree:", NOW.timestamp()): None,
        (":calendar:", end.timestamp()): None,
        ("", 0): None,
    }
    for status, away in shown.items():
        owing.ana.sets_status(*status)
        owing.clock.move_to(owing.clock.now() + TimeDelta(minutes=11))
        assert await owing.messenger.away(owing.place, owing.account, NOW) == away


async def test_a_status_is_remembered_for_some_minutes(owing: Owing) -> None:
    """One question to Slack, however many ask; a failure means that nobody is away."""
    owing.ana.sets_status(":palm_tree:")
    for _ in range(3):
        assert await owing.messenger.away(owing.place, owing.account, NOW) is not None
    assert len(owing.slack.calls_of("users.info")) == 1
    owing.clock.move_to(owing.clock.now() + TimeDelta(minutes=11))
    owing.slack.fail_next("users.info", status=429, error="ratelimited", retry_after=9)
    assert await owing.messenger.away(owing.place, owing.account, NOW) is None


async def test_a_channel_gets_a_message_only_when_one_was_chosen(owing: Owing) -> None:
    """And the app was invited."""
    general = owing.slack.workspace.channel("general")
    none = await owing.messenger.to_channel(owing.place, NUDGE, "n1")
    assert none == Refused("no channel was chosen", Trouble.PLACE)
    place = Workspace(cohort_id=1, id=1, surface="slack", external_id="T1", channel=general.id)
    assert isinstance(await owing.messenger.to_channel(place, NUDGE, "n1"), Sent)


async def test_a_workspace_without_a_token_waits(owing: Owing) -> None:
    """Until the app is installed there again."""
    place = Workspace(cohort_id=1, id=2, surface="slack", external_id="T404")
    outcome = await owing.messenger.to_member(place, owing.account, owing.member, NUDGE, "n")
    assert isinstance(outcome, Refused)
    assert outcome.trouble is Trouble.WORKSPACE
