"""Introductions under random presses, departures, blocks and clock jumps (FEATURES E3).

Whatever happens in whichever order: nobody reads an address, nobody learns of somebody else's
contact without both yeses, and everything ends.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.delivery.planning import Planner
from bot.domain.cohort import Workspace
from bot.domain.introducing import BEFORE_BOTH, LIVE
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact, Sharing, Volunteer
from bot.invocation import Call, call, write
from bot.reply import Answer, Form
from storage.claims import Claims
from storage.database import Database
from tests.builders import a_contact, an_alum
from tests.front_door import Person, Shown, furnish_in

NAMES = ("Ana", "Ben", "Mei")
FIELDS = ("publishing", "nursing")
VERBS = (
    "yes", "no", "never", "agreed", "refused", "show", "take", "pass", "talking", "withdraw",
    "told", "words", "here",
)  # fmt: skip
MEMBERS = some.sampled_from(NAMES)
NUMBERS = some.integers(0, 40)


class Introductions(RuleBasedStateMachine):
    """Three students, each of whom knows two people; one of these is in the workspace."""

    database: Database
    template: Path
    ended: ClassVar[Counter[str]] = Counter()
    """How those of all lives ended, so that the test can tell that it has seen some."""

    @initialize()
    def begin(self) -> None:
        """Everybody is here, and has somebody to be asked about and somebody private."""
        self.database.close()
        self.house = furnish_in(self.database, self.template)
        with self.house.database.writing(self.house.cohort.id) as store:
            (workspace,) = store.find(Workspace)
            store.save(replace(workspace, channel="C1"))
        self.people = {name: self.house.joined(name) for name in NAMES}
        self.here = self.house.joined("Quorvex")
        self.gone: set[str] = set()
        self.looked_at: dict[object, int] = {}
        self.secrets: list[Contact] = []
        for at, name in enumerate(NAMES):
            self._knows(name, f"Brimsel{at}", FIELDS[at % 2], Sharing.ASK_FIRST)
            self._knows(name, f"Tandrox{at}", FIELDS[at % 2], Sharing.PRIVATE)
        self._is_here(self.secrets[0])

    def _knows(self, owner: str, name: str, field: str, sharing: Sharing) -> None:
        made = a_contact(
            name, self.house.cohort.id, self.people[owner].member.id, field=field, sharing=sharing,
            email=f"mail{len(self.secrets)}@zyx.example", phone=f"0555-{len(self.secrets)}",
            company=f"Hidden{len(self.secrets)} Works", notes=f"secret{len(self.secrets)}",
        )  # fmt: skip
        self.secrets += self.house.add(made)

    def _is_here(self, contact: Contact) -> None:
        (alum,) = self.house.add(an_alum("Somebody Else", self.house.cohort.id))
        self.house.add(
            Volunteer(
                cohort_id=self.house.cohort.id, alum_id=alum.id, member_id=self.here.member.id,
                since=self.house.clock.now(),
            )
        )  # fmt: skip
        with self.house.database.writing(self.house.cohort.id) as store:
            store.save(replace(contact, alum_id=alum.id))

    # ---- What they do ---------------------------------------------------------------------------

    @rule(who=MEMBERS, field=some.sampled_from(FIELDS))
    def asks(self, who: str, field: str) -> None:
        """For somebody in a field."""
        self._does(who, f"/intro request field: {field} blurb: hello")
        self.finds(who, field)

    @rule(who=MEMBERS, field=some.sampled_from(FIELDS))
    def finds(self, who: str, field: str) -> None:
        """And looks at what became of theirs."""
        self._does(who, f"/alum find field: {field}")
        self._does(who, "/intro list")
        self._does(who, "/network due")
        self.house.ticks()

    @rule(who=MEMBERS, field=some.sampled_from(FIELDS))
    def asks_the_class(self, who: str, field: str) -> None:
        """In the channel."""
        self._does(who, f"/intro who-knows about: {field} blurb: hello")
        self.house.ticks()

    @rule(who=MEMBERS, to=MEMBERS, which=NUMBERS)
    def offers(self, who: str, to: str, which: int) -> None:
        """Somebody of theirs."""
        mine = [each for each in self.secrets if each.owner_id == self._id(who)]
        if mine and who not in self.gone:
            person = mine[which % len(mine)]
            self._does(who, f"/intro offer person: {person.name} to: {to} words: you two")

    @rule(who=some.sampled_from((*NAMES, "Quorvex")), which=NUMBERS, button=NUMBERS)
    def presses(self, who: str, which: int, button: int) -> None:
        """Any button of anything that came to them, however old."""
        person = self._person(who)
        shown = [*person.letters, *self.house.posts]
        if not shown or who in self.gone:
            return
        on = shown[-1 - which % min(len(shown), 6)]
        calls = [each.call for each in on.buttons]
        calls += [each.call for menu in on.menus for each in menu.options]
        calls = [each for each in calls if each.command not in ("settings stop", "later")]
        if calls:
            self._presses(who, calls[button % len(calls)])

    @rule(who=some.sampled_from((*NAMES, "Quorvex")), verb=some.sampled_from(VERBS), which=NUMBERS)
    def presses_what_may_not_be_theirs(self, who: str, verb: str, which: int) -> None:
        """Any step of any introduction, whosever it is."""
        rows = self.house.rows(Introduction)
        if rows and who not in self.gone:
            self._presses(who, call(f"intro {verb}", intro=rows[which % len(rows)].id))

    @rule(which=NUMBERS)
    def whose_word_is_awaited_says_yes(self, which: int) -> None:
        """The owner, the contact, or the one to whom it is offered."""
        rows = self.house.rows(Introduction, state=BEFORE_BOTH)
        if not rows:
            return
        it = rows[which % len(rows)]
        match it.state:
            case IntroState.OFFERED:
                verb, whose = "take", it.asker_id
            case IntroState.ASKED:
                verb, whose = "yes", it.owner_id
            case _:
                verb, whose = "agreed", it.contact_member_id or it.owner_id
        for who in (*NAMES, "Quorvex"):
            if who not in self.gone and self._person(who).member.id == whose:
                self._presses(who, call(f"intro {verb}", intro=it.id))

    @rule(which=NUMBERS, how=some.sampled_from((Sharing.PRIVATE, Sharing.ASK_FIRST)))
    def shares(self, which: int, how: Sharing) -> None:
        """Or not any more."""
        contact = self.secrets[which % len(self.secrets)]
        self._changes(contact, sharing=how)

    @rule(which=NUMBERS, gone=some.booleans())
    def marks_or_removes(self, which: int, gone: bool) -> None:
        """Somebody is not to be asked any more."""
        contact = self.secrets[which % len(self.secrets)]
        now = self.house.clock.now()
        self._changes(contact, **({"removed": now} if gone else {"do_not_contact": True}))

    @precondition(lambda self: len(self.gone) == 0)
    @rule(who=MEMBERS, stops=some.booleans())
    def leaves(self, who: str, stops: bool) -> None:
        """Stops, or deletes everything of theirs."""
        if stops:
            self._does(who, "/settings stop")
        else:
            person = self._person(who)
            person.types("/mydata delete")
            person.presses("Delete everything")
            self._see(person, person.fills_in(name=who))
        self.gone.add(who)

    @rule(hours=some.sampled_from((1, 30, 24 * 8)))
    def time_goes_by(self, hours: int) -> None:
        """An hour, a day, a week."""
        self.house.moves_to(self.house.clock.now().add(hours=hours))

    # ---- What must hold -------------------------------------------------------------------------

    @invariant()
    def nobody_reads_what_is_not_theirs(self) -> None:
        """Everything that came to anybody since the last look."""
        for person in (*self.people.values(), self.here):
            self._look([person], person.name, person.letters)
        for among, said in self.house.groups.items():
            self._look([self.house.people[each] for each in among], among, said)
        self._look(list(self.people.values()), "the channel", self.house.posts)

    def _look(self, readers: Sequence[Person], where: object, said: Sequence[Shown]) -> None:
        for shown in said[self.looked_at.get(where, 0) :]:
            for each in readers:
                self._see(each, shown)
        self.looked_at[where] = len(said)

    def teardown(self) -> None:
        """Two months later nothing is open."""
        if not hasattr(self, "secrets"):
            return
        self.house.moves_to(self.house.clock.now().add(hours=24 * 60))
        self.nobody_reads_what_is_not_theirs()
        Planner(self.database, Claims(self.database), self.house.clock).tidy()
        for each in self.house.rows(Introduction):
            assert each.state not in LIVE
            assert each.closed is not None
            met = each.connected is not None
            assert not met or (each.owner_said is not None and each.contact_said is not None)
            assert each.state is not IntroState.MET or met
            self.ended["together" if met else each.state.value] += 1
        self.house.database.close()

    # ---- Hands and eyes -------------------------------------------------------------------------

    def _person(self, who: str) -> Person:
        return self.here if who == "Quorvex" else self.people[who]

    def _id(self, who: str) -> int:
        return 0 if who in self.gone else self.people[who].member.id

    def _does(self, who: str, line: str) -> None:
        if who not in self.gone:
            self._see(self.people[who], self.people[who].types(line))

    def _presses(self, who: str, called: Call) -> None:
        person = self._person(who)
        if len(write(called)) > 75:
            return
        shown = person.calls(called)
        self._see(person, shown)
        if isinstance(shown.reply, Form):
            mine = [each for each in self.secrets if each.owner_id == person.member.id]
            typed = {"person": mine[0].name if mine else "Uma", "member": "Quorvex"}
            values = {name: typed.get(name, "hello") for name in shown.asked}
            self._see(person, person.fills_in(**values))
        self.house.ticks()
        for name in NAMES:
            self._does(name, "/intro list")

    def _changes(self, contact: Contact, **changed: Any) -> None:
        with self.house.database.writing(self.house.cohort.id) as store:
            now = store.get(Contact, contact.id)
            if now is not None:
                store.save(replace(now, **changed))

    def _see(self, person: Person, shown: Shown) -> None:
        """What is on somebody's screen holds no secret of anybody else's."""
        if isinstance(shown.reply, Answer | Form):
            seen = shown.words + repr(shown.reply)
            mine = self._mine(person)
            for each in self.secrets:
                if each.owner_id not in mine:
                    self._secret(each, seen, known=each.id in self._met(mine))

    def _secret(self, contact: Contact, seen: str, *, known: bool) -> None:
        for never in (contact.email, contact.phone, contact.notes):
            assert never not in seen
        if not known:
            assert contact.name not in seen
            assert contact.company not in seen

    def _mine(self, person: Person) -> Sequence[int]:
        try:
            return (person.member.id,)
        except AssertionError:  # deleted: what they saw while they were here was looked at then
            return [each.owner_id for each in self.secrets]

    def _met(self, mine: Sequence[int]) -> set[int | None]:
        """Whom they were introduced to, with both yeses; and themselves."""
        return {
            each.contact_id
            for each in self.house.rows(Introduction)
            if (each.connected is not None and each.asker_id in mine)
            or each.contact_member_id in mine
        }


def test_nothing_is_revealed_without_both_yeses_and_everything_ends(
    template: Path, used_again: Database
) -> None:
    """Some lives of a few weeks, the same ones each time."""
    Introductions.template, Introductions.database = template, used_again
    run_state_machine_as_test(
        Introductions,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"together", "expired", "withdrawn"} <= Introductions.ended.keys(), Introductions.ended
