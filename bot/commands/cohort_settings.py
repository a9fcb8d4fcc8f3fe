"""The cohort’s numbers and fields, as organisers set them (FEATURES H4, "Numbers")."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Time

from bot.command import Ask, command
from bot.commands.settings import DAYS_OFF, WEEKDAYS
from bot.context import Context
from bot.domain.cohort import Numbers, Role
from bot.domain.tidy import fold
from bot.forms import rest_of
from bot.parameters import LongText, NumberKind, OneOf
from bot.refusal import refuse
from bot.reply import Buttons, Fact, Facts, Part, Reply, Title, answer, button, text

DAYS_OF_REPLY = NumberKind(5, 14)
"""FEATURES B4: one follow-up after 7 days, settable from 5 to 14."""
DAYS, HOURS, FEW = NumberKind(1, 365), NumberKind(1, 240), NumberKind(1, 20)
KINDS = {
    "alumni_touch": "alum",
    "professor_touch": "professor",
    "coworker_touch": "coworker",
    "event_touch": "event",
    "heard_of_touch": "heard-of",
}


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    now = ctx.cohort.numbers
    off = ",".join(str(day) for day in now.off_days) or "none"
    return {
        **{name: getattr(now, name) for name in _PLAIN},
        "check_in_day": str(now.check_in_day),
        "days_off": off if off in DAYS_OFF else None,
        **{name: now.touch_days.get(kind, 0) for name, kind in KINDS.items()},
    }


_PLAIN = (
    "weekly_talks",
    "no_reply_days",
    "alum_asks_a_month",
    "cool_down_days",
    "hold_hours",
    "quiet_from",
    "quiet_until",
    "check_in_at",
    "thanks_at",
    "late_days",
    "back_off_after",
    "pause_after",
    "dry_days",
)


@command(
    "cohort settings",
    "Set the cohort’s numbers: goal, delays, limits, hours.",
    who=Role.ORGANISER,
    title="The cohort’s numbers",
    prefill=_present,
)
def settings(
    ctx: Context,
    weekly_talks: Annotated[
        int | None, "talks a week that a student begins with", Ask.FORM, NumberKind(0, 20)
    ] = None,
    no_reply_days: Annotated[
        int | None, "days until an unanswered ask is asked about, 5 to 14", Ask.FORM, DAYS_OF_REPLY
    ] = None,
    alum_asks_a_month: Annotated[
        int | None, "asks a month for alumni who name no number", Ask.FORM, FEW
    ] = None,
    cool_down_days: Annotated[
        int | None, "days that somebody is left in peace after an ask", Ask.FORM, DAYS
    ] = None,
    hold_hours: Annotated[
        int | None, "hours that a draft keeps classmates from asking the same", Ask.FORM, HOURS
    ] = None,
    quiet_from: Annotated[Time | None, "quiet from, such as 20:00", Ask.FORM] = None,
    quiet_until: Annotated[Time | None, "quiet until, such as 9:00", Ask.FORM] = None,
    days_off: Annotated[str | None, "days without messages", Ask.FORM, OneOf(DAYS_OFF)] = None,
    check_in_day: Annotated[
        str | None, "the day of the weekly check-in", Ask.FORM, OneOf(WEEKDAYS)
    ] = None,
    check_in_at: Annotated[Time | None, "and its hour", Ask.FORM] = None,
    thanks_at: Annotated[Time | None, "when a thank-you is ready next morning", Ask.FORM] = None,
    late_days: Annotated[
        int | None, "days after which a late message is dropped", Ask.FORM, DAYS
    ] = None,
    back_off_after: Annotated[
        int | None, "unanswered messages until I offer to write less", Ask.FORM, FEW
    ] = None,
    pause_after: Annotated[
        int | None, "unanswered messages until I fall silent", Ask.FORM, FEW
    ] = None,
    dry_days: Annotated[
        int | None, "days without a new name until I suggest whom to ask", Ask.FORM, DAYS
    ] = None,
    alumni_touch: Annotated[int | None, "days between touches: alumni", Ask.FORM] = None,
    professor_touch: Annotated[int | None, "days between touches: professors", Ask.FORM] = None,
    coworker_touch: Annotated[int | None, "days between touches: co-workers", Ask.FORM] = None,
    event_touch: Annotated[int | None, "days between touches: met at events", Ask.FORM] = None,
    heard_of_touch: Annotated[int | None, "days between touches: heard of", Ask.FORM] = None,
) -> Reply:
    """What the form held is taken; students' own settings go before the cohort's."""
    given = {name: value for name, value in locals().items() if name not in ("ctx", "given")}
    saved = _with(ctx.cohort.numbers, {k: v for k, v in given.items() if v is not None})
    if saved.pause_after <= saved.back_off_after:
        raise refuse("I fall silent only after I have offered to write less: raise that number.")
    ctx.store.save_cohort(replace(ctx.cohort, numbers=saved))
    parts: list[Part] = [Title(text("The cohort’s numbers")), Facts(tuple(_facts(saved)))]
    if ctx.left_out:
        more = button("The next numbers", rest_of("cohort settings", ctx.left_out), style="main")
        parts.append(Buttons((more,)))
    return answer(*parts)


def _with(now: Numbers, given: Mapping[str, Any]) -> Numbers:
    plain: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
    if "check_in_day" in given:
        plain["check_in_day"] = int(given["check_in_day"])
    if "days_off" in given:
        off = given["days_off"]
        plain["off_days"] = () if off == "none" else tuple(int(day) for day in off.split(","))
    touches = {kind: given[name] for name, kind in KINDS.items() if name in given}
    return replace(now, **plain, touch_days={**now.touch_days, **touches})


def _facts(now: Numbers) -> list[Fact]:
    said = [
        (text("Goal"), f"{now.weekly_talks} a week"),
        (text("No answer"), f"asked about after {now.no_reply_days} days"),
        (text("Alumni"), f"{now.alum_asks_a_month} a month, then {now.cool_down_days} days’ rest"),
        (text("A draft holds"), f"{now.hold_hours} hours"),
        (text("Quiet"), f"{_hour(now.quiet_from)} to {_hour(now.quiet_until)}"),
        (text("Check-in"), f"{WEEKDAYS[str(now.check_in_day)]} {_hour(now.check_in_at)}"),
        (text("Write less / silent"), f"after {now.back_off_after} / {now.pause_after} unanswered"),
    ]
    return [Fact(label, text("{v}", v=value)) for label, value in said]


def _hour(at: Time) -> str:
    return at.format_iso()[:5]


@command(
    "cohort field",
    "Teach me a field of work that your alumni have.",
    who=Role.ORGANISER,
    title="Add a field",
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
