"""The demo's cohort: 12 members and 300 alumni, the same each time; everybody is made up.

Ana has just come: she knows nobody and has not opted in.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from whenever import Instant, Time

from adapters.web.cast import SURFACE, WORKSPACE, Persona
from bot.domain.cadence import at_local
from bot.domain.cohort import Account, Cohort, Member, Role, Workspace
from bot.domain.events import Event, Going
from bot.domain.people import Alum, Contact, ContactKind, Standing
from bot.domain.talks import CheckIn, Talk
from bot.domain.weeks import monday_of
from bot.ports import Store, Stores

SEED = 1919
ALUMNI = 300
CHANNEL = "spring-cohort"

CAST = (
    Persona("ana", "Ana Ruiz", "student, new here", "America/Chicago", tone=0),
    Persona("ben", "Ben Okafor", "classmate", "America/Chicago", tone=2),
    Persona("mei", "Mei Tanaka", "classmate, in Vancouver", "America/Vancouver", tone=3),
    Persona("hannah", "Hannah Vogel", "organiser", "America/Chicago", admin=True, tone=4),
)
"""Who can be been in the playground."""

CLASSMATES = (
    ("Luca Ferraro", "Europe/Rome"), ("Priya Nair", "Asia/Kolkata"),
    ("Samuel Osei", "Africa/Accra"), ("Elif Demir", "Europe/Istanbul"),
    ("Noah Bergström", "Europe/Stockholm"), ("Camila Duarte", "America/Sao_Paulo"),
    ("Jamal Whitaker", "America/New_York"), ("Hana Kobayashi", "Asia/Tokyo"),
)  # fmt: skip

SAID_IN_CHANNEL = (
    ("hannah", "Welcome, everybody! Say hi to Snowball in your own chat with it; it is private."),
    ("ben", "Had my first talk yesterday. Twenty minutes are over before you know it."),
    ("mei", "Same! She gave me two more names without my asking."),
)
"""What the class has said so far: (key, words)."""

TALKED = (
    ("ben", "Renee Calder", "Brand Manager", "Pinecrest Foods", "Marketing", 9,
     "Keep a list of campaigns you admire, and say why in one sentence each.",
     "How a launch is planned, and how little of it is about advertising."),
    ("ben", "Otis Farrow", "Media Planner", "Agency Dunmore", "Advertising", 23,
     "Learn to read a budget before you learn to write a slogan.",
     "Agencies hire from people they have already met."),
    ("mei", "Ingrid Solheim", "UX Researcher", "Lantern Studio", "UX and interface design", 5,
     "Watch five people use something you made. You will learn more than in a course.",
     "She came to research from psychology; the field likes detours."),
    ("mei", "Professor Aldous Kerr", "Professor", "our own school", "Sociology", 30,
     "Write to the people whose papers you cite.", "Asked me what I would do for free."),
)  # fmt: skip
"""Talks: who, with whom, title, company, field, days ago, the tip, the takeaways."""

TEAM_GOAL, THURSDAY = 20, 4
HOPED_FOR = (
    ("ben", "Sofia Marchetti", "Brand Manager", "Kestrel Media", "Marketing", Standing.ASKED,
     "Renee Calder"),
    ("ben", "Uncle Femi", "Shop owner", "", "Retail", Standing.TO_ASK, ""),
    ("mei", "Gareth Pugh", "Design Lead", "Heron House", "Design", Standing.BOOKED,
     "Ingrid Solheim"),
    ("mei", "Rosalind Achebe", "Service Designer", "Quay Works", "Design", Standing.TO_ASK,
     "Ingrid Solheim"),
)  # fmt: skip
"""People on their lists, the last by whom their name was given."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The file of names, employers and jobs."""

    regions: list[dict[str, Any]]
    employers: dict[str, list[str]]
    jobs: list[dict[str, Any]]


def furnish(stores: Stores, now: Instant) -> Cohort:
    """The demo's cohort, made if it is not there yet."""
    there = stores.workspace(SURFACE, WORKSPACE)
    if there is not None:
        return next(each for each in stores.cohorts() if each.id == there.cohort_id)
    began = now.subtract(hours=24 * 35)
    cohort = stores.add_cohort(Cohort(name="Spring cohort", created=began, team_goal=TEAM_GOAL))
    with stores.writing(cohort.id) as store:
        _furnish(store, now)
    return cohort


def _furnish(store: Store, now: Instant) -> None:
    workspace = store.add(
        Workspace(
            cohort_id=store.cohort_id,
            surface=SURFACE,
            external_id=WORKSPACE,
            name="Playground",
            channel="channel",
        )
    )
    members = {each.key: _member(store, workspace, each, now) for each in _everybody()}
    store.add_all(list(alumni(store.cohort_id, now)))
    _what_they_did(store, members, now)
    _what_is_on(store, members, now)


def _everybody() -> Iterator[Persona]:
    yield from CAST
    for name, zone in CLASSMATES:
        yield Persona(name.split()[0].lower(), name, zone=zone)


