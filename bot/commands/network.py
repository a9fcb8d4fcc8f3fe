"""Whom should I meet? A short form, then people in the order of the practice (FEATURES K1)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.asking import held_until
from bot.command import Ask, command
from bot.commands.contact import kept
from bot.commands.network_words import after, knows_somebody, nobody_yet, row, welcomed
from bot.context import Context
from bot.domain.etiquette import is_executive
from bot.domain.meeting_people import (
    Acquaintance,
    Candidate,
    Reason,
    acquaintances,
    contrasting,
    in_order,
    is_unsure,
)
from bot.domain.people import Alum, Contact, ContactKind, Standing
from bot.domain.sharing import at_first
from bot.event_hints import event_first
from bot.invocation import call
from bot.parameters import FieldWords, LongText
from bot.people_kinds import called, contacts_of
from bot.ports import AlumHit, AlumQuery
from bot.reply import (
    Answer,
    Buttons,
    Listing,
    Note,
    Paragraph,
    Part,
    Reply,
    Title,
    answer,
    button,
    joined,
    text,
)

SEARCHED = 25
"""Alumni looked at."""
MOST = {Reason.KNOWN: 5, Reason.FIELD: 4, Reason.NEAR: 3, Reason.LEADER: 2}
"""People shown for each reason, of the list and of the directory: few enough to begin with."""


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    me = ctx.member
    return {"interests": me.interests, "field": me.field, "ten_years": me.ten_years}


@command(
    "network start",
    "Whom should I meet? Begin here.",
    title="Whom should I meet?",
    submit="Show me",
    note="Only you can read this. No strangers yet: who already knows you comes first.",
    prefill=_present,
)
def start(
    ctx: Context,
    interests: Annotated[
        str | None, "what you like doing, or want to know more of", Ask.BOTH
    ] = None,
    field: Annotated[
        FieldWords | None, "the field you are curious about; “not sure yet” is fine", Ask.BOTH
    ] = None,
    ten_years: Annotated[
        LongText | None, "where you would like to be in ten years", Ask.FORM
    ] = None,
    known: Annotated[
        LongText | None,
        "who already knows you and works: an aunt, a coach, an old manager?",
        Ask.FORM,
    ] = None,
) -> Reply:
    """Everything is optional; whoever is not sure of a field gets three to look at."""
    unsure = is_unsure(field or "")
    met = [_met_before(ctx, each) for each in acquaintances(known or "")]
    new = list({each.id: each for each in met}.values())
    dream = ten_years or "" if "ten_years" in ctx.given else ctx.member.ten_years
    chosen = "" if unsure else field or ""
    likes = interests or "" if "interests" in ctx.given else ctx.member.interests
    field_now = chosen or ctx.member.field
    ctx.store.save(replace(ctx.member, interests=likes, ten_years=dream, field=field_now))
    if unsure:
        return _directions(ctx, likes, dream, new)
    return _proposed(ctx, chosen, new)


def _met_before(ctx: Context, person: Acquaintance) -> Contact:
    """Somebody they know, on the list; who is there already is not added twice."""
    there = [each for each in contacts_of(ctx) if called(person.name, each)]
    if len(there) == 1:
        return there[0]
    return ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=ctx.member.id,
            name=person.name[:200],
            company=person.company[:200],
            title=person.title[:200],
            kind=person.kind,
            sharing=at_first(ctx.member.share_as, person.kind),
            added=ctx.now,
        )
    )


@command("network unsure", "Three fields to look at.", listed=False, reads=True)
def unsure(ctx: Context, interests: Annotated[str | None, "", Ask.HIDDEN] = None) -> Reply:
    """For whoever is not sure yet, or not any more."""
    likes = interests or ctx.member.interests or ctx.member.field
    return _directions(ctx, likes, ctx.member.ten_years, [])


def _directions(ctx: Context, likes: str, dream: str, new: list[Contact]) -> Answer:
    fields = contrasting(ctx.content.fields_for(ctx.cohort), likes, dream)
    names = joined([text("*{label}*", label=each.label) for each in fields], ", ")
    said = [Paragraph(welcomed(new))] if new else []
    return answer(
        *said,
        text(
            "Not sure is where most people begin. Here are three unlike each other: {names}. "
            "One talk in each tells you more than a month of reading.",
            names=names,
        ),
        Buttons(
            tuple(
                button(text("{label}", label=each.label), call("network pick", field=each.label))
                for each in fields
            )
        ),
        *knows_somebody(ctx),
    )


@command("network pick", "People to meet in a field.", listed=False)
def pick(ctx: Context, field: Annotated[FieldWords, "", Ask.HIDDEN]) -> Reply:
    """A direction to try, kept as the field they are curious about."""
    ctx.store.save(replace(ctx.member, field=field))
    return _proposed(ctx, field, [])


def _proposed(ctx: Context, field: str, new: list[Contact]) -> Answer:
    hits = ctx.store.alumni(
        AlumQuery(
            field=field,
            per_page=SEARCHED,
            default_asks=ctx.cohort.numbers.alum_asks_a_month,
            cool_down_days=ctx.cohort.numbers.cool_down_days,
            now=ctx.now,
        )
    )
    mine = contacts_of(ctx)
    held = held_until(ctx, [hit.alum for hit in (*hits.ranked, *hits.adjacent)])
    found = tuple(hit for hit in (*hits.ranked, *hits.adjacent) if hit.alum.id not in held)
    order = in_order((*_listed(mine), *_alumni(found, mine)))
    shown = _few(order)
    if not shown:
        return nobody_yet(ctx)
    parts: list[Part] = [Paragraph(welcomed(new))] if new else []
    parts += event_first(ctx)
    parts.append(Title(text("Whom to meet first")))
    parts.append(Listing(tuple(row(mine, found, each, why) for each, why in shown)))
    parts += after(ctx, field, shown)
    if any(is_executive(hit.alum.title) for hit in found):
        parts.append(
            Note(text("Those who lead a company come later, once somebody introduces you."))
        )
    return answer(*parts)


def _listed(mine: list[Contact]) -> list[Candidate]:
    """Who is on the list and still to be asked."""
    names = {each.id: each.name for each in mine}
    return [
        Candidate(
            id=each.id,
            name=each.name,
            listed=True,
            leads=is_executive(each.title),
            known=each.kind not in (ContactKind.ALUM, ContactKind.HEARD_OF),
            introduced_by=names.get(each.will_introduce or each.referred_by or 0, ""),
        )
        for each in mine
        if each.standing is Standing.TO_ASK and not each.do_not_contact
    ]


def _alumni(hits: tuple[AlumHit, ...], mine: list[Contact]) -> list[Candidate]:
    """Who is found in the directory and is not on the list."""
    there = {each.alum_id for each in mine}
    return [
        Candidate(
            id=hit.alum.id, name=hit.alum.name, leads=is_executive(hit.alum.title), near=hit.near
        )
        for hit in hits
        if hit.alum.id not in there
    ]


def _few(order: list[tuple[Candidate, Reason]]) -> list[tuple[Candidate, Reason]]:
    """A handful for each reason, of the list and of the directory."""
    taken: Counter[tuple[Reason, bool]] = Counter()
    shown: list[tuple[Candidate, Reason]] = []
    for each, why in order:
        if taken[why, each.listed] < MOST[why]:
            taken[why, each.listed] += 1
            shown.append((each, why))
    return shown


@command("network add", "Keep several people of the directory.", listed=False)
def add(ctx: Context, alums: Annotated[str, "", Ask.HIDDEN]) -> Reply:
    """One press for all that were proposed, in that order; who knows them is asked first (K1)."""
    wanted = tuple(int(each[:18]) for each in alums.split(".")[:SEARCHED] if each.isdecimal())
    found = ctx.store.find(Alum, id=wanted, consent=True, do_not_contact=False)
    found.sort(key=lambda each: wanted.index(each.id))
    people = [kept(ctx, each) for each in found]
    if not people:
        return answer(
            text("They are not in the directory any more."),
            Buttons((button("Find alumni", call("alum find")),)),
        )
    names = joined([text("*{n}*", n=each.name) for each in people], ", ")
    first = next((each for each, _ in in_order(_listed(contacts_of(ctx)))), people[0])
    return answer(
        text("On your list: {names}. Ask one of them this week; one is enough.", names=names),
        Buttons(
            (
                button(
                    text("Ask {name}", name=first.name),
                    call("ask draft", person=first.id),
                    style="main",
                ),
                button("My people", call("contact list")),
            )
        ),
    )
