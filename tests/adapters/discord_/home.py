"""A house for tests: a database, commands of their own or the real ones, joined to a Discord."""

import contextlib
import threading
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Annotated, Any, LiteralString

from cryptography.fernet import Fernet
from pydantic import SecretStr
from whenever import Instant

from adapters.discord.sync import sync
from adapters.discord.wing import DiscordWing
from adapters.engine import Bell, Engine
from adapters.house import House
from bot.clocks import MovableClock
from bot.command import Ask, Registry, command
from bot.content import load
from bot.context import Context
from bot.dispatch import Dispatcher
from bot.domain.cohort import Cohort, Member
from bot.domain.people import Contact
from bot.invocation import Upload, call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import (
    Attachment,
    Buttons,
    Copyable,
    Listing,
    Menu,
    Moment,
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
from tests.servers.discord.server import Discord

MONDAY = Instant.from_utc(2026, 11, 23, 9)
LABELS: tuple[LiteralString, ...] = ("Add", "Draft")
GATE = threading.Event()
"""Slow commands wait for it."""


@command("snowball", "The menu, or what your words mean.", reads=True)
def menu(ctx: Context, words: Annotated[str | None, "any words"] = None) -> Reply:
    """Says what it was told."""
    log = button("Log a talk", call("talk log"))
    return answer(text("Menu for {words}", words=words or "nobody"), Buttons((log,)))


@command("echo", "Says it again.", reads=True)
def echo(
    ctx: Context,
    words: Annotated[str | None, "what to say"] = None,
    person: Annotated[Contact | None, "one of yours"] = None,
    peer: Annotated[Member | None, "a classmate"] = None,
) -> Reply:
    """Shows words as they were typed, with a button and a menu that replace."""
    whose = f"{person.name if person else ''}{peer.name if peer else ''}"
    again = button("Again", call("echo", words="again"), replaces=True)
    options = tuple(Option(text("{n}", n=n), call("echo", words=n)) for n in ("Ann", "Bob"))
    return answer(
        text("You said {words} {whose}", words=words or "", whose=whose),
        Buttons((again,)),
        Menu(text("Choose one"), options, replaces=True),
    )


@command("talk log", "Write down a talk.", title="Log a talk", note="Only you can read this.")
def log(
    ctx: Context,
    person: Annotated[str, "whom you met", Ask.BOTH],
    tip: Annotated[LongText | None, "the best tip", Ask.FORM] = None,
    thanked: Annotated[bool | None, "already thanked", Ask.FORM] = None,
    peer: Annotated[Member | None, "who came along", Ask.FORM] = None,
    hours: Annotated[int | None, "how long", Ask.FORM] = None,
    place: Annotated[str | None, "where", Ask.FORM] = None,
    notes: Annotated[LongText | None, "anything else", Ask.FORM] = None,
) -> Reply:
    """A form of more than five fields: the rest is asked for by a button."""
    if person == "Nobody":
        raise refuse("Nobody is nobody.")
    said = f"{tip} {thanked} {peer.name if peer else None} {hours} {place} {notes}"
    rest = Buttons((button("Add the rest", call("talk log", person=person)),))
    return answer(text("Logged {person}: {said}", person=person, said=said), rest)


@command("contact add", "Add a person.", title="Add a person")
def add(
    ctx: Context,
    name: Annotated[str, "their name", Ask.BOTH],
    notes: Annotated[LongText | None, "notes", Ask.FORM] = None,
) -> Reply:
    """One contact."""
    ctx.store.add(
        Contact(cohort_id=ctx.cohort.id, owner_id=ctx.member.id, name=name, added=ctx.now)
    )
    return answer(text("Kept {name}: {notes}", name=name, notes=notes or "no notes"))


@command("slow walk", "Takes its time.")
def slow(ctx: Context) -> Reply:
    """Waits for the gate."""
    GATE.wait(10)
    again = button("Slowly again", call("slow walk"), replaces=True)
    return answer(text("At last"), Buttons((again,)))


def _waits(ctx: Context, given: Any) -> dict[str, Any]:
    GATE.wait(10)
    return {}


@command("slow form", "Opens a form too late.", prefill=_waits)
def slow_form(ctx: Context, tip: Annotated[LongText, "a tip", Ask.FORM]) -> Reply:
    """Its form waits for the gate."""
    return answer(text("Tip: {tip}", tip=tip))


@command("gifts", "Everything that stands apart.")
def gifts(ctx: Context) -> Reply:
    """A draft, a picture, a file and a moment."""
    return answer(
        text("Here you are, at {when}", when=Moment(MONDAY)),
        Copyable("Dear Dana, thank you for the twenty minutes."),
        Picture(b"\x89PNG", text("My people")),
        Attachment("me & you.csv", b"a,b", "text/csv"),
    )


@command("crowd", "Many rows.")
def crowd(ctx: Context) -> Reply:
    """More than one message holds."""
    rows = tuple(
        Row(
            text("{n}", n=f"Person {number}"),
            text("works somewhere"),
            tuple(
                button(label, call("echo", words=f"{label.lower()} {number}")) for label in LABELS
            ),
        )
        for number in range(24)
    )
    return answer(text("All of them"), Listing(rows))


@command("file", "Takes a file.")
def take(ctx: Context, file: Annotated[Upload, "a file", Ask.BOTH]) -> Reply:
    """Says how much it was."""
    return answer(text("{name}: {n} bytes", name=file.name, n=len(file.content)))


COMMANDS = {
    each.name: each
    for each in (menu, echo, log, add, slow, slow_form, gifts, crowd, take)
}  # fmt: skip


def settings_for(discord: Discord) -> Settings:
    """What an operator would set."""
    return Settings(
        _env_file=None,
        discord_token=SecretStr(discord.token),
        discord_api_url=discord.api_url,
    )


def make_house(
    where: Path, discord: Discord, registry: Registry, clock: MovableClock, url: str = ""
) -> House:
    """The core on a fresh database with one cohort; SQLite unless told otherwise."""
    content = load()
    cipher = Cipher([Fernet.generate_key().decode()])
    stores = Database(url or f"sqlite:///{where / 'test.sqlite3'}", cipher, content.fields)
    stores.create()
    cohort = stores.add_cohort(Cohort(name="Spring", created=clock.now()))
    bell = Bell()
    dispatcher = Dispatcher(stores, registry, content, clock, bell)
    return House(
        settings=settings_for(discord),
        stores=stores,
        registry=registry,
        content=content,
        clock=clock,
        bell=bell,
        dispatcher=dispatcher,
        cohort_id=cohort.id,
    )


@contextlib.asynccontextmanager
async def connected(house: House, discord: Discord) -> AsyncGenerator[DiscordWing]:
    """Discord's commands registered and the client on the gateway."""
    wing = DiscordWing(house, pace=0)
    await sync(house.registry, discord.token, discord.api_url)
    await wing.open()
    await wing.listen()
    try:
        yield wing
    finally:
        await wing.leave()
        await wing.close()


def engine_for(house: House, wing: DiscordWing) -> Engine:
    """The engine that sends what is owed; tests tick it."""
    messengers = {each.surface: each for each in wing.messengers}
    claims = Claims(house.stores)
    return Engine(
        house.stores, claims, house.dispatcher, messengers, house.clock, "test", pace=hurried()
    )
