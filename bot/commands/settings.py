"""When and whether I write: opt in, zone, hours, pause, stop (FEATURES F7, F8, F9, F12, I6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date, Time

from bot import going
from bot.booked import plan_all
from bot.command import Ask, command, reminder
from bot.commands import thanks
from bot.context import Context
from bot.domain.cadence import hour, rhythm_of
from bot.domain.cohort import Member, Role, weekly_goal
from bot.domain.owed import Urgency
from bot.domain.talks import Talk
from bot.domain.thanking import first_name
from bot.forms import rest_of
from bot.holding import cancel, look_again
from bot.invocation import call
from bot.parameters import OneOf, ZoneName
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Day,
    Fact,
    Facts,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    text,
)
from bot.weekly import plan_member

WEEKDAYS = {
    "1": "Monday",
    "2": "Tuesday",
    "3": "Wednesday",
    "4": "Thursday",
    "5": "Friday",
    "6": "Saturday",
    "7": "Sunday",
}
PAIRS = {1: "every week", 2: "every second week"}
CLEARABLE: dict[str, Any] = {"hour_day": None, "hour_at": None}
"""What a form may empty, and what it is then."""
DAYS_OFF = {
    "none": "None",
    "7": "Sunday",
    "6,7": "Saturday and Sunday",
    "5,6": "Friday and Saturday",
    "6": "Saturday",
}


@command("settings show", "See and change when I write to you.", reads=True)
def show(ctx: Context) -> Reply:
    """Everything at a glance, in the member's own hours."""
    return answer(Facts(tuple(_facts(ctx))), Buttons(_buttons(ctx.member)))


def _facts(ctx: Context) -> list[Fact]:
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    off = ", ".join(WEEKDAYS[str(day)] for day in rhythm.off_days) or "none"
    quiet = f"{hour(rhythm.quiet_from)} to {hour(rhythm.quiet_until)}"
    check_in = f"{WEEKDAYS[str(rhythm.check_in_day)]} {hour(rhythm.check_in_at)}"
    kept = "none picked"
    if rhythm.hour_day is not None and rhythm.hour_at is not None:
        kept = f"{WEEKDAYS[str(rhythm.hour_day)]} {hour(rhythm.hour_at)}"
        check_in = "in your networking hour"
    goal = weekly_goal(ctx.member, ctx.cohort.numbers)
    rows: list[tuple[Text, Text]] = [
        (text("Messages"), _messages(ctx)),
        (text("Time zone"), _zone(ctx)),
        (text("Quiet hours"), text("{v}", v=quiet)),
        (text("Days off"), text("{v}", v=off)),
    ]
    if ctx.member.role is Role.ALUM:
        return [Fact(label, value) for label, value in rows]
    rows += [
        (text("Weekly check-in"), text("{v}", v=check_in)),
        (text("Networking hour"), text("{v}", v=kept)),
        (text("Goal"), text("{n} a week", n=f"{goal} talk" + ("" if goal == 1 else "s"))),
        (text("Curious about"), text("{v}", v=ctx.member.field or "not said yet")),
        (text("Practice partner"), text("{v}", v=PAIRS.get(ctx.member.pairs_every, "none"))),
    ]
    return [Fact(label, value) for label, value in rows]


def _messages(ctx: Context) -> Text:
    if ctx.member.opted_in is None:
        return text("off: you have not opted in")
    if ctx.member.stopped is not None:
        return text("stopped")
    if ctx.member.paused_until is not None and ctx.member.paused_until > ctx.today:
        return text("paused until {day}", day=Day(ctx.member.paused_until))
    return text("on, at most one a week" if ctx.member.sparse else "on, at most one a day")


def _zone(ctx: Context) -> Text:
    if not ctx.member.zone:
        return text("not known yet")
    place = ctx.member.zone.rpartition("/")[2].replace("_", " ")
    return text("{place}, where it is {now}", place=place, now=_clock_there(ctx))


