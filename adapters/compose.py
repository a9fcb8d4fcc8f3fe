"""The composition root: the one place that knows everything. Imports of platforms are lazy."""

import asyncio
import signal
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from adapters.backup import UNFINISHED
from adapters.configuration import ConfigurationError
from adapters.engine import Bell
from adapters.engines import make_engine
from adapters.house import Check, House, Served, Wing
from adapters.parts import EVERYTHING, Part, refusals, remarks
from adapters.right_time import agrees, insist, is_compared
from bot.clocks import MovableClock, SystemClock
from bot.command import registry
from bot.content import load
from bot.dispatch import Dispatcher
from bot.domain.cohort import Cohort
from bot.settings import Settings, complaints
from storage.backup import new_file
from storage.backup_postgres import is_unfinished
from storage.cipher import Cipher, keys_from
from storage.database import Database
from storage.revision import is_current

if TYPE_CHECKING:
    from adapters.web.wing import PlaygroundWing

FIRST_COHORT = "My cohort"


def open_database(settings: Settings, *, demo: bool = False) -> Database:
    """The database, brought up to date. Raises ConfigurationError with what to fix."""
    try:
        keys = keys_from(settings.data, settings.secret_keys.get_secret_value())
        cipher = Cipher(keys)
    except ValueError:
        raise ConfigurationError(
            "SNOWBALL_SECRET_KEYS (or data/secret.key) does not hold a key that I can use."
        ) from None
    url = settings.url(demo=demo)
    if url.startswith("sqlite:///") and not url.endswith(":memory:"):
        _make_file(Path(url.removeprefix("sqlite:///")))
    try:
        database = Database(url, cipher, load().fields)
        if not database.is_sqlite and is_unfinished(database):
            database.close()
            raise ConfigurationError(UNFINISHED)
        current = is_current(database)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise ConfigurationError(
            "DATABASE_URL is no address that I can use. It looks like "
            "postgresql://user:password@host/name; empty means a file of my own."
        ) from None
    except OperationalError as error:
        why = str(error.orig).splitlines()[0]
        raise ConfigurationError(f"The database of DATABASE_URL does not answer: {why}") from None
    if not current:
        from storage.migrate import migrate  # noqa: PLC0415 - Alembic loads slowly

        migrate(database)
    return database


