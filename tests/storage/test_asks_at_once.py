"""An alum and a student press on one ask, two students draft to one alum: who comes second sees it.

On both databases; a row that two people change is held by the first until it is stored.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.clocks import MovableClock
from bot.command import registry
from bot.content import load
from bot.dispatch import Dispatcher, NoLimits
from bot.domain.asks import Ask
from bot.domain.cohort import Member
from bot.domain.people import Alum, Contact, Standing
from bot.invocation import Actor, Call, Invocation, Place, call
from bot.plaintext import plain
from bot.ports import Store
from storage.database import Database
from tests.builders import NOW, a_contact, a_workspace, an_alum

ANA = Actor("paper", "T1", "ana", "Ana", "Europe/Berlin")
BEN = Actor("paper", "T1", "ben", "Ben", "Europe/Berlin")


class Deaf:
    """Nobody is woken."""

    def wake(self) -> None:
        """Not needed here."""


@pytest.fixture
def dispatcher(database: Database, cohort_id: int) -> Dispatcher:
    """Ana and Ben, and Dana of the directory, who takes one request a month."""
    with database.writing(cohort_id) as store:
        store.add(a_workspace(cohort_id))
        store.add(an_alum("Dana", cohort_id, asks_per_month=1))
    made = Dispatcher(database, registry(), load(), MovableClock(NOW), Deaf())
    for each in (ANA, BEN):
        made(Invocation("snowball", each, Place(), each.user), NoLimits())
    with database.writing(cohort_id) as store:
        for member in store.find(Member):
            store.save(replace(member, agreed_etiquette=NOW))
    return made


def member(store: Store, name: str) -> Member:
    """Who is called so."""
    found = store.first(Member, name=name)
    assert found is not None
    return found


def press(dispatcher: Dispatcher, actor: Actor, button: Call) -> str:
    """A button, and what is answered."""
    pressed = Invocation(button.command, actor, Place(), "late", button.arguments, how="pressed")
    said = dispatcher(pressed, NoLimits())
    assert said is not None
    return plain(said.reply, "UTC")


def test_a_students_press_does_not_undo_an_alums_answer(
    dispatcher: Dispatcher, database: Database, cohort_id: int
) -> None:
    """Dana says no while Ana moves on: the no stays, and Ana is told that it is settled."""
    with database.writing(cohort_id) as store:
        dana = store.first(Alum)
        assert dana is not None
        person = store.add(
            a_contact("Dana", cohort_id, member(store, "Ana").id, standing=Standing.ASKED)
        )
        ask = store.add(
            Ask(
                cohort_id=cohort_id, member_id=person.owner_id, contact_id=person.id,
                alum_id=dana.id, drafted=NOW, sent=NOW, carried=NOW,
            )
        )  # fmt: skip
    with ThreadPoolExecutor(1) as other:
        with database.writing(cohort_id, "dana") as store:
            there = store.held(Ask, ask.id)
            assert there is not None
            coming = other.submit(press, dispatcher, ANA, call("ask next", ask=ask.id))
            with pytest.raises(TimeoutError):
                coming.result(0.3)
            store.save(replace(there, outcome="declined", answered=NOW))
        assert "settled already" in coming.result(10)
    with database.reading(cohort_id) as store:
        assert [each.outcome for each in store.find(Ask)] == ["declined"]


def test_two_who_draft_at_once_do_not_pass_an_alums_limit(
    dispatcher: Dispatcher, database: Database, cohort_id: int
) -> None:
    """Ben's draft takes the one place while Ana asks for it: she hears from when."""
    with ThreadPoolExecutor(1) as other:
        with database.writing(cohort_id, "ben") as store:
            dana = store.first(Alum)
            assert dana is not None
            store.held(Alum, dana.id)
            coming = other.submit(press, dispatcher, ANA, call("ask draft", alum=dana.id))
            with pytest.raises(TimeoutError):
                coming.result(0.3)
            ben = member(store, "Ben").id
            person = store.add(a_contact("Dana", cohort_id, ben, alum_id=dana.id))
            store.add(
                Ask(
                    cohort_id=cohort_id, member_id=ben, contact_id=person.id, alum_id=dana.id,
                    drafted=NOW, sent=NOW,
                )
            )  # fmt: skip
        assert "can be asked from" in coming.result(10)
    with database.reading(cohort_id) as store:
        assert store.count(Ask) == 1
        assert store.count(Contact) == 2
