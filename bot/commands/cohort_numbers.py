"""The cohort’s numbers, a form for each subject: shown as they are, checked, kept (FEATURES H4).

What a form says of a number is said once, in its line; its type is the number's own, and the
answer shows it from there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, LiteralString, TypeAlias, get_type_hints

from bot.booked import retime_all
from bot.command import Ask, Command, Parameter
from bot.commands.settings import DAYS_OFF, WEEKDAYS
from bot.context import Context
from bot.domain.cohort import Numbers, Role
from bot.forms import rest_of
from bot.invocation import call
from bot.kinds import kind_of
from bot.parameters import Kind, NumberKind, OneOf
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
TYPES = get_type_hints(Numbers)
Said: TypeAlias = str | tuple[str, Kind[Any]]
"""What a number is for, and its kind where its type does not say all of it."""
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


def _form(section: str, about: LiteralString, says: Mapping[str, Said]) -> Command:
    """One form: of each number what it is for, and its bounds where its type does not say them."""
    name = f"cohort {section}"

    def keep(ctx: Context, **given: Any) -> Reply:
        return _kept(ctx, name, given)

    return Command(
        name=name,
        about=about,
        handler=keep,
        parameters=tuple(_asked(*each) for each in says.items()),
        who=Role.ORGANISER,
        listed=False,
        title=f"Numbers: {section}" if section != "touches" else "Numbers: in touch",
        note=SET_BY,
        prefill=present,
    )


def _asked(name: str, said: Said) -> Parameter:
    """A number as the form asks for it. Raises KeyError for what is no number of a cohort."""
    about, kind = said if isinstance(said, tuple) else (said, None)
    kind = kind or kind_of(TYPES[name])
    return Parameter(name, about, Ask.FORM, kind, required=False)


asking = _form("asking", "The numbers of asking: minutes, words, waits, limits.", {
    "ask_minutes": ("minutes that a note asks for", MINUTES),
    "ask_minutes_most": ("up to so many minutes", MINUTES),
    "no_reply_days": ("days until an unanswered ask is asked about, 5 to 14", DAYS_OF_REPLY),
    "follow_ups": ("notes after the first, while nobody answers: 0, 1 or 2", NumberKind(0, 2)),
    "note_words": ("words that a note may have", WORDS),
    "alum_asks_a_month": ("asks a month for alumni who name no number", FEW),
    "cool_down_days": ("days that an ask counts as one of them", DAYS),
    "hold_hours": ("hours that a draft keeps classmates from asking the same", HOURS),
    "later_days": ("days until somebody who said “later” is written to", DAYS),
    "text_words": ("words of a text to people one knows", WORDS),
    "linkedin_characters": ("characters of a LinkedIn note", CHARACTERS),
    "linkedin_premium": ("the same with LinkedIn Premium", CHARACTERS),
})  # fmt: skip
talks = _form("talks", "The numbers around a talk: length, reminders, names, thanks.", {
    "talk_minutes": ("minutes of a booked talk when nobody says", MINUTES),
    "brief_at": "when the brief comes the evening before",
    "last_word_minutes": ("minutes before a talk of the last reminder", MINUTES),
    "notice_days": ("business days’ notice to call a talk off", FEW),
    "names_to_ask": ("names to ask for before leaving: 1, 2 or 3", NumberKind(1, 3)),
    "thanks_at": "when a thank-you is ready next morning",
    "thanks_nudges": ("nudges to say thank you: 1 or 2, never a third", NumberKind(1, 2)),
    "thanks_within_hours": ("hours within which the second nudge to thank comes", HOURS),
    "closing_minutes": ("minutes before the end of the nudge to stop", NumberKind(1, 30)),
    "not_yet_hours": ("hours after which “not yet” is asked again", HOURS),
})  # fmt: skip
hours = _form("hours", "When messages may come, and how they are put off.", {
    "quiet_from": "quiet from, such as 20:00",
    "quiet_until": "quiet until, such as 9:00",
    "days_off": ("days without messages", OneOf(DAYS_OFF)),
    "back_off_after": ("unanswered messages until I offer to write less", FEW),
    "pause_after": ("unanswered messages until I fall silent", FEW),
    "late_days": ("days after which a late message is dropped", DAYS),
    "snooze_hours": ("hours of the shortest “remind me later”", NumberKind(1, 12)),
    "snooze_evening": "what “tonight” means there",
    "snooze_morning": "and “tomorrow” and “Monday”",
})  # fmt: skip
weeks = _form("weeks", "The numbers of a week: goal, check-in, new names.", {
    "weekly_talks": ("talks a week that a student begins with", TALKS),
    "check_in_day": ("the day of the weekly check-in", OneOf(WEEKDAYS)),
    "check_in_at": "and its hour",
    "check_in_again_days": ("days until its one reminder; 0: none", NumberKind(0, 6)),
    "dry_days": ("days without a new name until I suggest whom to ask", DAYS),
    "attention_days": ("days without an ask until you see that a word might help", DAYS),
    "intern_talks": ("talks a week in working hours that interns begin with", TALKS),
})  # fmt: skip
touches = _form("touches", "Days between touches, by how students know somebody.", {
    "alumni_touch": ("days until alumni are due again; 0: never", TOUCH),
    "professor_touch": ("the same for professors", TOUCH),
    "coworker_touch": ("for co-workers and coaches", TOUCH),
    "event_touch": ("for people met at events", TOUCH),
    "heard_of_touch": ("for people heard of", TOUCH),
})  # fmt: skip
together = _form("together", "The numbers of what members do together.", {
    "pair_again_weeks": ("weeks until the same two may practise again", NumberKind(1, 52)),
    "intros_a_week": ("introductions asked of one person in a week", FEW),
    "intro_expires_days": ("days after which an unanswered introduction lapses", DAYS),
    "kick_off_hours": ("hours of silence until two introduced are nudged", HOURS),
    "end_notice_days": ("days before the cohort’s end that all hear of it", DAYS),
})  # fmt: skip
