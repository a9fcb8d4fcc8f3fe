"""Whatever breaks, the logs and the answers hold nobody's words, no address and no token.

Every command is made to break in its handler and in the database, and everything that any logger
says, down to DEBUG, is read.
"""

import io
import logging
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import pytest
import structlog
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from adapters.logs import set_up_logs
from bot.command import Registry, registry
from bot.dispatch import Dispatcher
from bot.domain.cohort import Workspace
from bot.invocation import Invocation, Place
from tests.builders import a_contact
from tests.front_door import House, Person
from tests.walk_registry import lived_in, required

EMAIL, NOTE, TOKEN = "canary-7f3a@example.invalid", "CANARY-NOTE-91c2", "xoxb-1-2-canary"
CANARIES = (EMAIL, NOTE, TOKEN, "canary")
EVERY = [each for each in registry() if not each.clockwork]


@dataclass
class Heard:
    """All that was written to any log."""

    said: io.StringIO

    @property
    def words(self) -> str:
        """As one text, in small letters."""
        return self.said.getvalue().casefold()


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Every logger of the process at DEBUG, and structlog, into one text."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    kept = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(said),
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        cache_logger_on_first_use=False,
    )
    yield Heard(said)
    structlog.configure(**kept)
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def otto(house: House) -> Person:
    """Somebody with secrets on every row."""
    otto = lived_in(house)
    house.add(a_contact("Lee", house.cohort.id, otto.member.id, email=EMAIL, notes=NOTE))
    with house.database.writing(house.cohort.id) as store:
        found = store.first(Workspace)
        assert found is not None
        store.save(replace(found, token=TOKEN))
    return otto


def breaks(*_: object, **__: object) -> NoReturn:
    """As a handler that meets what nobody thought of, with words in its error."""
    raise RuntimeError(f"cannot handle {NOTE} of {EMAIL} with {TOKEN}")


def typed(otto: Person, name: str) -> list[Invocation]:
    """The command with what it needs, and canaries in all its words."""
    command = registry().get(name)
    assert command is not None
    given = required(command, otto)
    words = {
        each.name: f"{NOTE} {EMAIL}" for each in command.parameters if each.name not in given
    }  # fmt: skip
    return [
        Invocation(name, otto.actor, Place(), otto.house.key(), given, how="pressed"),
        Invocation(name, otto.actor, Place(), otto.house.key(), {**given, **words}, how="pressed"),
        Invocation(name, otto.actor, Place(), otto.house.key(), typed=f"x {NOTE}", how="typed"),
    ]


def test_a_handler_that_breaks_tells_the_log_no_words(otto: Person, heard: Heard) -> None:
    """Every command, broken: the log says where, and none of what was typed or stored."""
    broken = Registry({each.name: replace(each, handler=breaks) for each in registry()})
    house = otto.house
    otto.house.dispatcher = replace(house.dispatcher, registry=broken)
    for command in EVERY:
        for said in typed(otto, command.name):
            answered = otto.does(said)
            assert answered is not None
            assert "RuntimeError" not in answered.words
            assert TOKEN not in answered.words
    assert "invocation failed" in heard.words
    assert [each for each in CANARIES if each.casefold() in heard.words] == []


def test_a_database_that_breaks_tells_the_log_no_rows(otto: Person, heard: Heard) -> None:
    """The statement that fails had the row in its parameters; the error has them not."""
    writer = otto.house.database.writer

    def fails(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("INSERT INTO contacts", "UPDATE contacts")):
            raise OperationalError(statement, parameters, Exception("disk I/O error"), True)

    event.listen(writer, "before_cursor_execute", fails)
    shown = otto.types("/contact add", name="Walburga Canary", notes=NOTE, email=f"x-{EMAIL}")
    event.remove(writer, "before_cursor_execute", fails)
    assert "went wrong" in shown.words
    assert "invocation failed" in heard.words
    assert [each for each in CANARIES if each.casefold() in heard.words] == []


def test_an_error_of_the_database_hides_what_was_to_be_stored(house: House) -> None:
    """Its text, with everything that a traceback would print, on the writer and on readers."""
    for engine in (house.database.writer, house.database.readers):
        assert not engine.echo
        with engine.connect() as connection, pytest.raises(SQLAlchemyError) as failed:
            connection.execute(text("SELECT * FROM nothing WHERE a = :a"), {"a": EMAIL})
        printed = "".join(traceback.format_exception(failed.value))
        assert EMAIL not in printed
        assert "parameters hidden" in printed


def test_everyday_use_writes_no_words_into_any_log(otto: Person, heard: Heard) -> None:
    """Nothing goes wrong, every logger speaks at DEBUG, and none says what was typed."""
    for command in EVERY:
        if command.name != "mydata gone":
            for said in typed(otto, command.name):
                otto.does(said)
    otto.says(f"talked to Canary about {NOTE}")
    otto.types(f"/{NOTE}")
    assert [each for each in CANARIES if each.casefold() in heard.words] == []


def test_a_line_break_makes_no_second_line_of_log() -> None:
    """What a stranger chooses (a command's name) cannot forge a record."""
    kept, out = structlog.get_config(), io.StringIO()
    try:
        with redirect_stderr(out), redirect_stdout(out):
            set_up_logs()
            structlog.get_logger("x").error("failed", command="x\nERROR fake")
    finally:
        structlog.configure(**kept)
    assert out.getvalue().count("\n") == 1


def test_libraries_speak_only_when_something_is_wrong() -> None:
    """After the app's own set-up no logger of a library passes on less than a warning."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    kept = structlog.get_config()
    try:
        root.setLevel(logging.WARNING)
        set_up_logs()
        assert root.level == logging.WARNING
        for name in (
            "discord", "discord.http", "discord.gateway", "discord.client", "slack_sdk",
            "slack_bolt", "snowball.bolt", "sqlalchemy.engine", "aiohttp.access", "aiohttp.client",
            "asyncio",
        ):  # fmt: skip
            assert logging.getLogger(name).getEffectiveLevel() >= logging.WARNING, name
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        structlog.configure(**kept)


def test_a_name_that_is_no_command_is_not_logged_with_its_words(house: House) -> None:
    """Dispatch as a whole, with a registry that has nothing: the sentence, and silence."""
    ana = house.member("Ana")
    ana.types("/snowball")
    empty = Dispatcher(
        house.database, Registry({}), house.dispatcher.content, house.clock, house.bell
    )
    with structlog.testing.capture_logs() as logged:
        said = empty(Invocation(NOTE, ana.actor, Place(), ""), house.surface)
    assert said is not None
    assert logged == []
