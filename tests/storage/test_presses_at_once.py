"""A hundred presses of one button at the same moment, on both databases: one effect."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from bot.clocks import MovableClock
from bot.command import registry
from bot.content import load
from bot.dispatch import Dispatcher, NoLimits, Said
from bot.domain.cohort import Member
from bot.domain.drafts import Draft
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import Actor, Invocation, Place
from bot.plaintext import plain
from bot.reply import Form
from storage.database import Database
from tests.builders import NOW, a_contact, a_workspace

PRESSES = 100
ANA = Actor("paper", "T1", "ana", "Ana", "Europe/Berlin")


class Deaf:
    """Nobody is woken."""

    def wake(self) -> None:
        """Not needed here."""


@pytest.fixture
def dispatcher(database: Database, cohort_id: int) -> Dispatcher:
    """A cohort with one workspace, and Ana with Dana on her list."""
    with database.writing(cohort_id) as store:
        store.add(a_workspace(cohort_id))
    made = Dispatcher(database, registry(), load(), MovableClock(NOW), Deaf())
    made(Invocation("snowball", ANA, Place(), "hello"), NoLimits())
    with database.writing(cohort_id) as store:
        ana = store.first(Member)
        assert ana is not None
        store.add(a_contact("Dana", cohort_id, ana.id))
    return made


def at_once(dispatcher: Dispatcher, events: list[Invocation]) -> list[Said | None]:
    """All of them, eight at a time."""
    with ThreadPoolExecutor(8) as hands:
        return list(hands.map(lambda each: dispatcher(each, NoLimits()), events))


def test_one_event_brought_a_hundred_times_is_handled_once(
    dispatcher: Dispatcher, database: Database, cohort_id: int
) -> None:
    """A platform that retries: the inbox key lets one through, the others say nothing."""
    event = Invocation("contact add", ANA, Place(), "retried", {"name": "Walburga"}, how="pressed")
    said = at_once(dispatcher, [event] * PRESSES)
    assert sum(each is not None for each in said) == 1
    with database.reading(cohort_id) as store:
        assert store.count(Contact, name="Walburga") == 1


def test_a_form_sent_a_hundred_times_is_saved_once(
    dispatcher: Dispatcher, database: Database, cohort_id: int
) -> None:
    """A hundred events of their own: each is answered, one is saved."""
    opened = dispatcher(
        Invocation("interview log", ANA, Place(), "open", {"person": "Dana"}, how="pressed"),
        NoLimits(),
    )
    assert opened is not None
    assert isinstance(opened.reply, Form)
    filled = {each.name: each.given for each in opened.reply.fields} | {"takeaways": "much"}
    events = [
        Invocation(
            "interview log", ANA, Place(), f"press-{n}", filled, draft=opened.reply.draft,
            how="form",
        )
        for n in range(PRESSES)
    ]  # fmt: skip
    said = [each for each in at_once(dispatcher, events) if each is not None]
    words = [plain(each.reply, "UTC") for each in said]
    assert len(words) == PRESSES
    assert words.count("That is saved already; once is enough.") == PRESSES - 1
    with database.reading(cohort_id) as store:
        assert store.count(Talk) == 1
        assert store.count(Draft, key=opened.reply.draft) == 1


def test_a_newcomer_who_says_everything_at_once_joins_once(
    dispatcher: Dispatcher, database: Database, cohort_id: int
) -> None:
    """The first words of somebody new, from many hands: one member, one account."""
    ben = Actor("paper", "T1", "ben", "Ben", "Europe/Berlin")
    at_once(dispatcher, [Invocation("snowball", ben, Place(), f"ben-{n}") for n in range(40)])
    with database.reading(cohort_id) as store:
        assert store.count(Member) == 2


def test_what_two_people_change_at_once_keeps_both_changes(
    database: Database, dispatcher: Dispatcher, cohort_id: int
) -> None:
    """Who holds a row changes it alone; the other one waits, and reads what it has become."""
    del dispatcher
    began, ended = Event(), Event()

    def changes_too() -> None:
        began.set()
        with database.writing(cohort_id, "ben") as theirs:
            there = theirs.held(Contact, 1)
            assert there is not None
            theirs.save(replace(there, company="Acme"))
        ended.set()

    with ThreadPoolExecutor(1) as other:
        with database.writing(cohort_id, "ana") as store:
            mine = store.held(Contact, 1)
            assert mine is not None
            changing = other.submit(changes_too)
            assert began.wait(10)
            assert not ended.wait(0.3)
            store.save(replace(mine, title="Editor"))
        changing.result(10)
    with database.reading(cohort_id) as store:
        kept = store.held(Contact, 1)
    assert kept is not None
    assert (kept.title, kept.company) == ("Editor", "Acme")
