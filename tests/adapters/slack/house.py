"""A small house for tests: a database, a few commands of their own, and Slack connected to it."""

import contextlib
import threading
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Annotated, Any

from aiohttp import web
from cryptography.fernet import Fernet
from pydantic import SecretStr

from adapters.engine import Bell, Engine
from adapters.house import House
from adapters.slack.wing import SlackWing, make_wing
from bot.clocks import MovableClock
from bot.command import Ask, Registry, command
from bot.content import load
from bot.context import Context
from bot.dispatch import Dispatcher
from bot.domain.cohort import Cohort, Member
from bot.domain.people import Contact
from bot.invocation import Upload, call
from bot.parameters import LongText
from bot.people_kinds import Newcomer
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Attachment,
    Buttons,
    Copyable,
    Listing,
    Menu,
    Option,
    Picture,
    Reply,
    Row,
    answer,
    button,
    text,
)
from bot.settings import Settings
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from tests.hurried import hurried
from tests.servers.slack.server import SlackServer

GATE = threading.Event()
"""Slow commands wait for it."""


@command("snowball", "The menu.", reads=True)
def menu(ctx: Context, words: Annotated[str | None, "any words"] = None) -> Reply:
    """Says what it was told."""
    if ctx.said.how == "said" and "file" in ctx.said.arguments:
        file = ctx.said.arguments["file"]
        return answer(text("Got {n} bytes", n=len(file.content) if isinstance(file, Upload) else 0))
    press = button("Again", call("echo", words="again"), replaces=True)
    form = button("Log it", call("talk log"))
    return answer(text("Menu: {words}", words=words or "nothing"), Buttons((press, form)))


@command("echo", "Says it again.", reads=True)
def echo(ctx: Context, words: Annotated[str | None, "what to say"] = None) -> Reply:
    """Shows any words as they were typed, and a button that replaces."""
    again = button("Again", call("echo", words="again"), replaces=True)
    return answer(text("You said {words}", words=words or ""), Buttons((again,)))


@command("talk log", "Write down a talk.", title="Log a talk", note="Only you read this.")
def log(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "whom you met", Ask.FORM],
    tip: Annotated[LongText | None, "the best tip", Ask.FORM] = None,
    hours: Annotated[int | None, "how long", Ask.FORM] = None,
    member: Annotated[Member | None, "who came along", Ask.FORM] = None,
) -> Reply:
    """A form of every common widget."""
    name = person.name
    if name == "Nobody":
        raise refuse("Nobody is nobody.")
    contact = person if isinstance(person, Contact) else None
    if contact is None:
        fresh = Contact(cohort_id=ctx.cohort.id, owner_id=ctx.member.id, name=name, added=ctx.now)
        ctx.store.add(fresh)
    along = member.name if member else "nobody"
    return answer(text("Logged {name}: {tip} with {who}", name=name, tip=tip or "", who=along))


@command("contact add", "Add a person.")
def add(
    ctx: Context,
    name: Annotated[str, "their name", Ask.BOTH],
    notes: Annotated[LongText | None, "notes", Ask.FORM] = None,
) -> Reply:
    """One contact."""
    fresh = Contact(
        cohort_id=ctx.cohort.id, owner_id=ctx.member.id, name=name, notes=notes or "", added=ctx.now
    )
    ctx.store.add(fresh)
    return answer(text("Kept {name}: {notes}", name=name, notes=notes or ""))


@command("slow walk", "Takes its time.")
def slow(ctx: Context) -> Reply:
    """Waits for the gate."""
    GATE.wait(10)
    return answer(text("At last"))


def _waits(ctx: Context, given: Any) -> dict[str, Any]:
    GATE.wait(10)
    return {}


@command("slow form", "Opens a form too late.", prefill=_waits)
def slow_form(ctx: Context, tip: Annotated[LongText, "a tip", Ask.FORM]) -> Reply:
    """Its form waits for the gate (by its prefill)."""
    return answer(text("Tip: {tip}", tip=tip))


