"""Who could be partnered with whom in this cohort, and what has been asked already (K5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.asking import held_until
from bot.domain.cohort import Member, Role
from bot.domain.fields import Fields
from bot.domain.pairings import Partnership
from bot.domain.partnering import Candidate, partnered, stands, takes_room, was_let_down
from bot.domain.people import Alum, Contact, Volunteer
from bot.domain.tidy import fold
from bot.ports import AlumHit, AlumQuery, Not

if TYPE_CHECKING:
    from bot.context import Context

LOOKED_AT = 80
"""Alumni of a field that are looked at for its students."""
READ, MOST = 200, 3
"""Characters of somebody's wishes that are read, and fields taken from them."""


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal that is not made yet."""

    student: Member
    alum: Alum


@dataclass(frozen=True, slots=True)
class Matching:
    """What could be proposed now: to how many students, by how many alumni, and who is left."""

    matches: list[Match]
    students: list[Member]
    alumni: int
    left: list[Member] = field(default_factory=list)


def free_students(ctx: "Context") -> list[Member]:
    """Students who hear, have a field, are not away, and have or await no partner."""
    taken = {each.student_id for each in under_way(ctx)}
    everybody = ctx.store.find(Member, role=Role.STUDENT, opted_in=Not(None), stopped=None)
    return [
        each
        for each in everybody
        if each.field and each.id not in taken and not _is_away(ctx, each)
    ]


def _is_away(ctx: "Context", member: Member) -> bool:
    return member.paused_until is not None and member.paused_until > ctx.today


def under_way(ctx: "Context") -> list[Partnership]:
    """What stands or waits for an answer."""
    days = ctx.cohort.numbers.intro_expires_days
    found = ctx.store.find(Partnership, closed=None)
    return [each for each in found if takes_room(each, ctx.now, days)]


def matching(ctx: "Context", only: Collection[tuple[int, int]] | None = None) -> Matching:
    """The best round there is now; ``only``: out of these pairs."""
    students = free_students(ctx)
    before = ctx.store.find(Partnership)
    met = {(each.student_id, each.alum_id) for each in before}
    candidates: list[Candidate] = []
    room: dict[int, int] = {}
    alumni: dict[int, Alum] = {}
    hits_of: dict[str, list[AlumHit]] = {}
    own: dict[int, set[int]] = {}
    for listed in ctx.store.find(Volunteer, member_id=tuple(each.id for each in students)):
        own.setdefault(listed.member_id, set()).add(listed.alum_id)
    wished = _Wishes(ctx.content.fields_for(ctx.cohort))
    for student in students:
        wanted = fold(student.field)
        if wanted not in hits_of:
            hits_of[wanted] = _willing(ctx, student.field)
        known = _known(ctx, student) | own.get(student.id, set())
        for rank, hit in enumerate(hits_of[wanted]):
            alum = hit.alum
            pair = (student.id, alum.id)
            if pair in met or alum.id in known or (only is not None and pair not in only):
                continue
            alumni[alum.id] = alum
            room[alum.id] = hit.free
            wishes = wished.shared(student, alum)
            candidates.append(Candidate(student.id, alum.id, rank, bool(hit.near), wishes))
    for each in under_way(ctx):
        if each.alum_id in room:
            room[each.alum_id] -= 1
    first = {each.student_id for each in before if was_let_down(each)}
    people = {each.id: each for each in students}
    pairs = partnered(candidates, room, first)
    matched = {student for student, _alum in pairs}
    return Matching(
        [Match(people[student], alumni[alum]) for student, alum in pairs],
        students,
        sum(places > 0 for places in room.values()),
        [each for each in students if each.id not in matched],
    )


def _willing(ctx: "Context", words: str) -> list[AlumHit]:
    """Of a field and its neighbours: who agreed, is there, and has a place this month."""
    hits = ctx.store.alumni(
        AlumQuery(
            field=words,
            per_page=LOOKED_AT,
            default_asks=ctx.cohort.numbers.alum_asks_a_month,
            cool_down_days=ctx.cohort.numbers.cool_down_days,
            now=ctx.now,
        )
    )
    found = [*hits.ranked, *hits.adjacent]
    later = held_until(ctx, [each.alum for each in found]) if found else {}
    return [
        each
        for each in found
        if each.free > 0 and may_be_asked(each.alum) and each.alum.id not in later
    ]


def partnership_with(ctx: "Context", alum_id: int) -> Partnership | None:
    """The member's own with this alum, that both said yes to and that lasts."""
    found = ctx.store.find(Partnership, student_id=ctx.member.id, alum_id=alum_id, closed=None)
    return next((each for each in found if stands(each, ctx.today)), None)


def may_be_asked(alum: Alum) -> bool:
    """Whether they agreed, are not away, and have not left."""
    there = alum.left is None and not alum.paused
    return there and alum.consent and not alum.do_not_contact


def _known(ctx: "Context", student: Member) -> set[int]:
    """Alumni whom the student has on the list already: those need no partnering."""
    mine = ctx.store.find(Contact, owner_id=student.id, removed=None, alum_id=Not(None))
    return {each.alum_id for each in mine if each.alum_id is not None}


@dataclass(slots=True)
class _Wishes:
    """How much of what one asks for the other brings: topics, interests, the major."""

    fields: Fields
    understood: dict[str, frozenset[str]] = field(default_factory=dict)

    def shared(self, student: Member, alum: Alum) -> int:
        wanted = self._ids(student.field) | self._ids(student.interests)
        offered = self._ids(alum.topics) | self._ids(alum.field)
        same_major = bool(student.major) and fold(student.major) == fold(alum.major)
        return len(wanted & offered) + same_major

    def _ids(self, words: str) -> frozenset[str]:
        """The fields that words name; each text is read once, for a class says the same often."""
        if words not in self.understood:
            found = self.fields.ids_of(words[:READ])[:MOST] if words else ()
            self.understood[words] = frozenset(found)
        return self.understood[words]


def written(matches: Iterable[Match]) -> str:
    """The pairs as a button carries them: exactly what was previewed."""
    return ".".join(f"{each.student.id}-{each.alum.id}" for each in matches)


def read_pairs(words: str) -> set[tuple[int, int]]:
    """What :func:`written` wrote; what is none is left out."""
    pairs = (each.partition("-") for each in words.split("."))
    return {
        (int(student[:18]), int(alum[:18]))
        for student, _, alum in pairs
        if student.isdecimal() and alum.isdecimal()
    }
