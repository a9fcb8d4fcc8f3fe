"""What is owed is posted once: refusals, outages and cut connections are told apart."""

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
from bot.ports import LOOK_AGAIN, Refused, Sent, Trouble, Unclear
from bot.reply import Answer, Buttons, Copyable, answer, button, text
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
        self.slack, self.messenger = slack, SlackMessenger(workspaces, before_looking=0)
        self.ana: Person = slack.person("Ana", tz="Europe/Berlin")
        self.place = Workspace(cohort_id=1, id=1, surface="slack", external_id="T1")
        self.member = Member(cohort_id=1, id=1, name="Ana", joined=NOW, zone="Europe/Berlin")
        self.account = Account(
            cohort_id=1, member_id=1, workspace_id=1, surface="slack",
            external_id=self.ana.id, last_used=NOW,
        )  # fmt: skip

    async def send(self, what: Answer = NUDGE, nonce: str = "n1") -> Any:
        """One direct message."""
        return await self.messenger.to_member(self.place, self.account, self.member, what, nonce)

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
         Refused("ratelimited", retry_after=7)),
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


async def test_a_cut_connection_after_the_post_is_found_in_the_history(owing: Owing) -> None:
    """It was sent: not a second time."""
    owing.slack.fail_next("chat.postMessage", drop=True, after_effect=True)
    assert isinstance(await owing.send(), Sent)
    assert len(owing.texts) == 1


async def test_a_cut_connection_before_the_post_is_a_passing_no(owing: Owing) -> None:
    """The history has another row's message, not this one."""
    await owing.send(nonce="earlier")
    owing.slack.fail_next("chat.postMessage", drop=True)
    outcome = await owing.send(nonce="n2")
    assert isinstance(outcome, Refused)
    assert outcome.trouble is Trouble.SOON
    assert len(owing.texts) == 1


@pytest.mark.parametrize("how", [{"status": 503}, {"error": "internal_error"}, {"drop": True}])
async def test_what_cannot_be_settled_is_unclear(owing: Owing, how: Any) -> None:
    """The history cannot be read either."""
    owing.slack.fail_next("chat.postMessage", **how)
    owing.slack.fail_next("conversations.history", error="internal_error")
    assert isinstance(await owing.send(), Unclear)


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
