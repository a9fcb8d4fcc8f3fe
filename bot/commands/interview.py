"""Talks that were had: log one in under a minute, and look back (FEATURES D1, D5, E1, E2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date

from bot.command import Ask, command
from bot.commands import thanks
from bot.context import Context
from bot.domain.people import Contact, ContactKind, Standing
from bot.domain.promises import split_names, split_promises
from bot.domain.talks import Promise, Talk
from bot.forms import rest_of
from bot.invocation import Call, call
from bot.parameters import LongText, NumberKind
from bot.people_kinds import Newcomer, called, contacts_of
from bot.refusal import BadValueError, refuse
from bot.reply import (
    Button,
    Buttons,
    Day,
    Listing,
    Paragraph,
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
from bot.time_kinds import DayKind

PAGE = 10
PRIVATE = "Only you can read this. Organisers see counts, not words."
FITS = {"nearer": "Nearer", "further": "Further away", "unsure": "Not sure"}


@command("interview log", "Write down a talk you had.", title="Log a talk", note=PRIVATE)
def log(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "whom you talked to"],
    takeaways: Annotated[LongText | None, "what you learned", Ask.FORM] = None,
    tip: Annotated[str | None, "the one piece of advice you will thank them for", Ask.BOTH] = None,
    names: Annotated[str | None, "one or two people they said you should meet", Ask.BOTH] = None,
    promises: Annotated[
        LongText | None, "what you said you would do, such as “send my CV by Friday”", Ask.FORM
    ] = None,
    thanked: Annotated[bool | None, "have you thanked them already?", Ask.FORM] = None,
    held: Annotated[Date | None, "the day you talked", Ask.OPTION, DayKind("past")] = None,
) -> Reply:
    """Everything but the person is optional; a name that is new becomes a contact."""
    day = held or ctx.today
    if day > ctx.today:
        raise refuse("{day} is still to come. Log the talk once you have had it.", day=Day(day))
    contact = _met(ctx, person)
    talk = ctx.store.add(
        Talk(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            contact_id=contact.id,
            held=day,
            logged=ctx.now,
            takeaways=takeaways or "",
            tip=tip or "",
            thanked=ctx.now if thanked else None,
        )
    )
    if thanked:
        ctx.store.save(replace(contact, standing=Standing.THANKED))
    met = _introduced(ctx, contact, names or "")
    kept, unread = _promised(ctx, talk, promises or "")
    planned = None if thanked else thanks.plan(ctx, talk)
    return _logged(ctx, contact, talk, met, kept, unread, planned)


def _met(ctx: Context, person: Contact | Newcomer) -> Contact:
    if isinstance(person, Newcomer):
        return ctx.store.add(
            Contact(
                cohort_id=ctx.cohort.id,
                owner_id=ctx.member.id,
                name=person.name,
                standing=Standing.MET,
                added=ctx.now,
            )
        )
    met = replace(person, standing=Standing.MET)
    ctx.store.save(met)
    return met


def _introduced(ctx: Context, by: Contact, names: str) -> list[Contact]:
    """Names given become contacts that remember who gave them (FEATURES E1)."""
    mine = contacts_of(ctx)
    made: list[Contact] = []
    for name, extra in split_names(names):
        there = [each for each in mine if called(name, each)]
        if by.id in [each.id for each in there]:
            continue
        if len(there) == 1:
            known = there[0]
            if known.referred_by is None:
                known = replace(known, referred_by=by.id)
                ctx.store.save(known)
            made.append(known)
            continue
        made.append(
            ctx.store.add(
                Contact(
                    cohort_id=ctx.cohort.id,
                    owner_id=ctx.member.id,
                    name=name[:200],
                    company=extra[:200],
                    kind=ContactKind.HEARD_OF,
                    referred_by=by.id,
                    field=by.field,
                    added=ctx.now,
                )
            )
        )
    return made


def _promised(ctx: Context, talk: Talk, words: str) -> tuple[list[Promise], list[str]]:
    """The promises kept, and the dates in them that could not be read."""
    kept: list[Promise] = []
    unread: list[str] = []
    for each in split_promises(words):
        due = None
        if each.when:
            try:
                due = DayKind("future").parse(each.when, ctx)
            except BadValueError:
                unread.append(each.when)
        what = each.what if due is not None or not each.when else f"{each.what} ({each.when})"
        kept.append(
            ctx.store.add(
                Promise(
                    cohort_id=ctx.cohort.id,
                    talk_id=talk.id,
                    member_id=ctx.member.id,
                    words=what,
                    due=due,
                )
            )
        )
    return kept, unread


def _logged(
    ctx: Context,
    contact: Contact,
    talk: Talk,
    met: list[Contact],
    kept: list[Promise],
    unread: list[str],
    planned: Text | None,
) -> Reply:
    said: list[Part] = [
        Paragraph(
            text("Logged: your talk with *{name}*, {day}.", name=contact.name, day=Day(talk.held))
        )
    ]
    if met:
        new = joined([text("*{n}*", n=each.name) for each in met], " and ")
        said.append(
            Paragraph(
                text("{new} joined your list, suggested by {name}.", new=new, name=contact.name)
            )
        )
    else:
        said.append(
            Paragraph(
                text("No new name this time? “Who else should I talk to?” fits into a thank-you.")
            )
        )
    said += [_echo(each) for each in kept]
    if unread:
        said.append(
            Paragraph(
                text(
                    "I could not read the date in “{when}”; I kept the words.",
                    when="”, “".join(unread),
                )
            )
        )
    if planned is not None:
        said.append(Paragraph(planned))
    said.append(Buttons(_after(ctx, contact, talk, met)))
    said.append(Paragraph(text("Did this talk bring the field nearer to you?")))
    said.append(
        Buttons(
            tuple(
                button(Text(label), call("interview fit", talk=talk.id, fit=fit))
                for fit, label in FITS.items()
            )
        )
    )
    return answer(*said)


def _echo(promise: Promise) -> Paragraph:
    if promise.due is None:
        return Paragraph(text("Promised: {words}.", words=promise.words))
    return Paragraph(
        text("Promised: {words}, by {day}.", words=promise.words, day=Day(promise.due))
    )


def _after(ctx: Context, contact: Contact, talk: Talk, met: list[Contact]) -> tuple[Button, ...]:
    found: list[Button] = []
    if ctx.left_out:
        found.append(button("Add the rest", rest_of("interview more", ctx.left_out, talk=talk.id)))
    if talk.thanked is None:
        found.append(button("Thank-you draft", call("thanks draft", talk=talk.id), style="main"))
        found.append(button("Already thanked", call("thanks sent", talk=talk.id)))
    found += [
        button(text("Write to {name}", name=each.name), call("ask draft", person=each.id))
        for each in met[:2]
    ]
    if ctx.member.zone and not ctx.member.hears:
        found.append(button("Remind me of things", call("settings start")))
    del contact
    return tuple(found)


def _talk(ctx: Context, number: int) -> tuple[Talk, Contact]:
    """The member's own talk and its person. Raises a refusal."""
    talk = ctx.store.get(Talk, number)
    contact = ctx.store.get(Contact, talk.contact_id) if talk is not None else None
    if talk is None or contact is None or talk.member_id != ctx.member.id:
        raise refuse("That talk is not in your log any more.")
    return talk, contact


