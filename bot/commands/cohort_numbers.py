"""The cohort’s numbers, a form for each subject: shown as they are, checked, kept (FEATURES H4).

What a form says of a number is said once, in the signature; the answer shows it from there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Time

from bot.booked import retime_all
from bot.command import Ask, Parameter, command
from bot.commands.settings import DAYS_OFF, WEEKDAYS
from bot.context import Context
from bot.domain.cohort import Numbers, Role
from bot.forms import rest_of
from bot.invocation import call
from bot.parameters import NumberKind, OneOf
from bot.refusal import refuse
from bot.reply import Buttons, Listing, Part, Reply, Row, Title, answer, button, text

DAYS_OF_REPLY = NumberKind(5, 14)
"""FEATURES B4: one follow-up after 7 days, settable from 5 to 14."""
MINUTES, DAYS, HOURS = NumberKind(5, 120), NumberKind(1, 365), NumberKind(1, 240)
FEW, TALKS, WORDS = NumberKind(1, 20), NumberKind(0, 20), NumberKind(20, 500)
CHARACTERS, TOUCH = NumberKind(100, 2000), NumberKind(0, 730)
KINDS = {
    "alumni_touch": "alum",
    "professor_touch": "professor",
    "coworker_touch": "coworker",
    "event_touch": "event",
    "heard_of_touch": "heard-of",
}
SET_BY = "Only organisers see and set these; they hold for the whole class."


def present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Every number as its form would take it."""
    del given
    now = ctx.cohort.numbers
    plain = {name: getattr(now, name) for name in now.__dataclass_fields__}
    off = ",".join(str(day) for day in now.off_days) or "none"
    touches = {name: now.touch_days.get(kind, 0) for name, kind in KINDS.items()}
    days = {"check_in_day": str(now.check_in_day), "days_off": off if off in DAYS_OFF else None}
    return {**plain, **touches, **days}


@command(
    "cohort asking", "The numbers of asking: minutes, words, waits, limits.",
    who=Role.ORGANISER, listed=False, title="Numbers: asking", prefill=present,
    note=SET_BY,
)  # fmt: skip
def asking(
    ctx: Context,
    ask_minutes: Annotated[int | None, "minutes that a note asks for", Ask.FORM, MINUTES] = None,
    ask_minutes_most: Annotated[int | None, "up to so many minutes", Ask.FORM, MINUTES] = None,
    no_reply_days: Annotated[
        int | None, "days until an unanswered ask is asked about, 5 to 14", Ask.FORM, DAYS_OF_REPLY
    ] = None,
    note_words: Annotated[int | None, "words that a note may have", Ask.FORM, WORDS] = None,
    alum_asks_a_month: Annotated[
        int | None, "asks a month for alumni who name no number", Ask.FORM, FEW
    ] = None,
    cool_down_days: Annotated[
        int | None, "days that an ask counts as one of them", Ask.FORM, DAYS
    ] = None,
    hold_hours: Annotated[
        int | None, "hours that a draft keeps classmates from asking the same", Ask.FORM, HOURS
    ] = None,
    text_words: Annotated[
        int | None, "words of a text to people one knows", Ask.FORM, WORDS
    ] = None,
    linkedin_characters: Annotated[
        int | None, "characters of a LinkedIn note", Ask.FORM, CHARACTERS
    ] = None,
    linkedin_premium: Annotated[
        int | None, "the same with LinkedIn Premium", Ask.FORM, CHARACTERS
    ] = None,
) -> Reply:
    """How long, how short, how often."""
    return _kept(ctx, "cohort asking", locals())


