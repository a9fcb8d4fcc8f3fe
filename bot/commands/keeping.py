"""Keeping what was begun: promises on their day, a touch now and then, new names (E2, F1, F2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date, Instant

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import TOUCH_SNOOZES, at_local, rhythm_of
from bot.domain.care import Touch
from bot.domain.keeping_note import quoted, to_quote, touch_note
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact, Standing
from bot.domain.spelled import some_names
from bot.domain.talks import Promise, Talk
from bot.domain.term import ended
from bot.domain.touch import interval, next_touch
from bot.domain.weeks import monday_of
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.parameters import NumberKind
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Day,
    Listing,
    Paragraph,
    Part,
    PersonRef,
    Reply,
    Row,
    answer,
    button,
    text,
)
from bot.touches import last_touch

THREE = 3
EVERY = NumberKind(0, 730)


def follow_up(ctx: Context, contact: Contact, promises: list[Promise]) -> None:
    """Owe what a talk leads to: its promises' days, the next touch, and a look for new names."""
    for each in promises:
        if each.due is not None:
            _owe_on(ctx, "promise remind", each.due, f"promise:{each.id}", promise=each.id)
    plan_touch(ctx, contact)
    dry = ctx.today.add(days=ctx.cohort.numbers.dry_days)
    _owe_on(ctx, "network dry", monday_of(dry).add(days=7), "dry")


def plan_touch(ctx: Context, contact: Contact) -> None:
    """Owe a reminder of the next touch. One planned before says nothing when its day comes."""
    last = last_touch(ctx, contact.id)
    due = next_touch(contact, last, ctx.cohort.numbers.touch_days)
    if due is not None:
        _owe_on(ctx, "touch remind", due, f"contact:{contact.id}", person=contact.id)


def _owe_on(ctx: Context, what: str, day: Date, subject: str, **about: int) -> None:
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    due = at_local(day, rhythm.quiet_until, ctx.zone)
    if due > ctx.now:
        ctx.owe(call(what, **about), due, subject=subject, occurrence=day.format_iso())


# ---- Promises -------------------------------------------------------------------------------


