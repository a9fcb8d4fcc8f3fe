"""The weekly check-in: three taps and a free line, editable, skippable (FEATURES F6)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, LiteralString

from whenever import Date, Instant

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cadence import MIDNIGHT, at_local, local_day
from bot.domain.cohort import weekly_goal
from bot.domain.people import Standing
from bot.domain.talks import CheckIn, Talk
from bot.domain.weeks import MOODS, bar, monday_of, week_asked
from bot.domain.wishlist import in_order
from bot.invocation import call
from bot.parameters import LongText, NumberKind
from bot.people_kinds import contacts_of
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Listing,
    Note,
    Paragraph,
    Part,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.time_kinds import DayKind

WEEKS_SHOWN = 8
COUNT = NumberKind(0, 50)
PRIVATE = text("Your teacher sees the numbers, not the words.")


@command("checkin", "Check in on your week: three taps.")
def checkin(ctx: Context) -> Reply:
    """This week's, or what was answered with a way to change it."""
    week = week_asked(ctx.today)
    there = _answered(ctx, week)
    if there is None:
        return _first_tap(ctx, week)
    return answer(*_summary(ctx, there))


def _answered(ctx: Context, week: Date) -> CheckIn | None:
    return ctx.store.first(CheckIn, member_id=ctx.member.id, week=week)


def open_week(ctx: Context) -> Date | None:
    """The week that a check-in is about, unless it was answered, over before they joined, or they
    joined today: whoever has just come has had no week yet."""
    week = week_asked(ctx.today)
    joined = local_day(ctx.member.joined, ctx.zone)
    if joined >= week.add(days=7) or joined == ctx.today:
        return None
    return week if _answered(ctx, week) is None else None


def _known(ctx: Context, week: Date) -> tuple[int, int]:
    """Notes sent and talks logged in that week: nothing is asked that is known."""
    end = week.add(days=7)
    asks = ctx.store.find(Ask, member_id=ctx.member.id, sent=AtLeast(_begins(ctx, week)))
    talks = ctx.store.find(Talk, member_id=ctx.member.id, held=AtLeast(week))
    sent = [each.sent for each in asks if each.sent is not None]
    return (
        sum(1 for each in sent if each < _begins(ctx, end)),
        sum(1 for each in talks if each.held < end),
    )


def _begins(ctx: Context, day: Date) -> Instant:
    return at_local(day, MIDNIGHT, ctx.zone)


def _counted(count: int, one: LiteralString, many: LiteralString) -> str:
    return f"{count} {one if count == 1 else many}"


def _first_tap(ctx: Context, week: Date) -> Answer:
    asks, talks = _known(ctx, week)
    said = [_counted(asks, "note sent", "notes sent")] if asks else []
    said += [_counted(talks, "talk logged", "talks logged")] if talks else []
    known = text(" I count {known}.", known=" and ".join(said)) if said else text("")
    return answer(
        text(
            "Your week from {day}.{known} *How many people did you ask for a talk?*",
            day=Day(week),
            known=known,
        ),
        Buttons(_taps(week, "asks", {})),
        Buttons(
            (button("Skip this week", call("checkin skip", week=week.format_iso()), replaces=True),)
        ),
    )


def _in_the_log(ctx: Context, week: Date) -> Text:
    _, logged = _known(ctx, week)
    if not logged:
        return text("")
    return text(" Your log has {n}.", n="one" if logged == 1 else str(logged))


def _taps(week: Date, name: str, so_far: Mapping[str, str | int]) -> tuple[Button, ...]:
    labels = ("0", "1", "2", "3", "4 or more")
    return tuple(
        button(
            Text(label),
            call("checkin tap", week=week.format_iso(), **{**so_far, name: number}),
            replaces=True,
        )
        for number, label in enumerate(labels)
    )