@command(
    "cohort talks", "The numbers around a talk: length, reminders, notice, thanks.",
    who=Role.ORGANISER, listed=False, title="Numbers: talks", prefill=present,
    note=SET_BY,
)  # fmt: skip
def talks(
    ctx: Context,
    talk_minutes: Annotated[
        int | None, "minutes of a booked talk when nobody says", Ask.FORM, MINUTES
    ] = None,
    brief_at: Annotated[Time | None, "when the brief comes the evening before", Ask.FORM] = None,
    last_word_minutes: Annotated[
        int | None, "minutes before a talk of the last reminder", Ask.FORM, MINUTES
    ] = None,
    notice_days: Annotated[
        int | None, "business days’ notice to call a talk off", Ask.FORM, FEW
    ] = None,
    thanks_at: Annotated[Time | None, "when a thank-you is ready next morning", Ask.FORM] = None,
    thanks_within_hours: Annotated[
        int | None, "hours within which the second nudge to thank comes", Ask.FORM, HOURS
    ] = None,
    closing_minutes: Annotated[
        int | None, "minutes before the end of the nudge to stop", Ask.FORM, NumberKind(1, 30)
    ] = None,
    not_yet_hours: Annotated[
        int | None, "hours after which “not yet” is asked again", Ask.FORM, HOURS
    ] = None,
) -> Reply:
    """Before, during and after; talks that are booked already follow."""
    return _kept(ctx, "cohort talks", locals())


@command(
    "cohort hours", "When messages may come, and how they are put off.",
    who=Role.ORGANISER, listed=False, title="Numbers: hours", prefill=present,
    note=SET_BY,
)  # fmt: skip
def hours(
    ctx: Context,
    quiet_from: Annotated[Time | None, "quiet from, such as 20:00", Ask.FORM] = None,
    quiet_until: Annotated[Time | None, "quiet until, such as 9:00", Ask.FORM] = None,
    days_off: Annotated[str | None, "days without messages", Ask.FORM, OneOf(DAYS_OFF)] = None,
    back_off_after: Annotated[
        int | None, "unanswered messages until I offer to write less", Ask.FORM, FEW
    ] = None,
    pause_after: Annotated[
        int | None, "unanswered messages until I fall silent", Ask.FORM, FEW
    ] = None,
    late_days: Annotated[
        int | None, "days after which a late message is dropped", Ask.FORM, DAYS
    ] = None,
    snooze_hours: Annotated[
        int | None, "hours of the shortest “remind me later”", Ask.FORM, NumberKind(1, 12)
    ] = None,
    snooze_evening: Annotated[Time | None, "what “tonight” means there", Ask.FORM] = None,
    snooze_morning: Annotated[Time | None, "and “tomorrow” and “Monday”", Ask.FORM] = None,
) -> Reply:
    """Students' own settings go before these."""
    return _kept(ctx, "cohort hours", locals())


@command(
    "cohort weeks", "The numbers of a week: goal, check-in, new names.",
    who=Role.ORGANISER, listed=False, title="Numbers: weeks", prefill=present,
    note=SET_BY,
)  # fmt: skip
def weeks(
    ctx: Context,
    weekly_talks: Annotated[
        int | None, "talks a week that a student begins with", Ask.FORM, TALKS
    ] = None,
    check_in_day: Annotated[
        str | None, "the day of the weekly check-in", Ask.FORM, OneOf(WEEKDAYS)
    ] = None,
    check_in_at: Annotated[Time | None, "and its hour", Ask.FORM] = None,
    check_in_again_days: Annotated[
        int | None, "days until its one reminder", Ask.FORM, NumberKind(1, 6)
    ] = None,
    dry_days: Annotated[
        int | None, "days without a new name until I suggest whom to ask", Ask.FORM, DAYS
    ] = None,
    attention_days: Annotated[
        int | None, "days without an ask until you see that a word might help", Ask.FORM, DAYS
    ] = None,
    intern_talks: Annotated[
        int | None, "talks a week in working hours that interns begin with", Ask.FORM, TALKS
    ] = None,
) -> Reply:
    """Where a student begins; each may choose their own."""
    return _kept(ctx, "cohort weeks", locals())