def _buttons(member: Member) -> tuple[Any, ...]:
    change = button("Change", call("settings change"), style="main")
    goals = (
        button("My place on the list", call("alum me"))
        if member.role is Role.ALUM
        else button("Goal and field", call("settings goals"))
    )
    if not member.hears:
        label = text("Opt in") if member.opted_in is None else text("Start again")
        return (button(label, call("settings start"), style="main"), change, goals)
    slower = member.sparse or member.paused_until is not None
    return (
        change,
        goals,
        *((button("As before", call("settings resume")),) if slower else ()),
        button("Pause", call("settings pause")),
        button("Stop", call("settings stop"), style="danger"),
    )


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    off = ",".join(str(day) for day in rhythm.off_days) or "none"
    return {
        "zone": ctx.member.zone,
        "check_in_day": str(rhythm.check_in_day),
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "days_off": off if off in DAYS_OFF else None,
        "hour_day": str(rhythm.hour_day) if rhythm.hour_day else None,
        "hour_at": rhythm.hour_at,
    }


@command(
    "settings change",
    "Change when I write to you.",
    title="Your settings",
    note="Only you see this. A partner or an introduction sees your time zone.",
    prefill=_present,
)
def change(
    ctx: Context,
    zone: Annotated[ZoneName | None, "a large city near you", Ask.FORM] = None,
    check_in_day: Annotated[
        str | None, "the day of your weekly check-in", Ask.FORM, OneOf(WEEKDAYS)
    ] = None,
    quiet_from: Annotated[Time | None, "quiet from, such as 20:00", Ask.FORM] = None,
    quiet_until: Annotated[Time | None, "quiet until, such as 9:00", Ask.FORM] = None,
    days_off: Annotated[str | None, "days without messages", Ask.FORM, OneOf(DAYS_OFF)] = None,
    hour_day: Annotated[
        str | None, "the day of your networking hour, if you keep one", Ask.FORM, OneOf(WEEKDAYS)
    ] = None,
    hour_at: Annotated[Time | None, "when it begins, such as 16:00", Ask.FORM] = None,
) -> Reply:
    """What the form held is taken; what it did not ask stays."""
    asked: dict[str, Any] = {
        "zone": zone,
        "check_in_day": int(check_in_day) if check_in_day else None,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "off_days": _days(days_off),
        "hour_day": int(hour_day) if hour_day else None,
        "hour_at": hour_at,
    }
    emptied = [name for name in CLEARABLE if name in ctx.given and asked[name] is None]
    changed = {name: value for name, value in asked.items() if value is not None}
    changed |= {name: CLEARABLE[name] for name in emptied}
    if ctx.member.hour_at is None:
        emptied = []  # a day without a time is the beginning of an hour, not the end of one
    now = _keep(ctx, _with_wholehour(replace(ctx.member, **changed), emptied))
    parts: list[Part] = [Paragraph(text("Saved.")), Facts(tuple(_facts(now)))]
    more = (
        [button("Change the rest", rest_of("settings change", ctx.left_out))]
        if ctx.left_out
        else []
    )
    return answer(*parts, Buttons((*more, button("Change again", call("settings change")))))


def _with_wholehour(member: Member, emptied: Sequence[str]) -> Member:
    """A networking hour has a day and a beginning, or it is none."""
    if (member.hour_day is None) == (member.hour_at is None):
        return member
    if {"hour_day", "hour_at"} & {*emptied}:
        return replace(member, hour_day=None, hour_at=None)
    return replace(member, hour_day=member.hour_day or 7, hour_at=member.hour_at or Time(16))


def _days(given: str | None) -> tuple[int, ...] | None:
    if given is None:
        return None
    return () if given == "none" else tuple(int(day) for day in given.split(","))


@command(
    "settings zone",
    "Tell me your time zone.",
    title="Your time zone",
    note="For you alone, until you meet somebody through me: they see your time zone.",
)
def zone(ctx: Context, zone: Annotated[ZoneName, "a large city near you", Ask.BOTH]) -> Reply:
    """Echoes the time there, so that a wrong one is noticed."""
    return zone_echo(_keep(ctx, replace(ctx.member, zone=zone)))


def _keep(ctx: Context, member: Member) -> Context:
    """Save the member, and look at what is planned for them in the light of it."""
    ctx.store.save(member)
    plan_member(ctx.store, ctx.cohort, member, ctx.now)
    look_again(ctx.store, member.id)
    return replace(ctx, member=member)


def zone_echo(ctx: Context) -> Answer:
    """ "It is 14:05 for you?" and the next step."""
    after = [button("Yes, that’s right", call("snowball"), style="main", replaces=True)]
    return answer(
        text(
            "So it is {now} for you, {zone}. Is that right?",
            now=_clock_there(ctx),
            zone=_zone_name(ctx.member.zone),
        ),
        Buttons((*after, button("No, change it", call("settings zone")))),
    )


