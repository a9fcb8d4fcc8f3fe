"""Closing the loop: whoever helped hears what came of it (FEATURES D6, E6)."""

from dataclasses import replace
from typing import Annotated

from whenever import Date

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import at_local, rhythm_of
from bot.domain.keeping_note import advice_used_note, forwardable, good_news_note, met_note
from bot.domain.people import Contact, ContactKind, Standing
from bot.domain.sharing import at_first
from bot.domain.spelled import days
from bot.domain.talks import Talk
from bot.invocation import Call, call
from bot.parameters import LongText
from bot.people_kinds import Newcomer, contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Listing,
    PersonRef,
    Reply,
    Row,
    Text,
    answer,
    button,
    text,
)
from bot.team import LENGTH, win_buttons
from bot.time_kinds import DayKind

ASK_AGAIN_DAYS = 7
"""Days until the one gentle reminder that somebody offered an introduction."""
NOT_MET = (Standing.TO_ASK, Standing.ASKED, Standing.NO_REPLY)


def told_buttons(ctx: Context, met: Contact) -> list[Button]:
    """After a talk: tell whoever named or introduced them."""
    ids = {each for each in (met.referred_by, met.will_introduce) if each}
    people = [ctx.store.get(Contact, each) for each in sorted(ids)]
    return [
        button(
            text("Tell {name} you met", name=each.name),
            call("news met", person=each.id, met=met.id),
        )
        for each in people
        if each is not None and each.removed is None
    ]


@command("news met", "Tell somebody that you met the person they named.", listed=False)
def news_met(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    met: Annotated[Contact, "", Ask.HIDDEN],
) -> Reply:
    """Two lines for whoever gave the name."""
    return answer(
        text("Two lines to *{name}*, who gave you the name.", name=person.name),
        Copyable(met_note(person, met, ctx.member)),
        Buttons(
            (button("Sent", call("touch done", person=person.id), style="main", replaces=True),)
        ),
    )


@command("news used", "Tell somebody that their advice helped.", listed=False)
def news_used(ctx: Context, talk: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Marks the tip as used, and drafts two lines to whoever gave it."""
    found = ctx.store.first(Talk, id=talk, member_id=ctx.member.id)
    person = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if found is None or person is None:
        raise refuse("That talk is not in your log any more.")
    if found.advice_used is None:
        ctx.store.save(replace(found, advice_used=ctx.now))
    return answer(
        text("Good. *{name}* would like to hear it:", name=person.name),
        Copyable(advice_used_note(person, found, ctx.member)),
        Buttons(
            (button("Sent", call("touch done", person=person.id), style="main", replaces=True),)
        ),
    )


@command(
    "network news",
    "Share good news with everybody who helped you.",
    title="Good news",
    submit="Write the notes",
    note="Only you can read this, until you send it.",
)
def news(
    ctx: Context,
    what: Annotated[LongText, "what happened, in a sentence", Ask.BOTH],
    person: Annotated[Contact | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """A note for each person who gave time, advice or a name; one press each."""
    if person is not None:
        return answer(
            Copyable(good_news_note(person, what, ctx.member)),
            Buttons(
                (button("Sent", call("touch done", person=person.id), style="main", replaces=True),)
            ),
        )
    talked = {each.contact_id for each in ctx.store.find(Talk, member_id=ctx.member.id)}
    people = contacts_of(ctx)
    helped = {each.referred_by for each in people} | talked
    who = [each for each in people if each.id in helped and not each.do_not_contact]
    if not who:
        raise refuse("Nobody is in your log yet. The first talk comes first.")
    rows = tuple(
        Row(
            text("{name}", name=each.name),
            None,
            (button("Note", call("network news", what=what, person=each.id)),),
            PersonRef(each.id, each.name),
        )
        for each in who
    )
    share = win_buttons(ctx.store, what if len(what) <= LENGTH.limit else None)
    return answer(
        text("These helped you. A note for each is one press away."),
        Listing(rows),
        *([Buttons(share)] if share else []),
    )


# ---- Somebody offers to introduce me ----------------------------------------------------------


@command(
    "contact introduced",
    "Somebody offered to introduce you.",
    listed=False,
    title="An introduction",
    note="Only you see this.",
)
def introduced(
    ctx: Context,
    person: Annotated[Contact, "whom you would meet"],
    by: Annotated[Contact | Newcomer, "who offered to introduce you", Ask.FORM],
) -> Reply:
    """Keeps who will introduce, gives them a blurb to forward, and asks once in a week.

    A name that is new becomes a contact."""
    by = _there(ctx, by)
    if by.id == person.id:
        raise refuse("Somebody else has to introduce you to {name}.", name=person.name)
    ctx.store.save(replace(person, will_introduce=by.id))
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    day = ctx.today.add(days=ASK_AGAIN_DAYS)
    ctx.owe(
        call("introduced remind", person=person.id, since=ctx.today.format_iso()),
        at_local(day, rhythm.quiet_until, ctx.zone),
        subject=f"introduced:{person.id}:{by.id}",
        occurrence="once",
    )
    return answer(
        text(
            "*{by}* will introduce you to {name}. Here is a note for {by} to forward; send it.",
            by=by.name,
            name=person.name,
        ),
        Copyable(forwardable(by, person, ctx.member, ctx.cohort.numbers)),
    )


def _there(ctx: Context, by: Contact | Newcomer) -> Contact:
    if isinstance(by, Contact):
        return by
    return ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=ctx.member.id,
            name=by.name,
            sharing=at_first(ctx.member.share_as, ContactKind.HEARD_OF),
            added=ctx.now,
        )
    )


@reminder("introduced remind")
def introduced_remind(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    since: Annotated[Date | None, "", Ask.HIDDEN, DayKind("any")] = None,
) -> Answer | None:
    """Once, a week later, or when a snooze ends, unless the two have met."""
    by = ctx.store.get(Contact, person.will_introduce) if person.will_introduce else None
    if by is None or by.removed is not None or person.standing not in NOT_MET:
        return None
    return answer(
        text(
            "*{by}* offered to introduce you to {name}{ago}. It is fine to ask once more.",
            by=by.name,
            name=person.name,
            ago=_ago(ctx, since),
        ),
        Copyable(forwardable(by, person, ctx.member, ctx.cohort.numbers)),
        Buttons((button("Book the talk", call("interview book", person=person.id), style="main"),)),
        snooze_menu(ctx, _again(person, since), f"introduced:{person.id}"),
    )


def _again(person: Contact, since: Date | None) -> Call:
    day = since.format_iso() if since is not None else None
    return call("introduced remind", person=person.id, since=day)


def _ago(ctx: Context, since: Date | None) -> Text:
    """How long it is by now; reminders from before it was kept say nothing of it."""
    if since is None or since >= ctx.today:
        return text("")
    return text(" {days} ago", days=days(int(ctx.today.since(since, total="days"))))
