"""The alumni directory: find somebody in a field, and look at one (FEATURES A2, A3)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from whenever import Instant

from bot.asking import held_until
from bot.command import Ask, command
from bot.context import Context
from bot.domain.people import Alum, Contact, Standing
from bot.invocation import call
from bot.parameters import FieldWords, NumberKind
from bot.ports import AlumHit, AlumHits, AlumQuery
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Fact,
    Facts,
    Link,
    Listing,
    Moment,
    Note,
    Part,
    PersonRef,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    joined,
    text,
)
from bot.shared_rows import class_parts

PAGE = 10
YEAR = NumberKind(1900, 2100)


@command(
    "alum find",
    "Find alumni by field, place, employer or year.",
    reads=True,
    submit="Find",
    title="Find alumni",
    note="Nobody sees what you look for.",
)
def find(
    ctx: Context,
    field: Annotated[FieldWords | None, "a field, in your own words", Ask.BOTH] = None,
    place: Annotated[str | None, "a city or country", Ask.BOTH] = None,
    company: Annotated[str | None, "an employer", Ask.BOTH] = None,
    year: Annotated[int | None, "their graduation year", Ask.BOTH, YEAR] = None,
    major: Annotated[str | None, "what they studied", Ask.BOTH] = None,
    page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1,
) -> Reply:
    """Most available first; neighbouring fields follow and say that they are; ten a page."""
    if not (field or place or company or year or major):
        raise refuse("Tell me at least one thing to look for, such as a field.")
    query = AlumQuery(
        field=field or "",
        place=place or "",
        company=company or "",
        major=major or "",
        year=year,
        page=page,
        per_page=PAGE,
        default_asks=ctx.cohort.numbers.alum_asks_a_month,
        cool_down_days=ctx.cohort.numbers.cool_down_days,
        now=ctx.now,
    )
    hits = _ten(ctx, query)
    known = class_parts(ctx, query)
    if not hits.total and not hits.total_adjacent:
        nobody = _nobody(ctx, query)
        return Answer((*nobody.parts[:1], *known, *nobody.parts[1:]))
    kept = _kept(ctx, (each.alum for each in (*hits.ranked, *hits.adjacent)))
    later = held_until(ctx, [each.alum for each in (*hits.ranked, *hits.adjacent)])
    parts: list[Part] = [Title(_heading(query, hits))]
    if hits.ranked:
        parts.append(Listing(tuple(_row(each, kept, later) for each in hits.ranked)))
    if hits.adjacent:
        parts.append(Title(text("In neighbouring fields")))
        parts.append(Listing(tuple(_row(each, kept, later) for each in hits.adjacent)))
    parts += (*_pages(query, hits), *known)
    to_ask = [each for each in (*hits.ranked, *hits.adjacent) if each.alum.id not in kept]
    if not to_ask:
        parts.append(Buttons((button("Try other words", call("alum find")),)))
    return Answer(tuple(parts))


def _ten(ctx: Context, query: AlumQuery) -> AlumHits:
    """A page of ten in all: those of the field, and where they end, those of its neighbours."""
    begin = (query.page - 1) * PAGE
    first = ctx.store.alumni(replace(query, page=1))  # only its totals are exact beyond the end

    def at(page: int) -> AlumHits:
        return first if page == 1 else ctx.store.alumni(replace(query, page=page))

    ranked = at(query.page).ranked if begin < first.total else ()
    skip, room = max(0, begin - first.total), PAGE - len(ranked)
    if skip >= first.total_adjacent or not room:
        return replace(first, ranked=ranked, adjacent=())
    near = at(skip // PAGE + 1).adjacent
    if skip % PAGE + room > PAGE:
        near += at(skip // PAGE + 2).adjacent
    return replace(first, ranked=ranked, adjacent=near[skip % PAGE : skip % PAGE + room])


def _words(query: AlumQuery) -> Text:
    said = [
        (query.field, text("{v}", v=query.field)),
        (query.place, text("in {v}", v=query.place)),
        (query.company, text("at {v}", v=query.company)),
        (query.year, text("of the class of {v}", v=str(query.year))),
        (query.major, text("who studied {v}", v=query.major)),
    ]
    return joined([words for value, words in said if value])


def _heading(query: AlumQuery, hits: AlumHits) -> Text:
    query = _mended(query, hits)
    typed = [text("“{typed}”", typed=typed) for typed, _read in hits.mended]
    read = text(" (you typed {typed})", typed=joined(typed, ", ")) if typed else text("")
    if not hits.total:
        return text("Nobody {words} just now{read}.", words=_for(query), read=read)
    between = text(":") if query.field else text("")
    count = text("One alum") if hits.total == 1 else text("{n} alumni", n=hits.total)
    return text(
        "{count}{between} {words}{read}",
        count=count,
        between=between,
        words=_words(query),
        read=read,
    )


def _for(query: AlumQuery) -> Text:
    """ "for marketing in Berlin", but "at Acme"."""
    if query.field:
        return text("for {words}", words=_words(query))
    return _words(query)


def _mended(query: AlumQuery, hits: AlumHits) -> AlumQuery:
    """The search in the words that were understood."""
    field = query.field
    for typed, read in hits.mended:
        field = re.sub(re.escape(typed), lambda _, read=read: read, field, flags=re.IGNORECASE)
    return replace(query, field=field)


def _row(hit: AlumHit, kept: Mapping[int, Contact], later: Mapping[int, Instant]) -> Row:
    """``later``: who cannot be asked yet, and from when they can; never because of whom (B6)."""
    alum = hit.alum
    work = ", ".join(part for part in (alum.title, alum.company) if part)
    where = ", ".join(part for part in (alum.city, alum.country) if part)
    year = f"class of {alum.class_year}" if alum.class_year else ""
    detail = [text("{v}", v=part) for part in (where, year) if part]
    if hit.near:
        detail.append(text("_{near}_", near=hit.near))
    if alum.id in kept:
        standing = kept[alum.id].standing
        known = text("on your list: {standing}", standing=standing.value)
        detail.append(text("on your list") if standing is Standing.TO_ASK else known)
    if alum.id in later:
        detail.append(text("can be asked from {day}", day=Moment(later[alum.id], "day")))
    return Row(
        text("*{name}*, {work}", name=alum.name, work=work)
        if work
        else text("*{name}*", name=alum.name),
        joined(detail, " · ") if detail else None,
        _buttons(alum, kept, free=alum.id not in later),
        PersonRef(alum.id, alum.name, alum.external_id),
    )


def _buttons(alum: Alum, kept: Mapping[int, Contact], *, free: bool = True) -> tuple[Button, ...]:
    """Who was asked already is not asked again as a stranger: their card knows what comes next."""
    mine = kept.get(alum.id)
    if mine is not None and mine.standing is not Standing.TO_ASK:
        return (button("Show", call("contact show", person=mine.id)),)
    add = button("Add", call("contact keep", alum=alum.id))
    ask = button("Draft an ask", call("ask draft", alum=alum.id))
    return (*(() if mine is not None else (add,)), *((ask,) if free else ()))


def _kept(ctx: Context, alumni: Iterable[Alum]) -> Mapping[int, Contact]:
    """Who of them is on the student's list."""
    ids = tuple(each.id for each in alumni)
    mine = ctx.store.find(Contact, owner_id=ctx.member.id, alum_id=ids, removed=None)
    return {each.alum_id: each for each in mine if each.alum_id is not None}