def _member(store: Store, workspace: Workspace, of: Persona, now: Instant) -> Member:
    is_new = of.key == "ana"
    joined = now.subtract(hours=1) if is_new else now.subtract(hours=24 * 30)
    member = store.add(
        Member(
            cohort_id=store.cohort_id,
            name=of.name,
            role=Role.ORGANISER if of.admin else Role.STUDENT,
            zone=of.zone,
            joined=joined,
            opted_in=None if is_new or of.admin else joined,
            pairs_every=int(of.key == "mei"),
        )
    )
    store.add(
        Account(
            cohort_id=store.cohort_id,
            member_id=member.id,
            workspace_id=workspace.id,
            surface=SURFACE,
            external_id=of.key,
            name=of.name,
            last_used=joined,
            admin=of.admin,
        )
    )
    return member


def _what_they_did(store: Store, members: dict[str, Member], now: Instant) -> None:
    """Two busy classmates, and a few check-ins of everybody but Ana and the organiser."""
    talked_with: dict[str, Contact] = {}
    for key, name, title, company, field, days, tip, takeaways in TALKED:
        contact = _contact(
            store, members[key], (name, title, company, field), Standing.THANKED, now
        )
        talked_with[name] = contact
        logged = now.subtract(hours=24 * days)
        store.add(
            Talk(
                cohort_id=store.cohort_id,
                member_id=members[key].id,
                contact_id=contact.id,
                held=logged.to_tz(members[key].zone).date(),
                logged=logged,
                takeaways=takeaways,
                tip=tip,
                thanked=logged.add(hours=20),
                fit="nearer",
            )
        )
    for key, name, title, company, field, standing, by in HOPED_FOR:
        hoped_for = _contact(store, members[key], (name, title, company, field), standing, now)
        if by:
            store.save(replace(hoped_for, referred_by=talked_with[by].id))
    random = Random(SEED)
    for key, member in members.items():
        if key not in ("ana", "hannah"):
            _check_ins(store, member, now, random)


def _what_is_on(store: Store, members: dict[str, Member], now: Instant) -> None:
    """An evening to go to, to which two classmates go."""
    hannah = members["hannah"]
    today = now.to_tz(hannah.zone).date()
    thursday = today.add(days=(THURSDAY - today.day_of_week().value - 1) % 7 + 1)
    event = store.add(
        Event(
            cohort_id=store.cohort_id,
            maker_id=hannah.id,
            name="Careers Night",
            at=at_local(thursday, Time(18), hannah.zone),
            minutes=120,
            zone=hannah.zone,
            place="Library, second floor",
            about="Twelve alumni, a table each, and cookies.",
            made=now.subtract(hours=24 * 3),
        )
    )
    for key in ("ben", "mei"):
        store.add(
            Going(
                cohort_id=store.cohort_id,
                event_id=event.id,
                member_id=members[key].id,
                said=now.subtract(hours=24 * 2),
            )
        )


def _contact(
    store: Store, owner: Member, who: tuple[str, str, str, str], standing: Standing, now: Instant
) -> Contact:
    name, title, company, field = who
    kind = ContactKind.FAMILY if name.startswith("Uncle") else ContactKind.HEARD_OF
    kind = ContactKind.PROFESSOR if name.startswith("Professor") else kind
    return store.add(
        Contact(
            cohort_id=store.cohort_id,
            owner_id=owner.id,
            name=name,
            title=title,
            company=company,
            field=field,
            kind=kind,
            standing=standing,
            added=now.subtract(hours=24 * 31),
        )
    )


def _check_ins(store: Store, member: Member, now: Instant, random: Random) -> None:
    for weeks_ago in (4, 3, 2):
        week = monday_of(now.to_tz(member.zone).date()).subtract(weeks=weeks_ago)
        store.add(
            CheckIn(
                cohort_id=store.cohort_id,
                member_id=member.id,
                week=week,
                asks=random.randrange(4),
                talks=random.randrange(3),
                mood=random.choice(("up", "up", "so", "down")),
                answered=now.subtract(hours=24 * 7 * (weeks_ago - 1)),
            )
        )


def alumni(cohort_id: int, now: Instant) -> Iterator[Alum]:
    """300 alumni of many fields and countries; some paused, one who did not agree to be listed."""
    words = _words()
    random = Random(SEED)
    weights = [region["weight"] for region in words.regions]
    chances = [job["many"] for job in words.jobs]
    names: set[str] = set()
    year = now.to_tz("UTC").year
    while len(names) < ALUMNI:
        region = random.choices(words.regions, weights)[0]
        name = f"{random.choice(region['first'])} {random.choice(region['last'])}"
        job = random.choices(words.jobs, chances)[0]
        if name in names:
            continue
        names.add(name)
        yield Alum(
            cohort_id=cohort_id,
            external_id=f"SB{len(names):04}",
            name=name,
            email=f"alum{len(names):04}@example.org",
            title=random.choice(job["titles"]),
            company=_employer(words, job["employer"], random),
            field=job["field"],
            city=random.choice(region["cities"]),
            country=region["country"],
            class_year=year - random.randrange(1, 28),
            asks_per_month=random.choice((None, None, None, 1, 2, 3)),
            consent=len(names) != 13,
            paused=len(names) % 23 == 0,
            imported=now.subtract(hours=24 * 33),
        )


def _employer(words: _Words, kind: str, random: Random) -> str:
    made = random.choice(words.employers[kind])
    return made.format(**{part: random.choice(words.employers[part]) for part in "abc"})


def _words() -> _Words:
    kept = tomllib.loads(Path(__file__).with_name("demo_words.toml").read_text(encoding="utf-8"))
    return _Words(kept["regions"], kept["employers"], kept["jobs"])
