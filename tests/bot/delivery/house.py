"""A house for delivery's tests: real storage, a clock that stands still, hand-written surfaces.

The rules of what reminders say are the tests' own, so that they change when a test says so.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from cryptography.fernet import Fernet
from whenever import Instant, ZonedDateTime

from adapters.engine import Bell, Engine
from bot.clocks import MovableClock
from bot.command import Ask, Command, Registry, command, reminder
from bot.commands import reaching
from bot.commands.cohort_trouble import mended, stopped
from bot.commands.unsure import missed, repost, unseen, unsure
from bot.content import Content
from bot.context import Context
from bot.dispatch import Dispatcher, NoLimits
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import Actor, Call, Invocation, Place, call, write
from bot.limits import FREE, Limits
from bot.plaintext import plain
from bot.ports import Messenger, Outcome, Sent, Unclear
from bot.reply import Answer, Buttons, Reply, answer, button, text
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database

BERLIN = "Europe/Berlin"
KEY = Fernet.generate_key().decode()
FIELDS: Any = None
"""No test here asks about fields of work."""


def at(written: str, zone: str = BERLIN) -> Instant:
    """``2026-11-23 09:00`` there."""
    day, _, time = written.partition(" ")
    return ZonedDateTime.parse_iso(f"{day}T{time or '12:00'}:00[{zone}]").to_instant()


MONDAY = at("2026-11-23 10:00")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as a surface got it."""

    to: str
    words: str
    nonce: str
    at: Instant
    answer: Answer


Trouble = Callable[[Letter], Coroutine[Any, Any, Outcome]]


@dataclass
class Surface:
    """A surface that keeps what it is sent, and has the troubles that a test gives it.

    One that is repeatable makes one message of a nonce, as the real one does."""

    clock: MovableClock
    surface: str = "paper"
    repeatable: bool = True
    holds: NoLimits = NoLimits()  # noqa: RUF009 - it is frozen
    letters: list[Letter] = field(default_factory=list)
    attempts: list[Letter] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    limits: Limits = FREE
    looks: list[str] = field(default_factory=list)
    shows_after: float = 0
    """So many looks find nothing yet."""
    holidays: dict[str, Instant] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    speechless: bool = False
    hangs: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        assert workspace.id == account.workspace_id
        assert account.member_id == member.id
        return await self._take(account.external_id, answer, nonce)

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        return await self._take(f"#{workspace.channel}", answer, nonce)

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        assert {each.workspace_id for each in accounts} == {workspace.id}
        names = "+".join(each.external_id for each in accounts)
        outcome = await self._take(names, answer, nonce)
        return Sent(before) if before and isinstance(outcome, Sent) else outcome

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        self.looks.append(nonce)
        found = any(each.nonce == nonce for each in self.letters)
        if not found or len(self.looks) <= self.shows_after:
            return Unclear("not shown")
        return Sent(f"{self.surface}-{nonce}")

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> Instant | None:
        self.questions.append(account.external_id)
        if self.hangs:
            await asyncio.Event().wait()
        if self.speechless:
            raise RuntimeError("nobody answers")
        return self.holidays.get(account.external_id)

    async def _take(self, to: str, answer: Answer, nonce: str) -> Outcome:
        assert len(nonce) <= 25
        letter = Letter(to, plain(answer), nonce, self.clock.now(), answer)
        self.attempts.append(letter)
        if self.troubles:
            return await self.troubles.pop(0)(letter)
        return self.make(letter)

    def make(self, letter: Letter) -> Sent:
        """The message appears."""
        known = [each.nonce for each in self.letters]
        if not (self.repeatable and letter.nonce in known):
            self.letters.append(letter)
        self.arrived.set()
        return Sent(f"{self.surface}-{letter.nonce}")

    def words_to(self, to: str) -> list[str]:
        """What somebody has received, in order."""
        return [each.words for each in self.letters if each.to == to]

    def fails(self, outcome: Outcome) -> None:
        """The next attempt ends so, and nothing is made."""

        async def trouble(_letter: Letter) -> Outcome:
            return outcome

        self.troubles.append(trouble)

    def makes_but(self, outcome: Outcome) -> None:
        """The next message is made, and yet the attempt ends so."""

        async def trouble(letter: Letter) -> Outcome:
            self.make(letter)
            return outcome

        self.troubles.append(trouble)


@reminder("note")
def note(ctx: Context, about: Annotated[str, "", Ask.HIDDEN] = "") -> Answer | None:
    """Says the member's name as it is now; nothing about what is over."""
    if about == "over":
        return None
    if about == "broken":
        raise RuntimeError("a secret of theirs")
    return answer(text("{name}, think of {about}.", name=ctx.member.name, about=about))


