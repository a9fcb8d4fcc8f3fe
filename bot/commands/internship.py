"""Internship mode: meeting people at work without harming the work (FEATURES K2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import at_local, rhythm_of
from bot.domain.internship import prompt_weeks, team_note, unmet
from bot.domain.owed import Urgency
from bot.domain.people import Contact, Standing
from bot.domain.tidy import fold
from bot.holding import cancel
from bot.invocation import Call, call
from bot.parameters import NumberKind
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
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

SUBJECT = "internship"
LAST_DAYS = 3
"""So many days before the end comes the message about whom one did not meet."""
NUMBER = NumberKind(0, 200)
PROMPTS = (
    "Which training, town hall or team meeting this week could you sit in on? Ask to join one.",
    "Whose work do you see the result of, but not the person? Invite them for a coffee.",
    "Ask somebody at lunch how they came to work here. That is half an interview.",
    "Which team gets what you make? Ask one of them what they do with it.",
)


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    return {
        "company": ctx.member.intern_at,
        "starts": ctx.member.intern_from,
        "ends": ctx.member.intern_until,
        "objective": ctx.member.intern_goal,
        "cap": _cap(ctx),
    }


def _cap(ctx: Context) -> int:
    """Their own number; who never had an internship begins with the cohort's."""
    if ctx.member.intern_from is None:
        return ctx.cohort.numbers.intern_talks
    return ctx.member.intern_weekly_talks


@command(
    "network internship",
    "Meet people at your internship, a little each week.",
    title="Internship",
    note="Only you can read this.",
    prefill=_present,
)
def internship(
    ctx: Context,
    company: Annotated[str, "where it is", Ask.FORM],
    starts: Annotated[Date, "the first day", Ask.FORM],
    ends: Annotated[Date, "the last day", Ask.FORM],
    objective: Annotated[str | None, "the one thing you want to learn there", Ask.FORM] = None,
    cap: Annotated[
        int | None, "at most so many talks a week in working hours", Ask.FORM, NumberKind(0, 20)
    ] = None,
) -> Reply:
    """Start, end, one objective, a cap; "my boss is fine with it" is asked once."""
    if ends <= ctx.today or ends <= starts:
        raise refuse("The last day has to come after the first, and be ahead. Check the dates.")
    saved = replace(
        ctx.member,
        intern_at=company,
        intern_from=starts,
        intern_until=ends,
        intern_goal=objective or "",
        intern_weekly_talks=_cap(ctx) if cap is None else cap,
    )
    ctx.store.save(saved)
    cancel(ctx.store, ctx.member.id, ctx.now, subject=SUBJECT)
    _plan(replace(ctx, member=saved), starts, ends)
    said = text(
        "Until {day} I’ll have one idea a week for meeting people at {company}.",
        day=Day(ends),
        company=company,
    )
    if saved.boss_agrees is None:
        return answer(
            said,
            text("One thing first: is your boss fine with short talks in working hours?"),
            Buttons(
                (
                    button("Yes", call("internship boss", agrees="yes"), replaces=True),
                    button("Not asked yet", call("internship boss", agrees="no"), replaces=True),
                )
            ),
        )
    return answer(said)


def _plan(ctx: Context, starts: Date, ends: Date) -> None:
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    first = max(starts, ctx.today.add(days=1))
    for number, day in enumerate(prompt_weeks(first, ends)):
        ctx.owe(
            call("internship prompt", number=number),
            at_local(day, rhythm.quiet_until, ctx.zone),
            subject=SUBJECT,
            occurrence=f"{day.format_iso()}:{ctx.now.format_iso()}",
            urgency=Urgency.NUDGE,
        )
    ctx.owe(
        call("internship end"),
        at_local(ends.subtract(days=LAST_DAYS), rhythm.quiet_until, ctx.zone),
        subject=f"{SUBJECT} end",
        occurrence=f"{ends.format_iso()}:{ctx.now.format_iso()}",
    )


@command("internship boss", "Whether the boss is fine with it.", listed=False)
def boss(ctx: Context, agrees: Annotated[bool, "", Ask.HIDDEN]) -> Reply:
    """Asked once; a no is a reason to ask, not to stop."""
    ctx.store.save(replace(ctx.member, boss_agrees=agrees))
    if agrees:
        return answer(
            text("Good. At most {n} a week in working hours.", n=ctx.member.intern_weekly_talks)
        )
    return answer(
        text(
            "Ask first, in a sentence: “Would it be fine if I had a coffee with somebody from "
            "another team now and then?” Until then, lunch and after work."
        ),
    )


@reminder("internship prompt")
def prompt(ctx: Context, number: Annotated[int, "", Ask.HIDDEN, NUMBER]) -> Answer | None:
    """One idea a week while it lasts; the last days have a message of their own."""
    until = ctx.member.intern_until
    if until is None or until.subtract(days=LAST_DAYS) <= ctx.today:
        return None
    again = call("internship prompt", number=number)
    return answer(
        Paragraph(
            text(
                "Your week at {company}. {idea}",
                company=ctx.member.intern_at,
                idea=PROMPTS[number % len(PROMPTS)],
            )
        ),
        *_objective(ctx),
        Buttons(
            (
                button("Log a talk", call("interview log"), style="main"),
                button("Add somebody", call("contact add")),
            )
        ),
        snooze_menu(ctx, again, SUBJECT),
    )


def _objective(ctx: Context) -> list[Part]:
    """What they came to learn, so that it is not forgotten over the work."""
    goal = ctx.member.intern_goal
    return [Paragraph(text("You set out to learn: {goal}", goal=goal))] if goal else []


@reminder("internship end")
def end(ctx: Context) -> Answer | None:
    """Before the last day: who in the company was not met, with a note for each."""
    member = ctx.member
    if member.intern_until is None or member.intern_until < ctx.today:
        return None
    left = unmet(contacts_of(ctx), member.intern_at)
    if not left:
        return answer(
            text(
                "Your last days at {company}. You met everybody on your list there. A thank-you "
                "round before you go is remembered.",
                company=member.intern_at,
            ),
            Buttons((button("Good news to all", call("network news")),)),
            snooze_menu(ctx, call("internship end"), f"{SUBJECT} end"),
        )
    rows = tuple(
        Row(
            text("{name}", name=each.name),
            None,
            (button("Note", call("internship note", person=each.id)),),
            PersonRef(each.id, each.name),
        )
        for each in left
    )
    return answer(
        text(
            "Your last days at {company}. These you did not get to meet; a note for each is one "
            "press away.",
            company=member.intern_at,
        ),
        Listing(rows),
        snooze_menu(ctx, call("internship end"), f"{SUBJECT} end"),
    )


@command("internship note", "A note to somebody at the company.", listed=False)
def note(ctx: Context, person: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """For whom the student did not get to meet."""
    found = next((each for each in contacts_of(ctx) if each.id == person), None)
    if found is None or fold(ctx.member.intern_at) not in fold(found.company):
        raise refuse("They are not on your list at {company}.", company=ctx.member.intern_at)
    return answer(
        Copyable(team_note(found, ctx.member, ctx.cohort.numbers)),
        Buttons((button("Sent", _noted(found), style="main", replaces=True),)),
    )


def _noted(person: Contact) -> Call:
    """A first note is an ask; to who was asked before, it is a word more."""
    if person.standing is Standing.TO_ASK:
        return call("ask sent", person=person.id)
    return call("touch done", person=person.id)