def _pages(query: AlumQuery, hits: AlumHits) -> list[Part]:
    def to(page: int) -> dict[str, str | int | None]:
        return {
            "field": query.field or None,
            "place": query.place or None,
            "company": query.company or None,
            "year": query.year,
            "major": query.major or None,
            "page": page,
        }

    found: list[Button] = []
    if query.page > 1:
        found.append(button("Previous", call("alum find", **to(query.page - 1)), replaces=True))
    if query.page * PAGE < hits.total + hits.total_adjacent:
        found.append(button("Next", call("alum find", **to(query.page + 1)), replaces=True))
    return [Buttons(tuple(found))] if found else []


def _nobody(ctx: Context, query: AlumQuery) -> Answer:
    """An empty search is no dead end: fewer words, another field, or somebody they know."""
    tries = [button("Add somebody I know", call("contact add"))]
    if query.field and (query.place or query.company or query.year or query.major):
        tries.insert(
            0, button("Anywhere, any year", call("alum find", field=query.field), style="main")
        )
    if not ctx.store.first(Alum):
        return answer(
            text("The alumni directory is still empty. Start with somebody who knows you."),
            Buttons(tuple(tries)),
            Note(text("An organiser can fill it with `/cohort import`.")),
        )
    return answer(
        text("I find nobody {words} just now.", words=_for(query)),
        Buttons((*tries, button("Try other words", call("alum find")))),
    )


@command("alum show", "Show somebody of the directory.", reads=True, listed=True)
def show(ctx: Context, alum: Annotated[Alum, "the name as the directory has it"]) -> Reply:
    """What the directory says, without e-mail: the way to write to them is a draft."""
    until = held_until(ctx, [alum]).get(alum.id)
    said: list[tuple[Text, str | Link | Moment]] = [
        (text("Work"), ", ".join(part for part in (alum.title, alum.company) if part)),
        (text("Can be asked from"), Moment(until, "day") if until is not None else ""),
        (text("Field"), alum.field),
        (text("Place"), ", ".join(part for part in (alum.city, alum.country) if part)),
        (text("Studied"), alum.major),
        (text("Class of"), str(alum.class_year or "")),
        (text("Glad to talk about"), alum.topics),
        (text("Best reached"), ", ".join(part for part in (alum.channel, alum.times) if part)),
        (text("Link"), Link(alum.linkedin, alum.linkedin) if alum.linkedin else ""),
    ]
    facts = Facts(tuple(Fact(label, text("{v}", v=value)) for label, value in said if value))
    person = PersonRef(alum.id, alum.name, alum.external_id)
    head = Row(text("*{name}*", name=alum.name), person=person)
    buttons = _buttons(alum, _kept(ctx, [alum]), free=until is None)
    return answer(Listing((head,)), facts, *((Buttons(buttons),) if buttons else ()))
