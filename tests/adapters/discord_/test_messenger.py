"""Messages that are owed: sent once, and every failure is the right outcome."""

import pytest

from bot.domain.cohort import Account, Member, Workspace
from bot.invocation import call
from bot.ports import Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Buttons, Copyable, answer, button, text
from tests.adapters.discord_.conftest import Home
from tests.servers.discord.person import Person

WORDS = answer(
    text("A note for {name}", name="@everyone"),
    Copyable("Dear Dana,"),
    Buttons((button("Sent", call("echo", words="sent")),)),
)


async def sent(home: Home, ana: Person, nonce: str = "row-17") -> Outcome:
    """The answer as a DM to Ana."""
    now = home.house.clock.now()
    account = Account(
        cohort_id=1, member_id=1, workspace_id=1, surface="discord", external_id=ana.id,
        last_used=now,
    )  # fmt: skip
    workspace = Workspace(cohort_id=1, surface="discord", external_id="1")
    member = Member(cohort_id=1, name="Ana", joined=now)
    (messenger,) = home.wing.messengers
    return await messenger.to_member(workspace, account, member, WORDS, nonce)


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
