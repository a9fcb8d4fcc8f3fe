"""The cohort’s numbers at a glance, and the fields it teaches (FEATURES H4, "Numbers")."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.commands.settings import WEEKDAYS
from bot.context import Context
from bot.domain.cadence import hour
from bot.domain.cohort import Numbers, Role
from bot.domain.tidy import fold
from bot.invocation import call
from bot.parameters import LongText
from bot.reply import Buttons, Listing, Note, Reply, Row, Text, Title, answer, button, text


@command(
    "cohort settings",
    "The cohort’s numbers: goal, delays, limits, hours.",
    who=Role.ORGANISER,
    reads=True,
)
def settings(ctx: Context) -> Reply:
    """All of them in six rows, each with its form; students' own settings go before them."""
    now = ctx.cohort.numbers
    sections = (
        ("cohort asking", text("Asking"), _asking(now)),
        ("cohort talks", text("Talks"), _talks(now)),
        ("cohort hours", text("Hours"), _hours(now)),
        ("cohort weeks", text("Weeks"), _weeks(now)),
        ("cohort touches", text("In touch"), _touches(now)),
        ("cohort together", text("Together"), _together(now)),
    )
    rows = tuple(
        Row(text("*{name}*", name=name), said, (button("Change", call(form)),))
        for form, name, said in sections
    )
    goal = ctx.cohort.team_goal
    said = text("{n} talks of all together.", n=goal) if goal else text("None yet.")
    shared = Row(text("*Shared goal*"), said, (button("Set it", call("cohort goal")),))
    note = Note(text("What a student chose for themselves goes before these."))
    more = Buttons(
        (
            button("Your own questions", call("cohort questions")),
            button("Teach me a field", call("cohort field")),
        )
    )
    return answer(Title(text("The cohort’s numbers")), Listing((*rows, shared)), more, note)


_FOLLOW_UPS = {0: "Let be", 1: "One follow-up"}


def _asking(now: Numbers) -> Text:
    return text(
        "{minutes} minutes, {words} words. {more} after {days} days. Alumni: {asks} a month.",
        minutes=now.asked_minutes,
        words=now.note_words,
        more=_FOLLOW_UPS.get(now.follow_ups, f"{now.follow_ups} follow-ups, each"),
        days=now.no_reply_days,
        asks=now.alum_asks_a_month,
    )


def _talks(now: Numbers) -> Text:
    return text(
        "{long} minutes. Brief at {brief}, last word {soon} minutes before. Thanks at {thanks}.",
        long=now.talk_minutes,
        brief=hour(now.brief_at),
        soon=now.last_word_minutes,
        thanks=hour(now.thanks_at),
    )


def _hours(now: Numbers) -> Text:
    off = [WEEKDAYS[str(day)] for day in now.off_days]
    return text(
        "Quiet {begin} to {end}{off}. Less after {less}, silent after {silent} unanswered.",
        begin=hour(now.quiet_from),
        end=hour(now.quiet_until),
        off=text(", and {days}", days=", ".join(off)) if off else text(""),
        less=now.back_off_after,
        silent=now.pause_after,
    )


def _weeks(now: Numbers) -> Text:
    return text(
        "Goal: {goal} a week. Check-in {day} {at}. New names after {dry} days.",
        goal=now.weekly_talks,
        day=WEEKDAYS[str(now.check_in_day)],
        at=hour(now.check_in_at),
        dry=now.dry_days,
    )


def _touches(now: Numbers) -> Text:
    every = now.touch_days
    return text(
        "Days: alumni {alum}, professors {prof}, co-workers {work}, events {event}, heard of "
        "{heard}.",
        alum=every.get("alum", 0),
        prof=every.get("professor", 0),
        work=every.get("coworker", 0),
        event=every.get("event", 0),
        heard=every.get("heard-of", 0),
    )


def _together(now: Numbers) -> Text:
    return text(
        "No partner twice in {weeks} weeks. {intros} introductions a week to one person, open {n} "
        "days.",
        weeks=now.pair_again_weeks,
        intros=now.intros_a_week,
        n=now.intro_expires_days,
    )


@command(
    "cohort field",
    "Teach me a field of work that your alumni have.",
    who=Role.ORGANISER,
    title="Add a field",
    note="Students find alumni by it; they don’t see this list.",
)
def field_of_work(
    ctx: Context,
    field: Annotated[str, "what students would call it", Ask.BOTH],
    titles: Annotated[LongText | None, "job titles that mean it, with commas", Ask.FORM] = None,
    phrases: Annotated[LongText | None, "other words students would use", Ask.FORM] = None,
    neighbours: Annotated[str | None, "fields next to it, with commas", Ask.FORM] = None,
) -> Reply:
    """Extends the fields that searching understands, for this cohort, alumni of today included."""
    fields = ctx.content.fields_for(ctx.cohort)
    near = [found for word in _listed(neighbours) for found in fields.ids_of(word)[:1]]
    extra = {
        **ctx.cohort.extra_fields,
        fold(field).replace(" ", "-"): {
            "label": [field],
            "titles": _listed(titles),
            "asked": _listed(phrases),
            "near": near,
        },
    }
    ctx.store.save_cohort(replace(ctx.cohort, extra_fields=extra))
    ctx.store.index_alumni_anew()
    return answer(text("Students who look for “{field}” now find those titles.", field=field))


def _listed(words: str | None) -> list[str]:
    return [word.strip() for word in (words or "").replace("\n", ",").split(",") if word.strip()]
