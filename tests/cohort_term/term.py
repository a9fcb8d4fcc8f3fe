"""A house with a class in it, its clock and its engine: who saw what, when, is kept for all."""

import asyncio
import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select, update
from whenever import Date, Instant, Time, TimeDelta

from adapters.engine import PLAN_EVERY, Engine
from bot.delivery.planning import Planner
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import Actor, Invocation, write
from bot.ports import AtLeast, Outcome, Waiting
from bot.reply import Answer, Form
from storage.claims import Claims
from tests.front_door import BERLIN, SURFACE, House, Inline, Person, Post, Shown

MORNING = Time(9)
SOON = TimeDelta(minutes=20)
"""What is held is looked at then, and what somebody just did soon after."""


@dataclass(frozen=True, slots=True)
class Came:
    """A message to one member, and the rows that it carried."""

    at: Instant
    to: str
    zone: str
    shown: Shown
    rows: tuple[Owed, ...]

    @property
    def unasked(self) -> bool:
        """Whether nobody asked for it and no talk is booked."""
        return any(each.urgency is Urgency.NUDGE for each in self.rows)

    @property
    def day(self) -> Date:
        """Where they live."""
        return self.at.to_tz(self.zone).date()

    def brings(self, command: str) -> bool:
        """Whether this reminder is in it."""
        return any(each.command == command for each in self.rows)


class Watched(Person):
    """Somebody of whom all is kept that they ever saw."""

    def does(self, invocation: Invocation) -> Shown | None:
        shown = super().does(invocation)
        if shown is not None:
            self.seen.append((self.house.clock.now(), shown))
        return shown

    def _zone(self) -> str:
        """Where they say they are: nobody moves in this story, and it is asked a thousand times."""
        return self.actor.zone

    @property
    def seen(self) -> list[tuple[Instant, Shown]]:
        """When, and what."""
        return self.__dict__.setdefault("kept", [])


@dataclass(frozen=True)
class Mailed:
    """A message on its way."""

    user: str
    shown: Shown
    nonce: str


@dataclass(frozen=True)
class Postman(Post):
    """Also remembers by which number each message went."""

    bag: list[Mailed] = field(default_factory=list)

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        outcome = await super().to_member(workspace, account, member, answer, nonce)
        shown = Shown(answer, self.house.cohort.id, member.zone or BERLIN)
        self.bag.append(Mailed(account.external_id, shown, nonce))
        return outcome


Happens = Callable[[], None]


class Ledger(Claims):
    """Between the mornings, only whoever something has become due for since the last look."""

    since: Instant | None = None

    def waiting(
        self, now: Instant, surfaces: Collection[str], full: Collection[int], limit: int
    ) -> list[Waiting]:
        if self.since is None:
            return super().waiting(now, surfaces, full, limit)
        fresh = self.new(now, self.since)
        if not fresh:
            return []
        found = super().waiting(now, surfaces, full, limit)
        return [each for each in found if each.to in fresh]

    def new(self, now: Instant, since: Instant) -> set[str]:
        """Whom something is due to that nobody has looked at."""
        owed = self._owed.c
        free = or_(owed.lease_until.is_(None), owed.lease_until <= now)
        due = and_(owed.state == OwedState.DUE, owed.due >= since, owed.due <= now, free)
        with self.database.readers.connect() as connection:
            return set(connection.execute(select(owed.to).where(due)).scalars())

    def passes_the_night(self, now: Instant) -> None:
        """What is held is looked at every hour; the looks that change nothing are only noted."""
        owed = self._owed
        held = and_(owed.c.state == OwedState.DUE, owed.c.lease_until < now)
        with self.database.writer.begin() as connection:
            connection.execute(update(owed).where(held).values(lease_until=now))


class Hourly(Engine):
    """Plans once an hour of the term, as the engine does."""

    planned: Instant | None = None

    async def _plan(self) -> None:
        now = self._clock.now()
        if self.planned is None or now - self.planned >= TimeDelta(seconds=PLAN_EVERY):
            self.planned = now
            await super()._plan()


