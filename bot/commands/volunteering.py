"""Alumni list themselves, change what is said of them, pause and leave (FEATURES K4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date

from bot.answering_asks import turn_down_all
from bot.command import Ask, command
from bot.commands.alum_twins import recognised
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.people import Alum, Volunteer
from bot.forms import rest_of
from bot.invocation import call
from bot.mine import has_rows
from bot.parameters import FieldWords, NumberKind
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Copyable,
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
from bot.volunteering import (
    back_on,
    entry_of,
    gone,
    is_listed,
    link_to,
    listed,
    paused,
    says_paused,
)

ASKS = NumberKind(1, 20)
YEAR = NumberKind(1900, 2100)
SAID = ("field", "title", "company", "topics", "email", "city", "channel", "times")
"""The fields of a form that an entry keeps as they are said."""


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    if given.get("name"):
        return {"asks_per_month": ctx.cohort.numbers.alum_asks_a_month}
    there = entry_of(ctx.store, ctx.member.id)
    if there is None:
        return {
            "field": ctx.member.field,
            "email": ctx.member.keep_email,
            "asks_per_month": ctx.cohort.numbers.alum_asks_a_month,
        }
    now: dict[str, Any] = {name: getattr(there, name) for name in SAID}
    most = there.asks_per_month or ctx.cohort.numbers.alum_asks_a_month
    return {**now, "asks_per_month": most, "class_year": there.class_year}


@command(
    "alum volunteer",
    "List yourself as somebody whom students may ask.",
    title="List me as alum",
    submit="List me",
    note="Students of this class read this, but for the e-mail: it only goes into their notes.",
    prefill=_present,
)
def volunteer(
    ctx: Context,
    field: Annotated[FieldWords | None, "the field you work in", Ask.FORM] = None,
    title: Annotated[str | None, "what you do", Ask.FORM] = None,
    company: Annotated[str | None, "where", Ask.FORM] = None,
    topics: Annotated[str | None, "what you like to talk about", Ask.FORM] = None,
    asks_per_month: Annotated[int | None, "requests a month, at most", Ask.FORM, ASKS] = None,
    email: Annotated[str | None, "where students may write to you", Ask.FORM] = None,
    channel: Annotated[str | None, "how you like to talk, such as a call", Ask.FORM] = None,
    times: Annotated[str | None, "when you like to talk, such as evenings", Ask.FORM] = None,
    city: Annotated[str | None, "the city", Ask.FORM] = None,
    class_year: Annotated[int | None, "the year you graduated", Ask.FORM, YEAR] = None,
    name: Annotated[str | None, "for organisers: somebody outside who agreed"] = None,
) -> Reply:
    """One entry a member, changed by listing oneself again; an organiser lists those outside."""
    if name is not None and not ctx.organises:
        raise refuse("Only an organiser lists somebody else. To list yourself, leave the name out.")
    _is_an_address(email)
    there = entry_of(ctx.store, ctx.member.id) if name is None else None
    called = ctx.member.name if name is None else name
    entry = there or Alum(cohort_id=ctx.cohort.id, name=called, imported=ctx.now)
    said = {
        "field": field, "title": title, "company": company, "topics": topics, "email": email,
        "city": city, "channel": channel, "times": times,
    }  # fmt: skip
    given: dict[str, Any] = {
        each: (value or "").strip() for each, value in said.items() if each in ctx.given
    }
    if class_year is not None or "class_year" in ctx.given:
        given["class_year"] = class_year
    entry = replace(entry, **given, asks_per_month=asks_per_month or entry.asks_per_month)
    if there is not None:
        entry = entry if is_listed(there) else listed(ctx.store, entry)
        ctx.store.save(entry)
        return _shown(ctx, recognised(ctx, entry), "Your entry is up to date.")
    entry = ctx.store.add(entry)
    if name is not None:
        return _listed_other(ctx, entry)
    begins = ctx.member.role is Role.STUDENT and not has_rows(ctx.store, ctx.member.id)
    ctx.store.add(
        Volunteer(cohort_id=ctx.cohort.id, alum_id=entry.id, member_id=ctx.member.id, since=ctx.now)
    )
    if begins:
        member = replace(ctx.member, role=Role.ALUM)  # no check-ins for who only gives
        ctx.store.save(member)
        ctx = replace(ctx, member=member)
    return _shown(ctx, recognised(ctx, entry), "You’re in the directory. Thank you!")


def _is_an_address(email: str | None) -> None:
    kept = (email or "").strip()
    if kept and ("@" not in kept[1:-1] or " " in kept):
        raise refuse("That does not look like an e-mail address. “ana@example.org” would.")


def _shown(ctx: Context, entry: Alum, said: str) -> Answer:
    """What students see of them, and every way out."""
    parts: list[Part] = [Paragraph(text("{said}", said=said)), Facts(tuple(_facts(ctx, entry)))]
    if ctx.member.role is Role.ALUM:
        parts.append(Note(text("You get no check-ins and no student’s reminders.")))
    buttons = [
        button("Change", call("alum volunteer")),
        *(
            [button("Back again", call("alum back"), style="main", replaces=True)]
            if says_paused(ctx.store, entry)
            else [button("Pause", call("alum pause"))]
        ),
        button("Leave the list", call("alum leave"), style="danger"),
        *([button("I study here", call("alum study"))] if ctx.member.role is Role.ALUM else []),
    ]
    if not ctx.member.hears:
        hear = button("Bring me requests here", call("settings start"), style="main")
        buttons.insert(0, hear)
    if ctx.left_out:
        more = rest_of("alum volunteer", ctx.left_out)
        buttons.insert(0, button("Add the rest", more, style="main"))
    return answer(*parts, Buttons(tuple(buttons)))


def _facts(ctx: Context, entry: Alum) -> list[Fact]:
    most = entry.asks_per_month or ctx.cohort.numbers.alum_asks_a_month
    requests = "one request a month" if most == 1 else f"{most} requests a month"
    said: list[tuple[Text, str]] = [
        (text("Listed as"), entry.name),
        (text("Work"), ", ".join(each for each in (entry.title, entry.company) if each)),
        (text("Field"), entry.field),
        (text("Place"), entry.city),
        (text("Class of"), str(entry.class_year or "")),
        (text("Glad to talk about"), entry.topics),
        (text("How"), ", ".join(each for each in (entry.channel, entry.times) if each)),
        (text("At most"), requests),
    ]
    facts = [Fact(label, text("{v}", v=value)) for label, value in said if value]
    if says_paused(ctx.store, entry):
        day = back_on(entry)
        until = text("until {day}", day=Day(day)) if day is not None else text("until you say so")
        facts.append(Fact(text("Paused"), until))
    return facts


def _listed_other(ctx: Context, entry: Alum) -> Answer:
    link = link_to(ctx.store, ctx.site, entry)
    parts: list[Part] = [Paragraph(text("{name} is in the directory.", name=entry.name))]
    if link:
        parts.append(
            Paragraph(text("Send them this; on it they pause, change or leave without a login:"))
        )
        parts.append(Copyable(link))
    return answer(*parts, Buttons((button("Show the entry", call("alum show", alum=entry.id)),)))


def _mine(ctx: Context) -> Alum:
    there = entry_of(ctx.store, ctx.member.id)
    there = ctx.store.held(Alum, there.id) if there is not None else None
    if there is None:
        raise refuse(
            "You are not in the directory.",
            Buttons((button("List me as alum", call("alum volunteer"), style="main"),)),
        )
    return there


@command("alum me", "My entry in the directory.", listed=False, reads=True)
def me(ctx: Context) -> Reply:
    """What students see of them now."""
    entry = _mine(ctx)
    if not is_listed(entry):
        return _left()
    return _shown(ctx, entry, "This is what students see of you.")


@command(
    "alum pause",
    "No requests until a day.",
    listed=False,
    title="Pause",
    submit="Pause",
    note="Students don’t find you until then; they don’t see why.",
)
def pause(
    ctx: Context,
    until: Annotated[Date | None, "back on; empty: until you say so", Ask.FORM] = None,
) -> Reply:
    """Out of the finder at once; back by themselves on that day."""
    if until is not None and until <= ctx.today:
        raise refuse("{day} is not ahead. Name a day to come, or none.", day=Day(until))
    entry = paused(_mine(ctx), until)
    waited = turn_down_all(ctx.store, entry.id, ctx.now)
    ctx.store.save(entry)
    back = button("Back again", call("alum back"), style="main", replaces=True)
    said = (
        text("Paused: students don’t find you until you say so.")
        if until is None
        else text("Paused: students don’t find you before {day}.", day=Day(until))
    )
    told = [Note(text("Who waited for your answer hears a kind no."))] if waited else []
    return answer(said, *told, Buttons((back,)))


@command("alum back", "Back in the directory.", listed=False)
def back(ctx: Context) -> Reply:
    """Ends a pause, or a leave."""
    entry = listed(ctx.store, _mine(ctx))
    ctx.store.save(entry)
    return _shown(ctx, entry, "You’re back in the directory.")


@command("alum leave", "Leave the directory.", listed=False)
def leave(ctx: Context) -> Reply:
    """At once; nobody is told, and no import brings them back."""
    entry = _mine(ctx)
    turn_down_all(ctx.store, entry.id, ctx.now)
    if is_listed(entry):
        ctx.store.save(gone(entry, ctx.now))
    return _left()


def _left() -> Answer:
    return answer(
        text("You’re off the list: nobody finds you, and nobody is told. Thank you for your time."),
        Buttons((button("Back on the list", call("alum back"), replaces=True),)),
        Note(text("An import of the school’s file does not bring you back either.")),
    )