@reminder("promise remind")
def promise_remind(ctx: Context, promise: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """On the day it was promised for; nothing once it is done."""
    found = ctx.store.first(Promise, id=promise, member_id=ctx.member.id)
    if found is None or found.done is not None or found.due is None:
        return None
    whom = _promised_to(ctx, found)
    return answer(
        text(
            "You promised *{name}*: {what}, by {day}.",
            name=whom.name,
            what=found.words,
            day=Day(found.due),
        )
        if whom is not None
        else text("You promised: {what}, by {day}.", what=found.words, day=Day(found.due)),
        Buttons(
            (button("Done", call("promise done", promise=promise), style="main", replaces=True),)
        ),
        snooze_menu(ctx, call("promise remind", promise=promise), f"promise:{promise}"),
    )


def _promised_to(ctx: Context, promise: Promise) -> Contact | None:
    talk = ctx.store.get(Talk, promise.talk_id)
    return ctx.store.get(Contact, talk.contact_id) if talk is not None else None


@command("promise done", "Tick a promise off.", listed=False)
def promise_done(ctx: Context, promise: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Once; the second press says so."""
    found = ctx.store.first(Promise, id=promise, member_id=ctx.member.id)
    if found is None:
        raise refuse("That promise is not on your list any more.")
    if found.done is None:
        ctx.store.save(replace(found, done=ctx.now))
    return answer(text("Kept: {what}.", what=found.words))


# ---- Touches --------------------------------------------------------------------------------


@reminder("touch remind")
def touch_remind(ctx: Context, person: Annotated[Contact, "", Ask.HIDDEN]) -> Answer | None:
    """When the interval has passed without a word; any logged touch restarts it."""
    last = last_touch(ctx, person.id)
    due = next_touch(person, last, ctx.cohort.numbers.touch_days)
    if last is None or due is None or due > ctx.today:
        return None
    note, written = _line_to(ctx, person)
    return answer(
        Paragraph(
            text(
                "You were last in touch with *{name}* on {day}. A line keeps it warm.",
                name=person.name,
                day=Day(last),
            )
        ),
        note,
        Buttons(
            (
                written,
                button("How often?", call("touch often", person=person.id)),
                button("Never for them", call("touch never", person=person.id), replaces=True),
            )
        ),
        snooze_menu(
            ctx, call("touch remind", person=person.id), f"contact:{person.id}", TOUCH_SNOOZES
        ),
    )


def _line_to(ctx: Context, person: Contact, *, names: bool = False) -> tuple[Copyable, Button]:
    """The note, and the button that says it is written: what was quoted is not quoted again."""
    touches = ctx.store.find(Touch, contact_id=person.id, member_id=ctx.member.id)
    talks = ctx.store.find(Talk, contact_id=person.id, member_id=ctx.member.id)
    talk = to_quote(talks, touches)
    words = touch_note(person, talk, ctx.member, turn=len(touches), names=names)
    does = call("touch done", person=person.id, talk=talk.id if talk is not None else None)
    return Copyable(words), button("Written", does, style="main", replaces=True)


@command("touch write", "A line that keeps a contact warm.", listed=False)
def touch_write(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    names: Annotated[bool, "", Ask.HIDDEN] = False,
) -> Reply:
    """Drafted from the last talk, with the question for a name if wanted; the student sends it."""
    note, written = _line_to(ctx, person, names=names)
    said = text("A line to *{name}*. Make it sound like you.", name=person.name)
    return answer(said, note, Buttons((written,)))


@command("touch done", "Log that you were in touch.", listed=False)
def touch_done(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    talk: Annotated[int | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Restarts the interval; pressed twice on a day it counts once.

    ``talk``: the one whose tip the note quoted."""
    told = ctx.store.first(Talk, id=talk, member_id=ctx.member.id) if talk is not None else None
    if last_touch(ctx, person.id) != ctx.today:
        ctx.store.add(
            Touch(
                cohort_id=ctx.cohort.id,
                member_id=ctx.member.id,
                contact_id=person.id,
                at=ctx.now,
                words=quoted(told) if told is not None else "",
            )
        )
    kept = moved(person, Standing.IN_TOUCH)
    if kept != person:
        ctx.store.save(kept)
    plan_touch(ctx, kept)
    return answer(text("Noted: you were in touch with {name} today.", name=person.name))


@command("touch never", "No stay-in-touch reminders for somebody.", listed=False)
def touch_never(ctx: Context, person: Annotated[Contact, "", Ask.HIDDEN]) -> Reply:
    """Zero days means never; the usual comes back with one press."""
    ctx.store.save(replace(person, touch_days=0))
    return answer(
        text("I won’t remind you of {name} again.", name=person.name),
        Buttons((button("Undo", call("touch usual", person=person.id), replaces=True),)),
    )


def _as_now(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    person = given.get("person")
    if not isinstance(person, Contact):
        return {}
    return {"days": interval(person, ctx.cohort.numbers.touch_days) or 0}


@command(
    "touch often", "How often to write to somebody.", listed=False, title="How often?",
    note="Only you see this.",
    prefill=_as_now,
)  # fmt: skip
def touch_often(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    days: Annotated[
        int, "days between two lines: 30 if close, 60, or 180; 0: never", Ask.FORM, EVERY
    ],
) -> Reply:
    """Their own number goes before the kind's (FEATURES F1)."""
    if not days:
        return touch_never.handler(ctx, person) or answer(text("Noted."))
    saved = replace(person, touch_days=days)
    ctx.store.save(saved)
    plan_touch(ctx, saved)
    due = next_touch(saved, last_touch(ctx, saved.id), ctx.cohort.numbers.touch_days)
    if due is None:
        return answer(text("Every {n} days, once you have talked.", n=days))
    return answer(text("Every {n} days; next on {day}.", n=days, day=Day(due)))


@command("touch usual", "Stay-in-touch reminders as usual.", listed=False)
def touch_usual(ctx: Context, person: Annotated[Contact, "", Ask.HIDDEN]) -> Reply:
    """As often as is usual for how the student knows them."""
    usual = replace(person, touch_days=None)
    ctx.store.save(usual)
    plan_touch(ctx, usual)
    return answer(text("As usual for {name}.", name=person.name))


# ---- New names ------------------------------------------------------------------------------


@reminder("network dry")
def dry(ctx: Context) -> Answer | None:
    """No new name in a fortnight: three people to ask for one (FEATURES E2).

    After the class nobody is pushed to meet strangers."""
    if ended(ctx.cohort, ctx.today):
        return None
    since = ctx.now.subtract(hours=24 * ctx.cohort.numbers.dry_days - 1)
    people = contacts_of(ctx)
    if any(each.added > since for each in people) or _said_lately(ctx, since):
        return None
    talked = {each.contact_id for each in ctx.store.find(Talk, member_id=ctx.member.id)}
    asked = [each for each in people if each.id in talked and not each.do_not_contact]
    asked = sorted(asked, key=lambda one: last_touch(ctx, one.id) or Date.MIN)[:THREE]
    if not asked:
        return None
    rows = tuple(
        Row(
            text("{name}", name=each.name),
            None,
            (button("Write", call("touch write", person=each.id, names="yes")),),
            PersonRef(each.id, each.name),
        )
        for each in asked
    )
    parts: list[Part] = [
        Paragraph(
            text(
                "No new name in {days} days. Ask one of these for {names}: “Who else should I "
                "talk to?”",
                days=ctx.cohort.numbers.dry_days,
                names=some_names(ctx.cohort.numbers),
            )
        ),
        Listing(rows),
        snooze_menu(ctx, call("network dry"), "dry"),
    ]
    return answer(*parts)


def _said_lately(ctx: Context, since: Instant) -> bool:
    """Each talk plans its own look for new names; one in a fortnight is enough."""
    sent = ctx.store.find(
        Owed, member_id=ctx.member.id, command="network dry", state=OwedState.SENT
    )
    return any(each.settled is not None and each.settled > since for each in sent)
