"""What is due with whom, and how the weeks went, in words and bars of text (F2, F11, D5, J7)."""

from collections.abc import Iterator
from dataclasses import replace

from whenever import Date, Instant, TimeDelta

from bot.command import command
from bot.commands import due_talks
from bot.commands.checkin import open_week
from bot.commands.unsure import named
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cohort import weekly_goal
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact, Standing
from bot.domain.progress import Week, streak, trend, weeks
from bot.domain.talks import Promise, Talk
from bot.domain.timing import UNSURE
from bot.domain.touch import due_list
from bot.domain.weeks import bar, monday_of
from bot.domain.wishlist import in_order
from bot.intro_waiting import waiting_for
from bot.invocation import call
from bot.people_kinds import contacts_of
from bot.ports import AtLeast, Not
from bot.reply import (
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Listing,
    Note,
    Part,
    PersonRef,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.team import together
from bot.touches import last_touches

WEEKS = 8
SHOWN_FOR = TimeDelta(hours=24 * 30)
"""How long what did not come is shown."""


@command("network due", "What is due, and with whom.", reads=True)
def due(ctx: Context) -> Reply:
    """Thanks, promises, open asks, touches; and what could not be brought to the student."""
    people = {each.id: each for each in contacts_of(ctx)}
    ahead = due_talks.to_come(ctx, people)
    sections: list[tuple[Text, list[Row]]] = [
        (text("Did it happen?"), list(due_talks.not_told(ctx, people))),
        (text("To thank"), list(_to_thank(ctx, people))),
        (text("Introductions"), list(_introductions(ctx))),
        (text("Promised"), list(_promised(ctx, people))),
        (text("Waiting for an answer"), list(_waiting(ctx, people))),
        (text("Stay in touch"), list(_touches(ctx, people))),
        (text("Check-in"), list(_week_open(ctx))),
        (text("Messages that may not have reached you"), list(_unsent(ctx))),
    ]
    if any(found for _title, found in sections) or len(ahead) > 1:
        sections.append((text("Coming"), list(due_talks.rows(ctx, ahead, people))))
    elif ahead:
        return answer(*due_talks.nothing_but(ctx, ahead[0], people[ahead[0].contact_id]))
    parts: list[Part] = []
    for title, rows in sections:
        if rows:
            parts += [Title(title), Listing(tuple(rows))]
    if not parts:
        return answer(
            text("Nothing is due. A good day to ask one person."),
            Buttons((*_whom_to_ask(people), button("Find alumni", call("alum find")))),
        )
    return answer(*parts)


def _whom_to_ask(people: dict[int, Contact]) -> tuple[Button, ...]:
    """The next of the wish list: somebody who was named goes before a stranger."""
    waiting = [each for each in in_order(people.values()) if each.standing is Standing.TO_ASK]
    waiting.sort(key=lambda each: each.referred_by is None)
    return tuple(
        button(text("Ask {name}", name=each.name), call("ask draft", person=each.id), style="main")
        for each in waiting[:1]
    )


def _row(whom: Contact, said: Text, step: Button) -> Row:
    return Row(text("*{name}*", name=whom.name), said, (step,), PersonRef(whom.id, whom.name))


def _to_thank(ctx: Context, people: dict[int, Contact]) -> Iterator[Row]:
    for talk in ctx.store.find(Talk, member_id=ctx.member.id, thanked=None, order="-held"):
        person = people.get(talk.contact_id)
        if person is not None:
            said = text("you talked on {day}", day=Day(talk.held))
            yield _row(person, said, button("Thank them", call("thanks draft", talk=talk.id)))


def _introductions(ctx: Context) -> Iterator[Row]:
    """What waits for a word of mine."""
    for each, said in waiting_for(ctx):
        yield Row(said, None, (button("Open", call("intro show", intro=each.id)),))


def _promised(ctx: Context, people: dict[int, Contact]) -> Iterator[Row]:
    promises = ctx.store.find(Promise, member_id=ctx.member.id, done=None)
    for each in sorted(promises, key=lambda one: one.due or Date.MAX):
        talk = ctx.store.get(Talk, each.talk_id)
        person = people.get(talk.contact_id) if talk is not None else None
        by = text(", by {day}", day=Day(each.due)) if each.due is not None else text("")
        whom = text("{name}: ", name=person.name) if person is not None else text("")
        yield Row(
            text("{whom}{what}{by}", whom=whom, what=each.words, by=by),
            None,
            (button("Done", call("promise done", promise=each.id)),),
        )


def _waiting(ctx: Context, people: dict[int, Contact]) -> Iterator[Row]:
    """Open asks; once the time to wait is over, with the next step beside them.

    So a question after it that came too late to be asked (in a long pause) is not lost."""
    sent = ctx.store.find(Ask, member_id=ctx.member.id, outcome="", sent=Not(None))
    open_asks = {each.contact_id: each for each in sent}
    for person in people.values():
        if person.standing is not Standing.ASKED:
            continue
        answered = button("They answered", call("ask replied", person=person.id))
        row = _row(person, text("no answer yet"), answered)
        ask = open_asks.get(person.id)
        yield row if ask is None else _after_waiting(ctx, row, ask)


def _after_waiting(ctx: Context, row: Row, ask: Ask) -> Row:
    written = ask.followed_up or ask.sent or ctx.now
    days = int(ctx.today.since(_day(written, ctx.zone), total="days"))
    if days < ctx.cohort.numbers.no_reply_days:
        return row
    said = text("no answer in {n} days", n=days)
    if ask.written_again:
        said = text("no answer to the second note either")
    step = button("Move on", call("ask next", ask=ask.id))
    if ask.may_follow_up(ctx.cohort.numbers):
        step = button("Follow-up draft", call("ask followup", ask=ask.id))
    return replace(row, detail=said, buttons=(*row.buttons, step))


def _touches(ctx: Context, people: dict[int, Contact]) -> Iterator[Row]:
    usual = ctx.cohort.numbers.touch_days
    put_off = {
        each.subject
        for each in ctx.store.find(
            Owed, member_id=ctx.member.id, command="touch remind", state=OwedState.DUE
        )
        if each.occurrence.startswith("snoozed:")
    }
    for each in due_list(people.values(), last_touches(ctx), usual, ctx.today):
        person = each.contact
        if f"contact:{person.id}" in put_off:
            continue
        note = text(" · {note}", note=_last_note(ctx, person))
        said = text("{late}{note}", late=each.lateness.value, note=note)
        yield _row(person, said, button("Write", call("touch write", person=person.id)))


def _last_note(ctx: Context, person: Contact) -> str:
    talk = ctx.store.first(Talk, contact_id=person.id, member_id=ctx.member.id, order="-held")
    words = (talk.tip or talk.takeaways) if talk is not None else person.notes
    return words[:80] or "nothing noted"


def _week_open(ctx: Context) -> Iterator[Row]:
    week = open_week(ctx)
    if week is not None:
        said = text("the week from {day}", day=Day(week))
        yield Row(said, None, (button("Check in", call("checkin")),))


def _unsent(ctx: Context) -> Iterator[Row]:
    """What was unsure or undeliverable in the last thirty days."""
    found = ctx.store.find(
        Owed,
        member_id=ctx.member.id,
        state=(OwedState.UNKNOWN, OwedState.UNDELIVERABLE),
        settled=AtLeast(ctx.now - SHOWN_FOR),
        command=Not(UNSURE),
        order="-due",
        limit=5,
    )
    for each in found:
        unsure = each.state is OwedState.UNKNOWN
        yield Row(
            named(each),
            text("may not have come") if unsure else text("could not be delivered"),
            (button("Show it", call("missed show", owed=each.id)),),
        )


@command("network progress", "Your weeks against your goal, in bars.", reads=True)
def progress(ctx: Context) -> Reply:
    """Asks, talks and thank-yous a week; hours; where the fields moved."""
    asks = ctx.store.find(Ask, member_id=ctx.member.id)
    talks = ctx.store.find(Talk, member_id=ctx.member.id, order="held")
    found = weeks(
        ctx.today,
        _weeks_here(ctx, [each.held for each in talks]),
        [_day(each.sent, ctx.zone) for each in asks if each.sent is not None],
        [each.held for each in talks],
        [_day(each.thanked, ctx.zone) for each in talks if each.thanked is not None],
    )
    goal = weekly_goal(ctx.member, ctx.cohort.numbers)
    rows = tuple(_week(each, goal) for each in found)
    parts: list[Part] = [
        Title(text("Your weeks; the goal is {goal}", goal=_talks(goal))),
        Listing(rows),
        Facts(tuple(_facts(ctx, found, talks, goal))),
        Note(text("For you alone. Your teacher sees the counts.")),
    ]
    return answer(*parts)


def _weeks_here(ctx: Context, held: list[Date]) -> int:
    """Since the week they joined, or of a talk before it; at most the last eight."""
    first = min([_day(ctx.member.joined, ctx.zone), *held])
    past = monday_of(ctx.today).since(monday_of(first), total="days")
    return min(WEEKS, int(past) // 7 + 1)


def _day(at: Instant, zone: str) -> Date:
    return at.to_tz(zone).date()


def _talks(count: int) -> str:
    return "1 talk" if count == 1 else f"{count} talks"


def _week(week: Week, goal: int) -> Row:
    return Row(
        text("{day} {bar}", day=Day(week.monday), bar=bar(week.talks, goal)),
        text(
            "{asks} asked, {talks}, {thanks} thanked",
            asks=week.asks,
            talks=_talks(week.talks),
            thanks=week.thanks,
        ),
    )


def _facts(ctx: Context, found: list[Week], talks: list[Talk], goal: int) -> Iterator[Fact]:
    in_a_row = streak(found, goal)
    if in_a_row > 1:
        yield Fact(text("Goal reached"), text("{n} weeks in a row", n=in_a_row))
    yield from _budget(ctx, found[0])
    people = {each.id: each for each in ctx.store.find(Contact, owner_id=ctx.member.id)}
    named = [each for each in people.values() if each.referred_by is not None]
    yield Fact(text("Names gained"), text("{n}", n=len(named)))
    if (bar := together(ctx)) is not None:
        yield Fact(text("Your class"), bar)
    fits = [
        (people[each.contact_id].field, each.fit) for each in talks if each.contact_id in people
    ]
    moved = trend(fits)
    rest = text("Your talks") if len(moved) == 1 else text("Other talks")
    for field, moves in moved:
        label = text("{field}", field=field[:1].upper() + field[1:]) if field else rest
        yield Fact(label, text("{moves}", moves=moves))


def _budget(ctx: Context, week: Week) -> Iterator[Fact]:
    """The time budget: informs, never refuses."""
    hours = ctx.member.weekly_hours
    if not hours:
        return
    left = hours * 60 - week.minutes
    used = text("about {used} of {hours} h used", used=f"{week.minutes / 60:.1f}", hours=hours)
    over = text("{used}. That is more than you meant to give; the rest can wait.", used=used)
    yield Fact(text("This week’s time"), used if left >= 0 else over)