@reminder("thanks remind")
def thanks(ctx: Context, talk: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """A nudge that has its own morning."""
    return answer(text("Thank them for talk {talk}.", talk=talk))


@reminder("checkin ask")
def check_in(ctx: Context, week: Annotated[str, "", Ask.HIDDEN]) -> Answer | None:
    """The weekly question."""
    return answer(
        text("How was the week from {week}?", week=week),
        Buttons((button("Fine", call("hello")),)),
    )


@reminder("checkin remind")
def check_in_again(ctx: Context, week: Annotated[str, "", Ask.HIDDEN]) -> Answer | None:
    """Its one reminder."""
    return answer(text("The week from {week} is still open.", week=week))


@reminder("leaving soon")
def leaving(_ctx: Context) -> Answer | None:
    """It tells, and asks nothing."""
    return answer(text("Your class ends on Friday."))


@command("hello", "Say hello.")
def hello(ctx: Context) -> Reply:
    """Anything that a member does."""
    return answer(text("Hello."))


@command("nudge me", "Owe a message.")
def nudge_me(ctx: Context) -> Reply:
    """What a command owes is due at once."""
    ctx.owe(call("note", about="Dana"), ctx.now, subject="asked", occurrence="once")
    return answer(text("Soon."))


COMMANDS: tuple[Command, ...] = (
    note, thanks, check_in, check_in_again, leaving, hello, nudge_me,
    stopped, mended, unsure, missed, unseen, repost,
    reaching.ask, reaching.me, reaching.hello,
)  # fmt: skip
REGISTRY = Registry({each.name: each for each in COMMANDS})


@dataclass
class House:
    """One process on a database: its clock, its surfaces, its engine."""

    database: Database
    clock: MovableClock
    cohort: Cohort
    surfaces: dict[str, Surface]
    worker: str = "one"

    def __post_init__(self) -> None:
        self.claims = Claims(self.database)
        self.bell = Bell()
        content = Content(FIELDS, ())
        self.dispatcher = Dispatcher(self.database, REGISTRY, content, self.clock, self.bell)
        messengers: dict[str, Messenger] = dict(self.surfaces)
        self.engine = Engine(
            self.database, self.claims, self.dispatcher, messengers, self.clock, self.worker,
            self.bell,
        )  # fmt: skip

    @property
    def paper(self) -> Surface:
        """The first surface."""
        return next(iter(self.surfaces.values()))

    def member(
        self, name: str = "ana", *, surface: str = "paper", workspace: str = "", **settings: Any
    ) -> Member:
        """Somebody who has opted in, with an account of the same name."""
        now = self.clock.now()
        defaults: dict[str, Any] = {"zone": BERLIN, "opted_in": now}
        home = self.workspace(surface, workspace or surface)
        with self.database.writing(self.cohort.id) as store:
            member = store.add(
                Member(cohort_id=self.cohort.id, name=name, joined=now, **{**defaults, **settings})
            )
            store.add(
                Account(
                    cohort_id=self.cohort.id,
                    member_id=member.id,
                    workspace_id=home.id,
                    surface=surface,
                    external_id=name,
                    last_used=now,
                )
            )
        return member

    def workspace(self, surface: str, external_id: str) -> Workspace:
        """The workspace of this name, made when it is not there."""
        found = self.database.workspace(surface, external_id)
        if found is not None:
            return found
        with self.database.writing(self.cohort.id) as store:
            return store.add(
                Workspace(cohort_id=self.cohort.id, surface=surface, external_id=external_id)
            )

    def change(self, member: Member, **settings: Any) -> None:
        """The member's settings change, as by a command."""
        with self.database.writing(self.cohort.id) as store:
            fresh = store.get(Member, member.id)
            assert fresh is not None
            store.save(replace(fresh, **settings))

    def owe(
        self,
        member: Member | None,
        called: Call,
        due: Instant | None = None,
        *,
        urgency: Urgency = Urgency.NUDGE,
        subject: str = "",
        occurrence: str = "",
        to: str = "",
    ) -> Owed | None:
        """Owe a message, to the first workspace's channel where no other recipient is named.

        None when it is owed already."""
        with self.database.writing(self.cohort.id) as store:
            return store.owe(
                Owed(
                    cohort_id=self.cohort.id,
                    member_id=member.id if member else None,
                    to=to or (f"member:{member.id}" if member else "channel:1"),
                    command=called.command,
                    subject=subject or write(called),
                    occurrence=occurrence,
                    call=write(called),
                    due=due or self.clock.now(),
                    urgency=urgency,
                )
            )

    def note(
        self, member: Member | None, about: str, due: Instant | None = None, **how: Any
    ) -> Owed:
        """Owe a nudge."""
        owed = self.owe(member, call("note", about=about), due, **how)
        assert owed is not None
        return owed

    def rows(self, **having: Any) -> list[Owed]:
        """Rows as they are stored now."""
        with self.database.reading(self.cohort.id) as store:
            return store.find(Owed, **having)

    def state(self, row: Owed) -> OwedState:
        """Where a row has got to."""
        (now,) = self.rows(id=row.id)
        return now.state

    def fresh(self, member: Member) -> Member:
        """The member as stored now."""
        with self.database.reading(self.cohort.id) as store:
            found = store.get(Member, member.id)
        assert found is not None
        return found

    def says(self, name: str = "ana", command: str = "hello") -> None:
        """A member does something."""
        actor = Actor("paper", "paper", name, name)
        said = self.dispatcher(Invocation(command, actor, Place(), ""), NoLimits())
        assert said is not None

    async def tick_at(self, moment: Instant | str) -> int:
        """The clock is moved, and what is due goes."""
        self.clock.move_to(at(moment) if isinstance(moment, str) else moment)
        return await self.engine.tick()


def build(folder: Path, *, now: Instant = MONDAY, surfaces: tuple[str, ...] = ("paper",)) -> House:
    """A new database with a cohort and a workspace on each surface."""
    database = open_database(folder)
    database.create()
    cohort = database.add_cohort(Cohort(name="Class", created=now))
    clock = MovableClock(now)
    house = House(database, clock, cohort, {name: Surface(clock, name) for name in surfaces})
    for name in surfaces:
        house.workspace(name, name)
    return house


def open_database(folder: Path) -> Database:
    """The database in this folder, as another process would open it."""
    return Database(f"sqlite:///{folder / 'test.sqlite'}", Cipher([KEY]), FIELDS)


def another(house: House, folder: Path, worker: str = "two") -> House:
    """A second process on the same database, with the same surfaces and clock."""
    return House(open_database(folder), house.clock, house.cohort, house.surfaces, worker)
