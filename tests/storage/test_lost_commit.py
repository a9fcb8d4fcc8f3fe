"""A command's commit breaks: whether it was written is looked up by its key, and never guessed."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Connection, event
from whenever import TimeDelta

from bot.clocks import MovableClock
from bot.command import Registry, command
from bot.content import load
from bot.context import Context
from bot.dispatch import Dispatcher, NoLimits
from bot.domain.drafts import Seen
from bot.domain.people import Contact
from bot.invocation import Actor, Invocation, Place, call
from bot.plaintext import plain
from bot.reply import Answer, Reply, answer, text
from storage.database import Database
from storage.migrate import migrate
from tests.builders import NOW, a_workspace

ANA = Actor("paper", "T1", "ana", "Ana", "UTC")


class Bell:
    """How often somebody is woken."""

    rung = 0

    def wake(self) -> None:
        """Once more."""
        self.rung += 1


@command("keep", "Keep one.")
def keep(ctx: Context) -> Reply:
    """Something to count."""
    ctx.store.add(
        Contact(cohort_id=ctx.cohort.id, owner_id=ctx.member.id, name="Dana", added=ctx.now)
    )
    ctx.owe(call("keep"), ctx.now, subject="contact:1", occurrence=ctx.said.key)
    return answer(text("Kept."))


@pytest.fixture
def database(empty: Database) -> Database:
    """With the queue's own tables: something is owed."""
    migrate(empty)
    return empty


@pytest.fixture
def bell() -> Bell:
    """Nobody was woken yet."""
    return Bell()


@pytest.fixture
def door(database: Database, cohort_id: int, bell: Bell) -> Dispatcher:
    """A door with one command; Ana has been there before."""
    with database.writing(cohort_id) as store:
        store.add(a_workspace(cohort_id))
    made = Dispatcher(database, Registry({keep.name: keep}), load(), MovableClock(NOW), bell)
    assert said(made, "first") == "Kept."
    return made


def said(door: Dispatcher, key: str, **how: Any) -> str | None:
    """What Ana hears; None: nothing, for it was answered before."""
    told = door(Invocation("keep", ANA, Place(), key, **how), NoLimits())
    if told is None:
        return None
    assert isinstance(told.reply, Answer)
    return plain(told.reply)


def kept(database: Database, cohort_id: int) -> int:
    """How often it was done."""
    with database.reading(cohort_id) as store:
        return store.count(Contact)


def breaks(database: Database, name: str, how: Callable[[Connection], None]) -> None:
    """The next commit, or whatever is next of this name where one writes, goes like this."""

    def once(connection: Connection) -> None:
        if connection.engine is database.writer:  # on PostgreSQL, readers tell its listeners too
            event.remove(database.writer, name, once)
            how(connection)

    event.listen(database.writer, name, once)


def arrives_and_breaks(connection: Connection) -> None:
    """The database has it, and the line is gone before it can say so."""
    line = connection.connection.dbapi_connection
    assert line is not None
    line.commit()
    if connection.dialect.name == "sqlite":
        raise OSError
    line.close()


def does_not_arrive(connection: Connection) -> None:
    """Nothing is written."""
    if connection.dialect.name == "sqlite":
        raise OSError
    line = connection.connection.dbapi_connection
    assert line is not None
    line.close()


def test_what_was_written_is_answered_as_ever(
    door: Dispatcher, database: Database, cohort_id: int, bell: Bell
) -> None:
    """And whoever sends what it owes is woken; the same event again is nothing new."""
    breaks(database, "commit", arrives_and_breaks)
    assert said(door, "second") == "Kept."
    assert kept(database, cohort_id) == bell.rung == 2
    assert said(door, "second") is None


def test_what_was_not_written_is_said_to_be_not_saved(
    door: Dispatcher, database: Database, cohort_id: int
) -> None:
    """It can be sent again as it is."""
    breaks(database, "commit", does_not_arrive)
    assert "so this is not saved" in (said(door, "second") or "")
    assert kept(database, cohort_id) == 1
    assert said(door, "second") == "Kept."


@pytest.mark.parametrize("commit", [arrives_and_breaks, does_not_arrive])
def test_where_nobody_can_look_nothing_is_promised(
    door: Dispatcher, database: Database, commit: Callable[[Connection], None]
) -> None:
    """Neither that it is saved nor that it is not."""

    def away(_: Connection) -> None:
        raise OSError

    def breaks_and_stays_away(connection: Connection) -> None:
        breaks(database, "begin", away)
        commit(connection)

    breaks(database, "commit", breaks_and_stays_away)
    heard = said(door, "second", typed="Dana") or ""
    assert "so I can’t tell whether this is saved" in heard
    assert heard.endswith("\n/keep Dana")


def test_what_somebody_else_did_meanwhile_is_not_answered_twice(
    door: Dispatcher, database: Database, cohort_id: int
) -> None:
    """The event came again and another process took it: its answer is the one that counts."""
    if database.is_sqlite:
        pytest.skip("one process")

    def another_does_it(connection: Connection) -> None:
        does_not_arrive(connection)
        with database.writing(cohort_id) as store:
            store.add(Seen(cohort_id=cohort_id, key="second", at=NOW + TimeDelta(seconds=1)))

    breaks(database, "commit", another_does_it)
    assert said(door, "second") is None


def test_a_dead_line_that_holds_the_turn_is_not_waited_for(
    door: Dispatcher, database: Database, cohort_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may not know for hours that it is dead."""
    if database.is_sqlite:
        pytest.skip("no lines")
    monkeypatch.setattr("bot.dispatch.PATIENCE", 0.1)
    with ExitStack() as held:

        def breaks_and_holds(connection: Connection) -> None:
            does_not_arrive(connection)
            held.enter_context(database.writing(cohort_id, "paper:ana"))

        breaks(database, "commit", breaks_and_holds)
        assert "so I can’t tell whether that was done" in (
            said(door, "second", how="pressed") or ""
        )
