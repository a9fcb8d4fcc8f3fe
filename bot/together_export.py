"""What a member did with the class, for their own file: partners, events, and an alum for a term.

Others are there by the name that the member was told, and by nothing else.
"""

from dataclasses import dataclass

from whenever import Date, Instant

from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.events import Event, Going
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing, Partnership
from bot.domain.people import Alum


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPairing:
    """A week's practice."""

    week: Date
    partners: str
    met: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPartnership:
    """An alum proposed for a term. What they said is there once it was told."""

    alum: str
    proposed: Instant
    my_answer: str
    their_answer: str
    until: Date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyEvent:
    """An event about which the member said something."""

    name: str
    at: Instant
    place: str
    going: bool
    went: bool | None


def pairings_of(ctx: Context) -> list[MyPairing]:
    """Every week with or without a partner."""
    found = [
        each for each in ctx.store.find(Pairing, order="week") if ctx.member.id in members_of(each)
    ]
    return [MyPairing(week=each.week, partners=_names(ctx, each), met=each.met) for each in found]


def _names(ctx: Context, pairing: Pairing) -> str:
    others = [ctx.store.get(Member, each) for each in members_of(pairing) if each != ctx.member.id]
    return ", ".join(each.name for each in others if each is not None)


def partnerships_of(ctx: Context) -> list[MyPartnership]:
    """Every proposal to this student."""
    rows = []
    for each in ctx.store.find(Partnership, student_id=ctx.member.id):
        alum = ctx.store.get(Alum, each.alum_id)
        rows.append(
            MyPartnership(
                alum=alum.name if alum is not None else "",
                proposed=each.proposed,
                my_answer=each.student_said,
                their_answer=each.alum_said,
                until=each.until,
            )
        )
    return rows


def events_of(ctx: Context) -> list[MyEvent]:
    """Every event that they said yes or no to."""
    rows = []
    for said in ctx.store.find(Going, member_id=ctx.member.id):
        event = ctx.store.get(Event, said.event_id)
        if event is not None:
            rows.append(
                MyEvent(
                    name=event.name,
                    at=event.at,
                    place=event.place,
                    going=said.going,
                    went=said.went,
                )
            )
    return rows
