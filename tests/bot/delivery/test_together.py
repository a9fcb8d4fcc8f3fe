"""Messages to a few members together, and to several channels: where they go, and how often."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.cohort import Account, Member, Role, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToChannel, ToTogether, together, written
from bot.invocation import call
from bot.ports import Outcome, Refused, Trouble, Unclear
from bot.reply import Answer
from bot.together import common_ground, forget
from tests.bot.delivery.house import House, Letter, build


def owed_to(house: House, to: ToTogether | ToChannel, about: str = "the plan") -> Owed:
    """A row that is due now."""
    row = house.owe(
        None, call("note", about=about), urgency=Urgency.ANSWER, subject=about, to=written(to)
    )
    assert row is not None
    return row


def a_pair(house: House, surface: str = "paper") -> tuple[Member, Member]:
    """Two members who can be reached in one workspace."""
    return house.member("ana", surface=surface), house.member("ben", surface=surface)


def on(house: House, member: Member, surface: str) -> None:
    """The member has an account there too."""
    home = house.workspace(surface, surface)
    with house.database.writing(house.cohort.id) as store:
        store.add(
            Account(
                cohort_id=house.cohort.id,
                member_id=member.id,
                workspace_id=home.id,
                surface=surface,
                external_id=f"{member.name}@{surface}",
                last_used=house.clock.now(),
            )
        )


def changed(house: House, name: str, **about: object) -> None:
    """The workspace of this surface is different from now on."""
    with house.database.writing(house.cohort.id) as store:
        found = store.first(Workspace, surface=name)
        assert found is not None
        store.save(replace(found, **about))


def both(*members: Member) -> ToTogether:
    """They, together."""
    return together([each.id for each in members])


async def test_a_pair_gets_one_message_once(house: House) -> None:
    """Both stand in it; the row is sent and remembers where they met."""
    ana, ben = a_pair(house)
    row = owed_to(house, both(ben, ana))
    assert await house.engine.tick() == 1
    assert await house.engine.tick() == 0
    assert [each.to for each in house.paper.letters] == ["ana+ben"]
    (sent,) = house.rows(id=row.id)
    assert (sent.state, sent.reply) == (OwedState.SENT, "")


async def test_the_next_message_goes_to_the_same_conversation(house: House) -> None:
    """Its surface is told which; another pair's is not."""
    ana, ben = a_pair(house)
    carl = house.member("carl")
    told: list[str] = []
    inner = house.paper.together

    async def together_(
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        told.append(before)
        return await inner(workspace, accounts, answer, nonce, before)

    house.paper.together = together_
    first = owed_to(house, both(ana, ben))
    await house.engine.tick()
    owed_to(house, both(ana, ben), "the outcome")
    owed_to(house, both(ana, carl))
    await house.engine.tick()
    assert sorted(told) == ["", "", f"paper-sb{first.id}"]


async def test_they_meet_where_they_met_before(tmp_path: Path) -> None:
    """Also when an older workspace has both of them by now."""
    house = build(tmp_path, surfaces=("paper", "slate"))
    ana, ben = a_pair(house, "slate")
    owed_to(house, both(ana, ben))
    await house.engine.tick()
    for each in (ana, ben):
        on(house, each, "paper")
    owed_to(house, both(ana, ben), "the outcome")
    await house.engine.tick()
    assert [each.to for each in house.surfaces["slate"].letters] == ["ana+ben", "ana+ben"]
    assert house.paper.letters == []
    await house.engine.stop()
    house.database.close()


async def test_nobody_in_common_is_undeliverable(tmp_path: Path) -> None:
    """One on each surface: the row ends, and handlers could have known."""
    house = build(tmp_path, surfaces=("paper", "slate"))
    ana, ben = house.member("ana"), house.member("ben", surface="slate")
    with house.database.reading(house.cohort.id) as store:
        assert common_ground(store, [ana.id, ben.id]) is None
    row = owed_to(house, both(ana, ben))
    await house.engine.tick()
    assert house.state(row) is OwedState.UNDELIVERABLE
    on(house, ben, "paper")
    with house.database.reading(house.cohort.id) as store:
        found = common_ground(store, [ana.id, ben.id])
        assert found is not None
        assert found.surface == "paper"
        assert common_ground(store, [ana.id, ben.id], ("slate",)) is None
    await house.engine.stop()
    house.database.close()


async def test_who_stopped_left_or_cannot_be_reached_is_not_written_to(house: House) -> None:
    """Nor is the other told anything by this."""
    ana, ben = a_pair(house)
    carl, dora = house.member("carl"), house.member("dora")
    house.change(ben, stopped=house.clock.now())
    with house.database.writing(house.cohort.id) as store:
        store.remove(carl)
        (account,) = store.find(Account, member_id=dora.id)
        store.save(replace(account, reachable=False))
    rows = [owed_to(house, both(ana, each)) for each in (ben, carl, dora)]
    await house.engine.tick()
    assert [house.state(row) for row in rows] == [OwedState.UNDELIVERABLE] * 3
    assert house.paper.letters == []


async def test_a_conversation_that_hangs_on_a_channel_needs_one(house: House) -> None:
    """And it is had as soon as the channel is chosen."""
    ana, ben = a_pair(house)
    changed(house, "paper", meets_in_channel=True)
    first = owed_to(house, both(ana, ben))
    await house.engine.tick()
    assert house.state(first) is OwedState.UNDELIVERABLE
    changed(house, "paper", channel="class")
    owed_to(house, both(ana, ben), "again")
    await house.engine.tick()
    assert [each.to for each in house.paper.letters] == ["ana+ben"]


async def test_a_workspace_that_others_serve_is_left_to_them(house: House) -> None:
    """Both are there, so the row stays due for the process that holds that surface."""
    ana, ben = a_pair(house, "elsewhere")
    row = owed_to(house, both(ana, ben))
    assert await house.engine.tick() == 0
    assert house.state(row) is OwedState.DUE


async def test_an_unclear_attempt_is_repeated_with_the_same_nonce(house: House) -> None:
    """So that a surface which remembers it makes one message, in one conversation."""
    ana, ben = a_pair(house)
    house.paper.makes_but(Unclear("no answer"))
    row = owed_to(house, both(ana, ben))
    await house.engine.tick()
    assert house.state(row) is OwedState.SENDING
    await house.tick_at(house.clock.now().add(seconds=30))
    assert house.state(row) is OwedState.SENT
    assert {each.nonce for each in house.paper.attempts} == {f"sb{row.id}"}
    assert len(house.paper.letters) == 1


async def test_what_cannot_be_repeated_is_unknown(house: House) -> None:
    """Never sent blind."""
    house.paper.repeatable = False
    house.paper.fails(Unclear("no answer"))
    row = owed_to(house, both(*a_pair(house)))
    await house.engine.tick()
    await house.tick_at(house.clock.now().add(minutes=3))
    assert house.state(row) is OwedState.UNKNOWN
    assert len(house.paper.attempts) == 1


async def test_a_passing_no_is_tried_again_and_a_final_one_ends_it(house: House) -> None:
    """A final no of a group says nothing against either account."""
    ana, ben = a_pair(house)
    house.paper.fails(Refused("busy"))
    row = owed_to(house, both(ana, ben))
    await house.engine.tick()
    assert house.state(row) is OwedState.DUE
    house.paper.fails(Refused("no", Trouble.PERSON))
    await house.tick_at(house.clock.now().add(minutes=1))
    assert house.state(row) is OwedState.UNDELIVERABLE
    house.note(ana, "Dana")
    await house.engine.tick()
    assert house.paper.words_to("ana") != []


async def test_each_channel_has_its_own_row(tmp_path: Path) -> None:
    """A post to one workspace's channel goes there alone."""
    house = build(tmp_path, surfaces=("paper", "slate"))
    for name in ("paper", "slate"):
        changed(house, name, channel=f"class on {name}")
    for workspace in (house.workspace("paper", "paper"), house.workspace("slate", "slate")):
        owed_to(house, ToChannel(workspace.id))
    await house.engine.tick()
    posted = [[each.to for each in surface.letters] for surface in house.surfaces.values()]
    assert posted == [["#class on paper"], ["#class on slate"]]
    await house.engine.stop()
    house.database.close()


async def test_a_refused_post_is_told_to_the_organisers_once_a_day(house: House) -> None:
    """They can mend it; students hear nothing."""
    house.member("ana")
    boss = house.member("boss", role=Role.ORGANISER)
    changed(house, "paper", channel="class")
    for about in ("one", "two"):
        house.paper.fails(Refused("is_archived", Trouble.PLACE))
        row = owed_to(house, ToChannel(1), about)
        await house.engine.tick()
        assert house.state(row) is OwedState.UNDELIVERABLE
    told = house.rows(command="cohort unposted")
    assert [each.member_id for each in told] == [boss.id]


async def test_no_letter_of_one_is_in_the_others_conversation(house: House) -> None:
    """Three members, two conversations that share one of them."""
    ana, ben = a_pair(house)
    carl = house.member("carl")
    owed_to(house, both(ana, ben), "plums")
    owed_to(house, both(ana, carl), "pears")
    owed_to(house, both(ana, ben, carl), "figs")
    await house.engine.tick()
    said: dict[str, list[Letter]] = {}
    for each in house.paper.letters:
        said.setdefault(each.to, []).append(each)
    assert {to: letters[0].words for to, letters in said.items()} == {
        "ana+ben": ", think of plums.",
        "ana+carl": ", think of pears.",
        "ana+ben+carl": ", think of figs.",
    }


async def test_who_leaves_leaves_no_trace_in_rows_of_several(house: House) -> None:
    """Rows of others, and of channels, stay."""
    ana, ben = a_pair(house)
    carl = house.member("carl")
    changed(house, "paper", channel="class")
    for each in (both(ana, ben), both(ana, ben, carl)):
        owed_to(house, each)
    kept = [owed_to(house, both(ana, carl)), owed_to(house, ToChannel(1))]
    await house.engine.tick()
    with house.database.writing(house.cohort.id) as store:
        forget(store, ben.id)
    assert [row.id for row in house.rows(command="note")] == [row.id for row in kept]