@command("interview fit", "Whether a talk brought the field nearer.", listed=False)
def fit(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    fit: Annotated[str, "", Ask.HIDDEN],
) -> Reply:
    """Private; may be changed by pressing another."""
    found, _person = _talk(ctx, talk)
    if fit not in FITS:
        raise refuse("Nearer, further away, or not sure?")
    ctx.store.save(replace(found, fit=fit))
    because = button("Say why", call("interview because", talk=talk))
    return answer(text("Noted, for you alone: {fit}.", fit=FITS[fit].lower()), Buttons((because,)))


def _because(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = ctx.store.get(Talk, given.get("talk", 0))
    mine = talk is not None and talk.member_id == ctx.member.id
    return {"because": talk.fit_because} if talk is not None and mine else {}


@command(
    "interview because",
    "Why a talk brought the field nearer or further.",
    listed=False,
    title="What did you notice?",
    note=PRIVATE,
    prefill=_because,
)
def because(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    because: Annotated[LongText | None, "because…", Ask.FORM] = None,
) -> Reply:
    """A sentence for later."""
    found, _person = _talk(ctx, talk)
    ctx.store.save(replace(found, fit_because=because or ""))
    return answer(text("Kept. You will see it beside this talk in `/interview list`."))


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = ctx.store.get(Talk, given.get("talk", 0))
    if talk is None or talk.member_id != ctx.member.id:
        return {}
    return {"takeaways": talk.takeaways, "tip": talk.tip}


@command(
    "interview more",
    "Add to a talk that is logged.",
    listed=False,
    title="Add to a talk",
    note=PRIVATE,
    prefill=_present,
)
def more(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    takeaways: Annotated[LongText | None, "what you learned", Ask.FORM] = None,
    tip: Annotated[str | None, "the advice you will thank them for", Ask.FORM] = None,
    names: Annotated[str | None, "people they said you should meet", Ask.FORM] = None,
    promises: Annotated[LongText | None, "what else you said you would do", Ask.FORM] = None,
    thanked: Annotated[bool | None, "have you thanked them already?", Ask.FORM] = None,
) -> Reply:
    """Words replace, names and promises are added."""
    found, contact = _talk(ctx, talk)
    words = {"takeaways": takeaways, "tip": tip}
    changed: dict[str, Any] = {key: value or "" for key, value in words.items() if key in ctx.given}
    if thanked and found.thanked is None:
        changed["thanked"] = ctx.now
        ctx.store.save(replace(contact, standing=Standing.THANKED))
    saved = replace(found, **changed)
    ctx.store.save(saved)
    met = _introduced(ctx, contact, names or "")
    kept, _unread = _promised(ctx, saved, promises or "")
    said: list[Part] = [Paragraph(text("Your talk with {name} is up to date.", name=contact.name))]
    if met:
        new = joined([text("*{n}*", n=each.name) for each in met], " and ")
        said.append(Paragraph(text("{new} joined your list.", new=new)))
    said += [_echo(each) for each in kept]
    return answer(*said)


@command("interview list", "Look back at your talks.", reads=True)
def listing(
    ctx: Context,
    person: Annotated[Contact | None, "talks with one person only"] = None,
    page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1,
) -> Reply:
    """The newest first, with the people who are on the list now."""
    people = {each.id: each for each in contacts_of(ctx)}
    whom = (person.id,) if person else tuple(people)
    talks = ctx.store.find(Talk, member_id=ctx.member.id, contact_id=whom, order="-held")
    if not talks:
        return answer(
            text("No talks yet. The first one is the hardest, and it is twenty minutes."),
            Buttons(
                (
                    button("Find alumni", call("alum find"), style="main"),
                    button(
                        "Log a talk", call("interview log", person=person.id if person else None)
                    ),
                )
            ),
        )
    page = min(page, -(-len(talks) // PAGE))
    shown = talks[(page - 1) * PAGE : page * PAGE]
    rows = tuple(_row(each, people[each.contact_id]) for each in shown)
    title = Title(text("Your talks: {count}", count=len(talks)))
    return answer(title, Listing(rows), *_turning(person, page, len(talks)))


def _turning(person: Contact | None, page: int, total: int) -> list[Buttons]:
    """To the pages before and after."""

    def to(other: int) -> Call:
        return call("interview list", page=other, person=person.id if person else None)

    found: list[Button] = []
    if page > 1:
        found.append(button("Previous", to(page - 1), replaces=True))
    if page * PAGE < total:
        found.append(button("Next", to(page + 1), replaces=True))
    return [Buttons(tuple(found))] if found else []


def _row(talk: Talk, person: Contact) -> Row:
    said = [text("“{tip}”", tip=talk.tip)] if talk.tip else []
    if talk.fit:
        said.append(text("{fit}", fit=FITS[talk.fit].lower()))
    if talk.fit_because:
        said.append(text("because {why}", why=talk.fit_because))
    said.append(text("thanked") if talk.thanked else text("_not thanked yet_"))
    buttons = [button("Change", call("interview more", talk=talk.id))]
    if talk.thanked is None:
        buttons.insert(0, button("Thank them", call("thanks draft", talk=talk.id)))
    return Row(
        text("*{name}*, {day}", name=person.name, day=Day(talk.held)),
        joined(said, " · "),
        tuple(buttons),
        PersonRef(person.id, person.name),
    )