def _make_file(file: Path) -> None:
    """An empty one that only we can read, where there is none: SQLite fills it, and makes what
    belongs to it with the same mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # it is there already, or SQLite says in words why it cannot be
        new_file(file)


def build(
    settings: Settings,
    clock: MovableClock | SystemClock | None = None,
    *,
    demo: bool = False,
    apart: bool = False,
) -> House:
    """The house, without I/O but the database's. ``demo``: with a cohort to play with; ``apart``:
    another process may serve the web pages, so their address is only the one that was set."""
    database = open_database(settings, demo=demo)
    clock = clock or (MovableClock() if demo else SystemClock())
    database.now = clock.now
    cohorts = database.cohorts()
    cohort = cohorts[0] if cohorts else _first_cohort(database, clock, demo=demo)
    bell = Bell()
    content = load()
    return House(
        settings=settings,
        stores=database,
        registry=registry(),
        content=content,
        clock=clock,
        bell=bell,
        dispatcher=Dispatcher(
            database,
            registry(),
            content,
            clock,
            bell,
            settings.public_url.rstrip("/") if apart else settings.site,
        ),
        cohort_id=cohort.id,
    )


def _first_cohort(database: Database, clock: MovableClock | SystemClock, *, demo: bool) -> Cohort:
    if demo:
        from adapters.web.demo import furnish  # noqa: PLC0415 - only the playground needs it

        return furnish(database, clock.now())
    from storage.migrate import only_one  # noqa: PLC0415 - Alembic loads slowly

    with only_one(database):  # others may start at this moment
        there = database.cohorts()
        new = Cohort(name=FIRST_COHORT, created=clock.now())
        return there[0] if there else database.add_cohort(new)


def chat_wings(house: House, parts: Collection[Part] = EVERYTHING) -> list[Wing]:
    """The platforms that tokens were given for, as far as these parts need them."""
    wings: list[Wing] = []
    if house.settings.slack and {Part.WEB, Part.SLACK, Part.DELIVERY} & set(parts):
        from adapters.slack.wing import make_wing as make_slack  # noqa: PLC0415

        wings.append(make_slack(house))
    if house.settings.discord and {Part.DISCORD, Part.DELIVERY} & set(parts):
        from adapters.discord.wing import make_wing as make_discord  # noqa: PLC0415

        wings.append(make_discord(house))
    return wings


class Deployment:
    """Everything of one process, started and stopped together."""

    def __init__(self, house: House, parts: Collection[Part] = EVERYTHING) -> None:
        from adapters.counting import CountedMessenger, counted  # noqa: PLC0415
        from adapters.doctor_processes import Signs  # noqa: PLC0415
        from adapters.doctor_queue import Figures  # noqa: PLC0415
        from adapters.web.metrics import Metrics  # noqa: PLC0415 - the shell counts nothing

        self.metrics = Metrics()
        Figures(house.stores, house.clock).watch(self.metrics)
        Signs(house.leases, house.clock).watch(self.metrics)
        self.house = house = counted(house, self.metrics)
        self.parts = frozenset(parts)
        self.wings = chat_wings(house, parts)
        self.playground: PlaygroundWing | None = None
        if house.settings.playground and self.parts == EVERYTHING:
            from adapters.web.wing import make_playground  # noqa: PLC0415

            self.playground = make_playground(house)
            self.wings.append(self.playground)
        self.engine = (
            make_engine(house, self.wings, lambda each: CountedMessenger(each, self.metrics))
            if Part.DELIVERY in self.parts
            else None
        )
        self._runner: web.AppRunner | None = None
        self.port = house.settings.port
        self._warming: asyncio.Task[None] | None = None

    @property
    def listening(self) -> list[Wing]:
        """The wings that take events in this process."""
        return [
            wing
            for wing in self.wings
            if self.parts == EVERYTHING
            or {each.surface for each in wing.messengers} & {part.value for part in self.parts}
        ]

    async def start(self) -> None:
        """Serve; raises ConfigurationError with what to fix."""
        from adapters.doctor_queue import answers  # noqa: PLC0415
        from adapters.web.wing import make_site  # noqa: PLC0415 - the shell does without it

        await asyncio.to_thread(self.house.stores.open)
        await asyncio.to_thread(insist, self.house.stores, self.house.clock)
        listening = self.listening
        served = Served(
            routes=self._routes(),
            checks={
                "database": partial(answers, self.house.stores),
                **self._clock_check(),
                **{name: check for wing in listening for name, check in wing.checks.items()},
            },
            tick=self.engine.tick if self.engine is not None else None,
        )
        self._runner = web.AppRunner(
            make_site(served, self.playground, self.metrics), access_log=None
        )
        await self._runner.setup()
        self.port = await self._listen(self._runner)
        for wing in self.wings:
            await wing.open()
        for wing in listening:
            await wing.listen()
        if self.engine is not None:
            await self.engine.start()
        self._warming = asyncio.create_task(asyncio.to_thread(_warm, self.house))

    def _clock_check(self) -> dict[str, Check]:
        stores = self.house.stores
        compared = is_compared(stores, self.house.clock)
        return {"clock": partial(agrees, stores)} if compared else {}

    def _routes(self) -> Sequence[web.AbstractRouteDef]:
        """The pages where this is a process for the web; Slack over HTTP there and in its own."""
        from adapters.web.alum_page import routes as alum_routes  # noqa: PLC0415
        from adapters.web.calendar import routes as calendar_routes  # noqa: PLC0415
        from adapters.web.privacy import routes as privacy_routes  # noqa: PLC0415

        routes: list[web.AbstractRouteDef] = []
        if Part.WEB in self.parts:
            routes += calendar_routes(self.house.stores, self.house.clock)
            routes += alum_routes(self.house.stores, self.house.clock)
            routes += privacy_routes()
        if self.parts & {Part.WEB, Part.SLACK}:
            routes += [route for wing in self.wings for route in wing.routes]
        return routes

    async def _listen(self, runner: web.AppRunner) -> int:
        host, port = self.house.settings.host, self.house.settings.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            raise ConfigurationError(
                f"Port {port} on {host} is taken. Set PORT to another, such as PORT={port + 1}."
            ) from None
        return int(runner.addresses[0][1])

    async def stop(self) -> None:
        """Take nothing new, finish what was begun; a step that fails keeps no other from it."""
        async with AsyncExitStack() as steps:  # from the last to the first
            steps.callback(self.house.stores.close)
            if self._runner is not None:
                steps.push_async_callback(self._runner.cleanup)
            for wing in reversed(self.wings):
                steps.push_async_callback(wing.close)
            if self.engine is not None:
                # Before the wings are closed: what is being sent still needs their connections.
                steps.push_async_callback(self.engine.stop)
            for wing in reversed(self.wings):
                steps.push_async_callback(wing.leave)
            if self._warming is not None:
                await self._warming


def _warm(house: House) -> None:
    """The first search need not wait until the fields are indexed."""
    house.content.fields.understand("somebody who helps others")


async def serve(
    settings: Settings, say: Callable[[str], None], only: Collection[Part] = ()
) -> None:
    """Run until told to stop. ``only``: these parts, beside other processes."""
    problems = [*complaints(settings), *(refusals(settings, only) if only else ())]
    if problems:
        raise ConfigurationError("\n".join(problems))
    if only:
        house = build(settings, apart=True)
        deployment = Deployment(house, only)
        for each in remarks(settings, only):
            say(each)
    else:
        deployment = Deployment(build(settings, demo=settings.playground))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    try:
        await deployment.start()
        say(_address(settings, deployment))
        await stopping.wait()
    finally:
        await deployment.stop()


def _address(settings: Settings, deployment: Deployment) -> str:
    here = f"http://{settings.host}:{deployment.port}/"
    if settings.playground:
        return f"The playground is open: {here}  (Ctrl-C stops it)"
    if deployment.parts != EVERYTHING:
        parts = ", ".join(part for part in Part if part in deployment.parts)
        return f"This process is {parts}; its health checks are on {here}  (Ctrl-C stops it)"
    surfaces = ", ".join(each.surface for wing in deployment.wings for each in wing.messengers)
    return f"Serving {surfaces or 'nothing but health checks'} on {here}  (Ctrl-C stops it)"
