"""The class's channel on Slack: chosen, posted to, answered in private; group messages."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.house import House
from adapters.slack.manifest import manifest
from adapters.slack.messenger import SlackMessenger
from adapters.slack.wing import SlackWing
from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed, OwedState
from bot.limits import Reach
from bot.ports import Messenger, Refused, Sent, Trouble, Unclear
from bot.reply import answer, text
from tests.adapters.posts import GATE, REGISTRY
from tests.adapters.slack.house import database, engine_for, house, joined, settings_for
from tests.servers.slack import published
from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Channel, Message

PLUMS = answer(text("Ana, Ben: talk about plums"))


@dataclass
class Home:
    """Slack with our app on it, strict about the manifest's scopes."""

    slack: SlackServer
    house: House
    wing: SlackWing

    @property
    def messenger(self) -> Messenger:
        """Slack's."""
        (found,) = self.wing.messengers
        return found

    async def tick(self) -> None:
        """What is owed is sent."""
        engine = engine_for(self.house, self.wing)
        await engine.tick()
        await engine.stop()

    def workspace(self) -> Workspace:
        """As it is stored now."""
        found = self.house.stores.workspace("slack", "T1")
        assert found is not None
        return found

    def states(self, command: str) -> list[OwedState]:
        """What became of the rows of a command."""
        with self.house.stores.reading(self.house.cohort_id) as store:
            return [row.state for row in store.find(Owed, command=command)]

    def posts(self, channel: Channel) -> list[str]:
        """What everybody in a channel reads of ours."""
        said = [m for m in self.slack.workspace.messages if m.channel is channel and m.by_bot]
        return [m.plain() for m in said if m.private_to is None and not m.deleted]

    async def chosen(self) -> Person:
        """The organiser has chosen #class, into which nobody had invited us."""
        boss = self.slack.person("Boss", admin=True)
        self.slack.workspace.add_channel("class", {boss.id})
        await boss.types("/snowball cohort channel", channel="class")
        await boss.sees("cohort’s channel now")
        await self.tick()
        return boss

    def comes(self, name: str) -> Person:
        """Somebody who reads #class."""
        person = self.slack.person(name)
        self.slack.workspace.channel("class").members.add(person.id)
        return person


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    """At the end every payload is held against the published schemas."""
    GATE.clear()
    with database(tmp_path) as stores:
        async with SlackServer(manifest=manifest(REGISTRY)) as slack:
            made = house(stores, settings_for(slack, "socket"), REGISTRY)
            async with joined(made, slack) as wing:
                yield Home(slack, made, wing)
                GATE.set()
                if published.DATA.is_dir():
                    sent = [e for name, args in slack.calls for e in published.errors(name, args)]
                    assert sent == []


async def test_the_channel_is_chosen_by_typing_in_it(home: Home) -> None:
    """We join a public channel by ourselves, and a first post shows that it works."""
    await home.chosen()
    channel = home.slack.workspace.channel("class")
    assert home.workspace().channel == channel.id
    assert "I’m Snowball" in home.posts(channel)[0]
    assert home.slack.complaints == []


async def test_into_a_private_channel_we_have_to_be_invited(home: Home) -> None:
    """It says how; once invited it goes."""
    boss = home.slack.person("Boss", admin=True)
    private = home.slack.workspace.add_channel("inner", {boss.id}, "private")
    await boss.types("/snowball cohort channel", channel="inner")
    await boss.sees("I’m not in this channel yet. Type /invite @Snowball here")
    assert home.workspace().channel == ""
    private.members.add(home.slack.workspace.bot.id)
    await boss.types("/snowball cohort channel", channel="inner")
    await boss.sees("cohort’s channel now")
    await home.tick()
    assert len(home.posts(private)) == 1


async def test_an_archived_channel_and_a_dm_are_refused_kindly(home: Home) -> None:
    """Nothing is chosen."""
    boss = home.slack.person("Boss", admin=True)
    home.slack.workspace.add_channel("old", {boss.id}).archived = True
    await boss.types("/snowball cohort channel", channel="old")
    await boss.sees("This channel is archived.")
    await boss.types("/snowball cohort channel", channel="dm")
    await boss.sees("Type this in the channel that the whole cohort reads.")
    assert home.workspace().channel == ""


async def test_a_group_message_is_not_the_classs_channel(home: Home) -> None:
    """Only some of the class read it."""
    boss, ana = home.slack.person("Boss", admin=True), home.slack.person("Ana")
    group = home.slack.workspace.conversation_of(boss.id, ana.id, home.slack.workspace.bot.id)
    await boss.types("/snowball cohort channel", channel=group.name)
    await boss.sees("Only some of the class read this.")
    assert home.workspace().channel == ""


async def test_a_press_under_a_post_is_answered_in_private(home: Home) -> None:
    """The post stays as it is, though the button would replace its message elsewhere."""
    boss = await home.chosen()
    ana, ben = home.comes("Ana"), home.comes("Ben")
    await boss.types("/snowball share this", channel="class")
    await home.tick()
    before = home.posts(home.slack.workspace.channel("class"))
    await ana.presses("I do", "a win for all")
    seen = await ana.sees("Only for Ana")
    assert isinstance(seen, Message)
    assert (seen.private_to, seen.channel.name) == (ana.id, "class")
    assert home.posts(home.slack.workspace.channel("class")) == before
    assert "Only for Ana" not in ben.screen()
    assert home.slack.complaints == []


