"""Talks that were had: log one in under a minute, and look back (FEATURES D1, D5, E1, E2)."""

from typing import Annotated

from whenever import Date

from bot.booked import settle
from bot.command import Ask, command
from bot.commands import thanks
from bot.commands.contact_alum import maybe_same
from bot.commands.happened import held_early
from bot.commands.keeping import follow_up
from bot.commands.news import told_buttons
from bot.commands.note_sharing import share_buttons
from bot.commands.talk_more import FITS, PRIVATE
from bot.commands.talk_notes import echo, introduced, met_with, promised, unsure_name
from bot.context import Context
from bot.domain.people import Contact, Standing
from bot.domain.spelled import minutes, some_names
from bot.domain.talks import Promise, Talk
from bot.domain.wishlist import moved
from bot.forms import rest_of
from bot.invocation import Call, call
from bot.next_steps import next_steps
from bot.parameters import LongText, NumberKind
from bot.people_kinds import Newcomer, contacts_of
from bot.refusal import refuse
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
from bot.team import win_buttons
from bot.time_kinds import DayKind

PAGE = 10


@command(
    "interview log",
    "Write down a talk you had.",
    title="Log a talk",
    titled="Your talk with {name}",
    note=PRIVATE,
)
def log(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "whom you talked to"],
    takeaways: Annotated[LongText | None, "what you learned", Ask.FORM] = None,
    tip: Annotated[str | None, "the one piece of advice you will thank them for", Ask.BOTH] = None,
    names: Annotated[str | None, "whom they said you should meet", Ask.BOTH] = None,
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
    contact = met_with(ctx, person)
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
        ctx.store.save(moved(contact, Standing.THANKED))
    met = introduced(ctx, contact, names or "")
    kept, unread = promised(ctx, talk, promises or "")
    planned = None if thanked else thanks.plan(ctx, talk)
    follow_up(ctx, contact, kept)
    early = settle(ctx, contact, day)
    said = [*_kept(ctx, contact, talk, met, kept, unread, planned), *held_early(early)]
    said += unsure_name(contact, names or "")
    for each in (contact, *met):
        said += maybe_same(ctx, each) if each.added == ctx.now else []
    return answer(*said, *_what_next(ctx, contact, talk, met))


def _kept(
    ctx: Context,
    contact: Contact,
    talk: Talk,
    met: list[Contact],
    kept: list[Promise],
    unread: list[str],
    planned: Text | None,
) -> list[Part]:
    said: list[Part] = [
        Paragraph(
            text("Logged: your talk with *{name}*, {day}.", name=contact.name, day=Day(talk.held))
        )
    ]
    said += [Paragraph(each) for each in _named(ctx, contact, met)]
    said += [echo(each) for each in kept]
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
    return said


def _what_next(ctx: Context, contact: Contact, talk: Talk, met: list[Contact]) -> list[Part]:
    """Thanks and the names that were given; how the field feels now (D5)."""
    return [
        *next_steps(_after(ctx, contact, talk, met)),
        Paragraph(text("Does the field feel nearer to you now, or further away?")),
        Buttons(_fits(talk)),
        Buttons((button("Something felt wrong", call("concern tell", talk=talk.id)),)),
    ]


def _fits(talk: Talk) -> tuple[Button, ...]:
    return tuple(
        button(Text(label), call("interview fit", talk=talk.id, fit=fit))
        for fit, label in FITS.items()
    )


def _named(ctx: Context, by: Contact, met: list[Contact]) -> list[Text]:
    """Names given: who is new on the list, and who was there already."""
    if not met:
        ask = text("Ask for {n} in your thank-you", n=some_names(ctx.cohort.numbers))
        return [text("No new name? {ask}: “Who else should I talk to?”", ask=ask)]
    said: list[Text] = []
    new = [text("*{n}*", n=each.name) for each in met if each.added == ctx.now]
    if new:
        names = joined(new, " and ")
        said.append(text("{new} joined your list, suggested by {name}.", new=names, name=by.name))
    there = [text("*{n}*", n=each.name) for each in met if each.added != ctx.now]
    if there:
        names = joined(there, " and ")
        said.append(
            text("You had {n} on your list; now {by}’s name opens the door.", n=names, by=by.name)
        )
    return said


def _after(ctx: Context, contact: Contact, talk: Talk, met: list[Contact]) -> tuple[Button, ...]:
    """Thanks first, then a note to whoever was named; what the form had no room for is next."""
    found: list[Button] = []
    if talk.thanked is None:
        found.append(button("Thank-you draft", call("thanks draft", talk=talk.id), style="main"))
    if ctx.left_out:
        found.append(button("Add the rest", rest_of("interview more", ctx.left_out, talk=talk.id)))
    elif talk.takeaways == "" and not met:  # typed in one line
        found.append(button("Add what you learned", call("interview more", talk=talk.id)))
    found += [
        button(text("Write to {name}", name=each.name), call("ask draft", person=each.id))
        for each in met[:2]
        if each.standing is Standing.TO_ASK
    ]
    if talk.thanked is None:
        found.append(button("Already thanked", call("thanks sent", talk=talk.id)))
    found += told_buttons(ctx, contact)
    found += win_buttons(ctx.store)
    if ctx.member.zone and not ctx.member.hears:
        found.append(button("Remind me of things", call("settings start")))
    return tuple(found)


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
            text(
                "No talks yet. The first one is the hardest, and it is {long}.",
                long=minutes(ctx.cohort.numbers),
            ),
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
    if talk.tip and talk.advice_used is None:
        buttons.append(button("I used the tip", call("news used", talk=talk.id)))
    buttons += share_buttons(talk)
    if talk.thanked is None:
        buttons.insert(0, button("Thank them", call("thanks draft", talk=talk.id)))
    return Row(
        text("*{name}*, {day}", name=person.name, day=Day(talk.held)),
        joined(said, " · "),
        tuple(buttons),
        PersonRef(person.id, person.name),
    )