@command("checkin tap", "One tap of the check-in.", listed=False)
def tap(
    ctx: Context,
    week: Annotated[Date, "", Asked.HIDDEN, DayKind("past")],
    asks: Annotated[int | None, "", Asked.HIDDEN, COUNT] = None,
    talks: Annotated[int | None, "", Asked.HIDDEN, COUNT] = None,
    mood: Annotated[str | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """Each press carries the ones before it; the third saves."""
    if asks is None:
        return _first_tap(ctx, week)
    if talks is None:
        return answer(
            text("*And how many talks did you have?*{known}", known=_in_the_log(ctx, week)),
            Buttons(_taps(week, "talks", {"asks": asks})),
        )
    if mood not in MOODS:
        so_far = {"week": week.format_iso(), "asks": asks, "talks": talks}
        return answer(
            text("*How does it feel?*"),
            Buttons(
                tuple(
                    button(Text(words), call("checkin tap", mood=key, **so_far), replaces=True)
                    for key, words in MOODS.items()
                )
            ),
        )
    saved = _save(ctx, week, asks=asks, talks=talks, mood=mood, skipped=False)
    return answer(*_summary(ctx, saved))


def _save(ctx: Context, week: Date, **changed: Any) -> CheckIn:
    there = _answered(ctx, week)
    if there is not None:
        saved = replace(there, answered=ctx.now, **changed)
        ctx.store.save(saved)
        return saved
    return ctx.store.add(
        CheckIn(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            week=week,
            answered=ctx.now,
            **changed,
        )
    )


@command("checkin skip", "Skip this week.", listed=False)
def skip(ctx: Context, week: Annotated[Date, "", Asked.HIDDEN, DayKind("past")]) -> Reply:
    """A week off is fine, and can be undone."""
    _save(ctx, week, skipped=True)
    return answer(
        text("Skipped. A week off is fine."),
        Buttons(
            (
                button(
                    "Check in after all", call("checkin tap", week=week.format_iso()), replaces=True
                ),
            )
        ),
    )


def _words_now(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    week = given.get("week")
    there = _answered(ctx, week) if isinstance(week, Date) else None
    return {"words": there.words} if there is not None else {}


@command(
    "checkin words",
    "Add a line to your check-in.",
    listed=False,
    title="Your week",
    note="Only you can read this. Organisers see counts.",
    prefill=_words_now,
)
def words(
    ctx: Context,
    week: Annotated[Date, "", Asked.HIDDEN, DayKind("past")],
    words: Annotated[LongText | None, "what went well, what is hard", Asked.FORM] = None,
) -> Reply:
    """Kept for the student alone."""
    if _answered(ctx, week) is None:
        raise refuse("Tap the three answers first, then add a line.")
    saved = _save(ctx, week, words=words or "")
    return answer(*_summary(ctx, saved))


@command("checkin history", "Your last weeks against your goal.", listed=False, reads=True)
def history(ctx: Context) -> Reply:
    """Eight weeks as bars of text."""
    weeks = ctx.store.find(CheckIn, member_id=ctx.member.id, order="-week", limit=WEEKS_SHOWN)
    if not weeks:
        return answer(text("No check-ins yet."), Buttons((button("Check in", call("checkin")),)))
    goal = _goal(ctx)
    rows = tuple(
        Row(
            text("{day}: {bar}", day=Day(each.week), bar=bar(each.talks, goal)),
            text("skipped")
            if each.skipped
            else text(
                "{asks} asked, {talks} talked, {mood}",
                asks=each.asks,
                talks=each.talks,
                mood=MOODS.get(each.mood, ""),
            ),
        )
        for each in weeks
    )
    return answer(Title(text("Your weeks; the goal is {goal} a week", goal=goal)), Listing(rows))


def _goal(ctx: Context) -> int:
    return weekly_goal(ctx.member, ctx.cohort.numbers)


def _summary(ctx: Context, week: CheckIn) -> list[Part]:
    iso = week.week.format_iso()
    change = button("Change", call("checkin tap", week=iso), replaces=True)
    if week.skipped:
        return [
            Paragraph(text("You skipped the week from {day}.", day=Day(week.week))),
            Buttons((change,)),
        ]
    goal = _goal(ctx)
    parts: list[Part] = [
        Paragraph(
            text(
                "Your week from {day}: {asks} asked, {talks} talked, {mood}. Goal: {bar}",
                day=Day(week.week),
                asks=week.asks,
                talks=week.talks,
                mood=MOODS.get(week.mood, "no mood"),
                bar=bar(week.talks, goal),
            )
        ),
        Paragraph(text("{said}", said=_encouraged(week, goal))),
    ]
    if week.words:
        parts.append(Paragraph(text("_{words}_", words=week.words)))
    add = button(
        "Add a line" if not week.words else "Change the line", call("checkin words", week=iso)
    )
    due = button("What is due", call("network due"))
    more = (due, add, change, button("My weeks", call("checkin history")))
    parts += [Buttons((*_next(ctx, week), *more)), Note(PRIVATE)]
    return parts


def _encouraged(week: CheckIn, goal: int) -> LiteralString:
    if week.mood == "down":
        return "Being stuck is part of it. One small step is enough this week."
    if goal and week.talks >= goal:
        return "That’s your goal reached."
    if week.asks:
        return "Asking is the part you can decide. Answers follow."
    return "A new week. One ask is a good start."


def _next(ctx: Context, week: CheckIn) -> tuple[Button, ...]:
    """The one next step: a talk not yet in the log, else the next name on the list."""
    if week.talks > _known(ctx, week.week)[1]:
        return (button("Log a talk", call("interview log"), style="main"),)
    waiting = [each for each in in_order(contacts_of(ctx)) if each.standing is Standing.TO_ASK]
    if waiting:
        name = waiting[0].name
        does = call("ask draft", person=waiting[0].id)
        return (button(text("Ask {name}", name=name), does, style="main"),)
    found = call("alum find", field=ctx.member.field or None)
    return (button("Find somebody to ask", found, style="main"),)


@reminder("checkin ask")
def ask(
    ctx: Context, week: Annotated[Date | None, "", Asked.HIDDEN, DayKind("past")] = None
) -> Answer | None:
    """Monday's message; nothing when the week was answered or skipped already."""
    about = week or week_asked(ctx.today)
    if _answered(ctx, about) is not None or _only_organises(ctx):
        return None
    first = _first_tap(ctx, about)
    again = call("checkin ask", week=about.format_iso())
    return answer(
        Paragraph(text("Your weekly check-in, since you joined: three taps.")),
        *first.parts,
        snooze_menu(ctx, again, f"week:{about.format_iso()}"),
    )


@reminder("checkin remind")
def remind(
    ctx: Context, week: Annotated[Date | None, "", Asked.HIDDEN, DayKind("past")] = None
) -> Answer | None:
    """The one reminder; a second never comes, nor a late one once the next week is asked about."""
    about = week or week_asked(ctx.today)
    passed = about < monday_of(ctx.today).subtract(days=7)
    if passed or _answered(ctx, about) is not None or _only_organises(ctx):
        return None
    return answer(
        Paragraph(text("Your check-in is still open. It takes ten seconds, or skip it.")),
        *_first_tap(ctx, about).parts,
        snooze_menu(
            ctx, call("checkin remind", week=about.format_iso()), f"week:{about.format_iso()}"
        ),
    )


def _only_organises(ctx: Context) -> bool:
    """A teacher with nobody on a list of their own has no week to tell of."""
    return ctx.organises and not contacts_of(ctx)