@command("gifts all", "Everything that stands apart.")
def gifts(ctx: Context) -> Answer:
    """A draft, a picture and a file."""
    return answer(
        text("Here you are"),
        Copyable("Dear *Dana* & <!channel>"),
        Picture(b"\x89PNG", text("My people")),
        Attachment("me.csv", b"a,b", "text/csv"),
    )


@command("pick one", "A menu.")
def pick(ctx: Context) -> Answer:
    """Choosing an option is an invocation."""
    options = tuple(Option(text("{n}", n=n), call("echo", words=n)) for n in ("Ann", "Bob"))
    return answer(text("Who?"), Menu(text("Choose one"), options, replaces=True))


@command("many rows", "A long list.", reads=True)
def many(ctx: Context) -> Answer:
    """More than a message holds."""
    rows = tuple(
        Row(text("Row {n}", n=n), None, (button("Open", call("echo", words=str(n))),))
        for n in range(60)
    )
    return Answer((Listing(rows),))


COMMANDS = {each.name: each for each in (menu, echo, log, add, slow, slow_form, gifts, pick, many)}


@contextlib.contextmanager
def database(where: Path) -> Generator[Database]:
    """An SQLite file with one cohort."""
    cipher = Cipher([Fernet.generate_key().decode()])
    made = Database(f"sqlite:///{where / 'test.sqlite3'}", cipher, load().fields)
    made.create()
    try:
        yield made
    finally:
        made.close()


def house(
    stores: Database,
    settings: Settings,
    registry: Registry | None = None,
    clock: MovableClock | None = None,
) -> House:
    """The core on a database, with the test's own commands or others."""
    clock, bell, content = clock or MovableClock(), Bell(), load()
    registry = registry or Registry(COMMANDS)
    cohorts = stores.cohorts()
    cohort = cohorts[0] if cohorts else stores.add_cohort(Cohort(name="C", created=clock.now()))
    dispatcher = Dispatcher(stores, registry, content, clock, bell)
    return House(settings, stores, registry, content, clock, bell, dispatcher, cohort.id)


def settings_for(slack: SlackServer, transport: str) -> Settings:
    """What an operator would set."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr("" if transport == "oauth" else slack.bot_token),
        slack_app_token=SecretStr(slack.app_token if transport == "socket" else ""),
        slack_signing_secret=SecretStr("" if transport == "socket" else slack.signing_secret),
        slack_client_id=slack.client_id if transport == "oauth" else "",
        slack_client_secret=SecretStr(slack.client_secret if transport == "oauth" else ""),
        slack_api_url=slack.api_url,
    )


@contextlib.asynccontextmanager
async def connected(
    stores: Database, slack: SlackServer, transport: str
) -> AsyncGenerator[SlackWing]:
    """The wing with the test's own commands."""
    async with joined(house(stores, settings_for(slack, transport)), slack) as wing:
        yield wing


@contextlib.asynccontextmanager
async def joined(home: House, slack: SlackServer) -> AsyncGenerator[SlackWing]:
    """The wing started as the composition root starts it."""
    wing = make_wing(home)
    site = web.Application()
    site.add_routes(wing.routes)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await wing.open()
    await wing.listen()
    if home.settings.slack_app_token.get_secret_value():
        await slack.delivery.connected()
    else:
        port = runner.addresses[0][1]
        slack.delivery.request_url = f"http://127.0.0.1:{port}/slack/events"
    try:
        yield wing
    finally:
        await wing.leave()
        await wing.close()
        await runner.cleanup()


def engine_for(home: House, wing: SlackWing) -> Engine:
    """What sends the messages owed; ticked by hand."""
    messengers = {each.surface: each for each in wing.messengers}
    claims = Claims(home.stores)
    return Engine(
        home.stores, claims, home.dispatcher, messengers, home.clock, "test", Bell(),
        pace=hurried(),
    )  # fmt: skip
