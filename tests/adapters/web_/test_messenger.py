"""What is owed arrives where it belongs, once, also over a restart."""

from pathlib import Path

from whenever import Instant

from adapters.web.keep import Keeper
from adapters.web.messenger import PlaygroundMessenger
from adapters.web.playground import Playground
from bot.domain.cohort import Account, Member, Workspace
from bot.ports import Sent
from bot.reply import Answer, answer, text
from tests.adapters.web_.sample import Script, a_playground

NOW = Instant.from_utc(2026, 3, 9, 14, 30)
WORKSPACE = Workspace(cohort_id=4, id=1, surface="playground", external_id="demo")
ANA = Member(cohort_id=4, id=1, name="Ana", joined=NOW)
ACCOUNT = Account(
    cohort_id=4, id=1, member_id=1, workspace_id=1, surface="playground", external_id="ana",
    last_used=NOW,
)  # fmt: skip
THANKS = answer(text("Thank Dana"))


def seen(playground: Playground, place: str, member: str) -> list[str | Answer]:
    return [each.said for each in playground.transcript.seen_in(place, member)]


async def test_a_members_message_is_in_their_dm_alone() -> None:
    playground = a_playground(Script())
    await PlaygroundMessenger(playground).to_member(WORKSPACE, ACCOUNT, ANA, THANKS, "n1")
    assert seen(playground, "dm", "ana") == [THANKS]
    assert seen(playground, "dm", "ben") == []
    assert playground.transcript.seen_in("dm", "ana")[0].cohort == 4


async def test_a_channel_message_is_for_everybody() -> None:
    playground = a_playground(Script())
    await PlaygroundMessenger(playground).to_channel(WORKSPACE, THANKS, "n1")
    assert seen(playground, "channel", "ben") == [THANKS]


async def test_the_same_nonce_is_the_same_message(tmp_path: Path) -> None:
    playground, keeper = a_playground(Script()), Keeper(tmp_path / "kept.jsonl")
    playground.transcript.changed = keeper.message
    messenger = PlaygroundMessenger(playground)
    first = await messenger.to_member(WORKSPACE, ACCOUNT, ANA, THANKS, "n1")
    assert await messenger.to_member(WORKSPACE, ACCOUNT, ANA, THANKS, "n1") == first
    restarted = a_playground(Script())
    keeper.restore(restarted.transcript)
    again = await PlaygroundMessenger(restarted).to_member(WORKSPACE, ACCOUNT, ANA, THANKS, "n1")
    assert again == first == Sent("1")
    assert seen(restarted, "dm", "ana") == [THANKS]