@dataclass
class Term:
    """All of it. ``reacts``: what is done about a message, called as each comes."""

    house: House
    reacts: Callable[[Came], None] = lambda came: None
    came: list[Came] = field(default_factory=list)
    posts: list[tuple[Instant, Shown]] = field(default_factory=list)
    _plans: list[tuple[Instant, int, Happens]] = field(default_factory=list)
    looks: int = 0

    def __post_init__(self) -> None:
        self._postman = Postman(self.house)
        self._looked = self.now.subtract(hours=1)
        self._runner = asyncio.Runner()
        self._ledger = Ledger(self.house.database)
        self._planner = Planner(self.house.database, self._ledger, self.house.clock)
        self._engine = Hourly(
            self.house.database, self._ledger, self.house.dispatcher, {SURFACE: self._postman},
            self.house.clock, "term", self.house.bell, Inline(),
        )  # fmt: skip
        self._owed = self.house.database.schema.of(Owed).table

    def close(self) -> None:
        """The end of the process."""
        self._runner.run(self._engine.stop())
        self._runner.close()
        self.house.database.close()

    # ---- People -----------------------------------------------------------------------------

    def member(self, name: str, zone: str = BERLIN, *, admin: bool = False) -> Watched:
        """Somebody at their keyboard; they join with their first word."""
        user = name.casefold().replace(" ", "-")
        made = Watched(self.house, Actor(SURFACE, SURFACE, user, name, zone, admin))
        self.house.people[user] = made
        return made

    def everybody(self) -> list[Watched]:
        """All who ever came."""
        return [each for each in self.house.people.values() if isinstance(each, Watched)]

    # ---- Time -------------------------------------------------------------------------------

    @property
    def now(self) -> Instant:
        """The clock's."""
        return self.house.clock.now()

    def at(self, moment: Instant, happens: Happens) -> None:
        """Plan something that the world does."""
        heapq.heappush(self._plans, (moment, len(self._plans) + self.looks * 1000, happens))

    def goes_on_until(self, end: Instant) -> None:
        """The clock moves to where something is due or planned, and some times a day at least."""
        while self.now < end:
            self._moves(min(end, self._next_due(), self._next_plan(), self._next_look()))

    def _next_due(self) -> Instant:
        owed = self._owed.c
        wanted = select(func.min(owed.due)).where(owed.state == OwedState.DUE, owed.due > self.now)
        with self.house.database.readers.connect() as connection:
            found: Instant | None = connection.execute(wanted).scalar()
        return found if found is not None else self.now.add(hours=24)

    def _next_plan(self) -> Instant:
        return max(self.now, self._plans[0][0]) if self._plans else self.now.add(hours=24)

    def _next_look(self) -> Instant:
        day = self.now.to_tz(BERLIN).date()
        looks = (each.at(MORNING).assume_tz(BERLIN).to_instant() for each in (day, day.add(days=1)))
        return next(each for each in looks if each > self.now)

    def _moves(self, moment: Instant) -> None:
        new_day = moment.to_tz(BERLIN).date() != self.now.to_tz(BERLIN).date()
        self.house.clock.move_to(moment)
        self.looks += 1
        if new_day:
            self._planner.tidy()
        while self._plans and self._plans[0][0] <= moment:
            heapq.heappop(self._plans)[2]()
        self.ticks()

    def ticks(self) -> None:
        """What is due now goes out, and is reacted to; what comes of that goes with the next."""
        before = len(self.house.posts)
        self._postman.bag.clear()
        morning = self.now.to_tz(BERLIN).time() == MORNING
        self._ledger.since = None if morning else self._looked
        if morning:
            self._ledger.passes_the_night(self.now)
        self._looked = self.now
        self._runner.run(self._engine.tick())
        self.posts += [(self.now, each) for each in self.house.posts[before:]]
        fresh = self._fresh()
        for each in fresh:
            self.came.append(each)
            self.reacts(each)
        if fresh and self._ledger.new(self.now, self._looked):
            self.at(self.now + SOON, lambda: None)

    def _fresh(self) -> Sequence[Came]:
        """What came just now, by name."""
        if not self._postman.bag:
            return ()
        rows = self.house.rows(Owed, state=OwedState.SENT, settled=AtLeast(self.now))
        found: list[Came] = []
        for each in sorted(self._postman.bag, key=lambda one: (one.user, one.nonce)):
            mine = tuple(row for row in rows if row.reference == each.nonce)
            person = self.house.people[each.user]
            assert mine, f"no row for what {person.name} got: {each.shown.words}"
            if isinstance(person, Watched):
                person.seen.append((self.now, each.shown))
            found.append(Came(self.now, person.name, each.shown.zone, each.shown, mine))
        return found


def all_words(shown: Shown) -> str:
    """Everything that is in it: the words, and what its buttons carry."""
    carried = (
        "" if isinstance(shown.reply, Form) else " ".join(write(b.call) for b in shown.buttons)
    )
    return f"{shown.words}\n{carried}"
