"""What is too late for Discord's three seconds is not tried, and no change is left untold."""

import asyncio
from collections import Counter

import pytest

from adapters.discord import instead
from adapters.discord.late import DOUBTS_EVERY, LONGEST, TOLD_EVERY, Moments, Seldom
from bot.domain.people import Contact
from tests.adapters.discord_.conftest import Home
from tests.servers.discord import limits
from tests.servers.discord.person import COMMAND
from tests.servers.discord.world import Account, Interaction, snowflake

LATE = limits.CALLBACK_SECONDS + 1


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def made(seconds: float) -> str:
    """The id of an interaction of that moment."""
    return str(int(seconds * 1000) << 22)


@pytest.mark.parametrize("ahead", [-300.0, 0.0, 7200.0])
def test_an_interaction_is_as_old_as_its_id_says_whatever_the_clocks_say(ahead: float) -> None:
    """The youngest that was seen is new; only what is older by three seconds is over."""
    clock = Hands()
    moments = Moments(clock)
    assert not moments.is_over(made(clock.at + 500 + ahead))
    clock.at += 10
    assert not moments.is_over(made(clock.at + 500 + ahead - LONGEST))
    assert moments.is_over(made(clock.at + 500 + ahead - LONGEST - 0.1))


def test_whoever_seems_to_be_late_is_tried_now_and_then() -> None:
    """Were we wrong, then the next ones are in time again."""
    clock = Hands()
    moments = Moments(clock)
    moments.age(made(clock.at))
    clock.at += 100
    wrongly = made(clock.at - 50)
    assert moments.is_over(wrongly)
    assert moments.doubts(wrongly)
    assert moments.doubts(wrongly)
    assert not moments.doubts(made(clock.at - 49))
    moments.was_taken(wrongly)
    assert not moments.is_over(made(clock.at - 49))
    clock.at += DOUBTS_EVERY
    assert moments.doubts(made(clock.at - 60))


def test_what_was_learnt_of_the_clocks_is_forgotten_after_some_hours() -> None:
    """A clock that drifts does not make everything late for good."""
    clock = Hands()
    moments = Moments(clock)
    moments.age(made(clock.at))
    for _ in range(3):
        clock.at += 4000
        moments.age(made(clock.at - 10))
    assert not moments.is_over(made(clock.at - 10))


def test_each_person_is_told_once_a_minute() -> None:
    """However often they press."""
    clock = Hands()
    seldom = Seldom(clock)
    assert [seldom.may("1"), seldom.may("1"), seldom.may("2")] == [True, False, True]
    clock.at += TOLD_EVERY
    assert seldom.may("1")


def late(home: Home, by: Account, name: str, words: dict[str, str]) -> Interaction:
    """It was typed a while ago."""
    given = [{"name": key, "type": 3, "value": value} for key, value in words.items()]
    first, _, verb = name.partition(" ")
    options = [{"name": verb, "type": 1, "options": given}] if verb else given
    data = {"id": snowflake(), "name": first, "type": 1, "options": options}
    asked = Interaction(COMMAND, by, home.discord.general, data, home.discord.world.now() - LATE)
    asked.id = str(int(asked.id) - (int(LATE * 1000) << 22))
    return asked


async def test_who_is_late_is_not_acknowledged_but_what_they_change_is_done_and_told(
    home: Home,
) -> None:
    """By direct message, each change; what only looks is dropped and that is said once."""
    ana = home.discord.person("Ana")
    await ana.types("/echo", {"words": "one"})
    home.wing.app.answering.moments.doubts("somebody else")
    asked = [late(home, ana.account, "contact add", {"name": f"Dana {n}"}) for n in range(3)]
    asked += [late(home, ana.account, "echo", {"words": "two"}) for _ in range(3)]
    before = len(home.discord.requests)
    await asyncio.gather(*(home.discord.tell(each) for each in asked))

    def told() -> Counter[str]:
        return Counter(each.nonce for each in home.discord.made())

    await home.discord.until(lambda: {each.id for each in asked[:3]} <= told().keys())
    await home.discord.until(lambda: any(told()[each.id] for each in asked[3:]))
    await home.wing.app.finish()
    assert sum(told()[each.id] for each in asked[3:]) == 1
    assert any("rather busy" in each.words for each in home.discord.made())
    assert not [r for r in home.discord.requests[before:] if r.path.endswith("/callback")]
    with home.house.stores.reading(home.house.cohort_id) as store:
        assert sorted(each.name for each in store.find(Contact)) == ["Dana 0", "Dana 1", "Dana 2"]


async def test_a_direct_message_in_an_answers_place_is_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same nonce: what was done is told, and once."""
    monkeypatch.setattr(instead, "AGAIN", (0.0, 0.0))
    ana = home.discord.person("Ana")
    await ana.types("/echo", {"words": "one"})
    home.wing.app.answering.moments.doubts("somebody else")
    fault = home.discord.faults.add("POST /channels/*/messages", "error", status=503, code=0)
    asked = late(home, ana.account, "contact add", {"name": "Dana"})
    await home.discord.tell(asked)
    await home.discord.until(lambda: any(m.nonce == asked.id for m in home.discord.made()))
    assert fault.met == 1