@command(
    "cohort touches", "Days between touches, by how students know somebody.",
    who=Role.ORGANISER, listed=False, title="Numbers: in touch", prefill=present,
    note=SET_BY,
)  # fmt: skip
def touches(
    ctx: Context,
    alumni_touch: Annotated[
        int | None, "days until alumni are due again; 0: never", Ask.FORM, TOUCH
    ] = None,
    professor_touch: Annotated[int | None, "the same for professors", Ask.FORM, TOUCH] = None,
    coworker_touch: Annotated[int | None, "for co-workers and coaches", Ask.FORM, TOUCH] = None,
    event_touch: Annotated[int | None, "for people met at events", Ask.FORM, TOUCH] = None,
    heard_of_touch: Annotated[int | None, "for people heard of", Ask.FORM, TOUCH] = None,
) -> Reply:
    """By closeness; a student may set each person's own."""
    return _kept(ctx, "cohort touches", locals())


@command(
    "cohort together", "The numbers of what members do together.",
    who=Role.ORGANISER, listed=False, title="Numbers: together", prefill=present,
    note=SET_BY,
)  # fmt: skip
def together(
    ctx: Context,
    pair_again_weeks: Annotated[
        int | None, "weeks until the same two may practise again", Ask.FORM, NumberKind(1, 52)
    ] = None,
    intros_a_week: Annotated[
        int | None, "introductions asked of one person in a week", Ask.FORM, FEW
    ] = None,
    intro_expires_days: Annotated[
        int | None, "days after which an unanswered introduction lapses", Ask.FORM, DAYS
    ] = None,
    kick_off_hours: Annotated[
        int | None, "hours of silence until two introduced are nudged", Ask.FORM, HOURS
    ] = None,
    end_notice_days: Annotated[
        int | None, "days before the cohort’s end that all hear of it", Ask.FORM, DAYS
    ] = None,
) -> Reply:
    """Pairing, introductions, the end."""
    return _kept(ctx, "cohort together", locals())


def _kept(ctx: Context, section: str, given: Mapping[str, Any]) -> Reply:
    """What the form held is taken; the answer shows the section with what each number is for."""
    saved = _with(ctx.cohort.numbers, {k: v for k, v in given.items() if v is not None})
    _fit_together(saved)
    ctx.store.save_cohort(replace(ctx.cohort, numbers=saved))
    now = replace(ctx, cohort=replace(ctx.cohort, numbers=saved))
    retime_all(now)
    parts: list[Part] = [Title(text("Saved")), Listing(_rows(now, section))]
    buttons = [button("All numbers", call("cohort settings"))]
    if ctx.left_out:
        more = rest_of(section, ctx.left_out)
        buttons.insert(0, button("The next numbers", more, style="main"))
    return answer(*parts, Buttons(tuple(buttons)))


def _with(now: Numbers, given: Mapping[str, Any]) -> Numbers:
    changed = {name: given[name] for name in now.__dataclass_fields__ if name in given}
    if "check_in_day" in changed:
        changed["check_in_day"] = int(changed["check_in_day"])
    if "days_off" in given:
        off = given["days_off"]
        changed["off_days"] = () if off == "none" else tuple(int(day) for day in off.split(","))
    touches = {kind: given[name] for name, kind in KINDS.items() if name in given}
    return replace(now, **changed, touch_days={**now.touch_days, **touches})


def _fit_together(now: Numbers) -> None:
    """Two numbers that contradict each other change nothing. Raises a refusal."""
    if now.pause_after <= now.back_off_after:
        raise refuse("I fall silent only after I have offered to write less: raise that number.")
    if now.ask_minutes_most < now.ask_minutes:
        raise refuse("“Up to” has to be the longer one of the two: raise it, or ask for less.")
    if now.linkedin_premium < now.linkedin_characters:
        raise refuse("LinkedIn Premium gives more characters, not fewer: raise that number.")


def _rows(ctx: Context, section: str) -> tuple[Row, ...]:
    declared = ctx.registry.get(section)
    values = present(ctx, {})
    return tuple(
        Row(
            text("{label}: *{now}*", label=each.label, now=_shown(ctx, each, values[each.name])),
            text("{about}", about=each.about),
        )
        for each in (declared.visible if declared else ())
    )


def _shown(ctx: Context, each: Parameter, value: Any) -> str:
    return "" if value is None else each.kind.show(value, ctx)