def _clock_there(ctx: Context) -> str:
    """What a clock shows in the zone we know. Not a moment: chats show those in the zone of the
    device, which would be right however wrong ours is."""
    there = ctx.now.to_tz(ctx.zone)
    return f"{there.hour}:{there.minute:02}"


def _zone_name(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@command("settings start", "Let me write to you.", listed=False)
def start(ctx: Context) -> Reply:
    """The opt-in. Nothing unasked is sent before it (FEATURES I6); a first DM tests the way."""
    if ctx.member.hears and ctx.member.paused_until is not None:
        return _resumed(ctx)
    if ctx.member.hears:
        return answer(text("You are in already."), Buttons((button("Menu", call("snowball")),)))
    now = _keep(ctx, replace(ctx.member, opted_in=ctx.now, stopped=None, paused_until=None))
    for talk in ctx.store.find(Talk, member_id=ctx.member.id, thanked=None, order="-held", limit=3):
        thanks.plan(now, talk)
    plan_all(now)
    going.plan_all(now)
    ctx.owe(
        call("settings hello"),
        ctx.now,
        subject="opt-in",
        occurrence=ctx.now.format_iso(),
        urgency=Urgency.ANSWER,
    )
    if not now.member.zone:
        return answer(
            text("Good. First: where are you, so that I never write at night?"),
            Buttons((button("Set my time zone", call("settings zone"), style="main"),)),
        )
    return answer(
        Paragraph(text("You’re in. It is {now} for you, right?", now=_clock_there(ctx))),
        Buttons(
            (
                button("Yes: what’s first?", call("snowball"), style="main", replaces=True),
                button("No, change it", call("settings zone")),
            )
        ),
    )


@reminder("settings hello")
def hello(ctx: Context) -> Answer | None:
    """The first direct message: it shows that I can be heard, and where."""
    if not ctx.member.hears:
        return None
    return answer(
        text(
            "Hello {name}, this is where I’ll write: at most once a day, never at night.",
            name=first_name(ctx.member.name),
        ),
        Note(
            text("Type here what you want: “too many requests”, “pause”, “leave the list”.")
            if ctx.member.role is Role.ALUM
            else text("Type here what you want in your own words, such as “find marketing”.")
        ),
    )


@command(
    "settings pause",
    "No messages until a day you name.",
    title="Pause",
    submit="Pause",
    note="Your organisers see that you paused, neither why nor until when.",
)
def pause(ctx: Context, until: Annotated[Date, "the day I may write again", Ask.BOTH]) -> Reply:
    """Resumes by itself on that day."""
    if until <= ctx.today:
        raise refuse("{day} is not ahead. Name a day to come.", day=Day(until))
    ctx.store.save(replace(ctx.member, paused_until=until))
    return answer(
        text("Quiet until {day}. Then I’m back by myself.", day=Day(until)),
        Buttons((button("Resume now", call("settings resume"), replaces=True),)),
    )


@command("settings resume", "End a pause.", listed=False)
def resume(ctx: Context) -> Reply:
    """Messages come again from now on."""
    return _resumed(ctx)


def _resumed(ctx: Context) -> Answer:
    _keep(ctx, replace(ctx.member, paused_until=None, sparse=False))
    return answer(text("I’m back: at most one message a day."))


@command("settings less", "Hear from me less often.", listed=False)
def less(ctx: Context) -> Reply:
    """At most one message a week, a check-in every other week (FEATURES F5)."""
    _keep(ctx, replace(ctx.member, sparse=True, paused_until=None))
    return answer(
        text("Less often it is: one message a week at most."),
        Buttons((button("As before", call("settings resume"), replaces=True),)),
    )


@command("settings stop", "No more messages from me.")
def stop(ctx: Context) -> Reply:
    """Stops what is unasked; everything stays where it is."""
    ctx.store.save(replace(ctx.member, stopped=ctx.now))
    cancel(ctx.store, ctx.member.id, ctx.now)
    return answer(
        text("Stopped: I won’t write to you unasked. Everything stays where you left it."),
        Buttons((button("Start again", call("settings start"), replaces=True),)),
    )