async def test_a_form_behind_a_post_is_answered_in_private(home: Home) -> None:
    """Its answer would replace the post, were it not for all."""
    boss = await home.chosen()
    ana = home.comes("Ana")
    await boss.types("/snowball share this", channel="class")
    await home.tick()
    before = home.posts(home.slack.workspace.channel("class"))
    await ana.presses("Tell me more", "a win for all")
    await ana.sees("Words")
    await ana.fills_in({"Words": "plums"})
    seen = await ana.sees("Kept plums")
    assert isinstance(seen, Message)
    assert seen.private_to == ana.id
    assert home.posts(home.slack.workspace.channel("class")) == before


async def test_a_lost_channel_is_told_to_the_organisers(home: Home) -> None:
    """By DM, once, with what to do."""
    boss = await home.chosen()
    home.slack.workspace.channel("class").members.discard(home.slack.workspace.bot.id)
    for what in ("plums", "pears"):
        await boss.types(f"/snowball share this {what}")
        await home.tick()
    assert home.states("share said") == [OwedState.UNDELIVERABLE] * 2
    told = [m.plain() for m in boss.messages if m.channel is boss.dm]
    assert [("could not post" in each) for each in told] == [True]


async def test_an_occasion_is_shown_and_pings_nobody(home: Home) -> None:
    """Slack has no calendar of its own; when, where and what about stand in the post."""
    boss = await home.chosen()
    await boss.types("/snowball share this fair")
    await home.tick()
    said = [m for m in home.slack.workspace.messages if "Careers fair" in m.plain()]
    assert len(said) == 1
    assert said[0].pings == []
    assert "Room 12" in said[0].plain()
    assert "Bring questions." in said[0].plain()


# together


async def test_members_meet_in_a_group_message(home: Home) -> None:
    """Seen by them alone, the same one the next time; a press is answered to who pressed."""
    boss = await home.chosen()
    ana, ben = home.slack.person("Ana"), home.slack.person("Ben")
    for each in (ana, ben):
        await each.types("/snowball")
        await each.sees("Menu")
    carl = home.slack.person("Carl")
    await ana.types("/snowball bring us")
    await ana.sees("In slack")
    await home.tick()
    message = await ana.sees("Ana, Ben, Boss: talk about plums")
    assert isinstance(message, Message)
    assert message.channel.kind == "mpim"
    bot = home.slack.workspace.bot.id
    assert message.channel.members == {bot, ana.id, ben.id, boss.id}
    assert "plums" not in carl.screen()
    await ben.presses("I do", "talk about plums")
    seen = await ben.sees("Only for Ben")
    assert isinstance(seen, Message)
    assert (seen.private_to, seen.channel) == (ben.id, message.channel)
    assert home.posts(message.channel) == [message.plain()]
    await ana.types("/snowball bring us pears")
    await home.tick()
    assert len(home.posts(message.channel)) == 2
    groups = [each for each in home.slack.workspace.channels.values() if each.kind == "mpim"]
    assert len(groups) == 1
    assert home.slack.complaints == []


async def pair(home: Home) -> tuple[Workspace, list[Account]]:
    """Two members and their workspace."""
    people = home.slack.person("Ana"), home.slack.person("Ben")
    for each in people:
        await each.types("/snowball")
        await each.sees("Menu")
    with home.house.stores.reading(home.house.cohort_id) as store:
        return home.workspace(), store.find(Account)


async def test_what_slack_refuses_is_told_apart(home: Home) -> None:
    """A person who is gone for good, a pause that it asks for, a line that breaks."""
    workspace, accounts = await pair(home)
    home.slack.fail_next("conversations.open", status=429, error="ratelimited", retry_after=5)
    asked = await home.messenger.together(workspace, accounts, PLUMS, "n1")
    assert asked == Refused("ratelimited", retry_after=5, reach=Reach.WORKSPACE)
    home.slack.fail_next("conversations.open", drop=True)
    broken = await home.messenger.together(workspace, accounts, PLUMS, "n1")
    assert isinstance(broken, Refused)
    assert broken.trouble is Trouble.SOON
    assert isinstance(await home.messenger.together(workspace, accounts, PLUMS, "n1"), Sent)
    home.slack.workspace.accounts[accounts[0].external_id].deleted = True
    gone = await home.messenger.together(workspace, accounts, PLUMS, "n2")
    assert gone == Refused("user_disabled", Trouble.GONE)


async def test_what_slack_did_not_confirm_is_unknown_and_nothing_is_read(home: Home) -> None:
    """We ask for no scope that reads what members say to each other."""
    workspace, accounts = await pair(home)
    messenger = home.messenger
    assert isinstance(messenger, SlackMessenger)
    home.slack.fail_next("chat.postMessage", drop=True)
    assert isinstance(await messenger.together(workspace, accounts, PLUMS, "n1"), Unclear)
    assert not any(scope.startswith(("mpim:h", "mpim:r")) for scope in home.slack.scopes or ())
