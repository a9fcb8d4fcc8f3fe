"""What is said of events: when for the reader, when there, and what comes next (FEATURES G4)."""

from collections.abc import Iterable, Iterator

from bot.calendars import event_file
from bot.context import Context
from bot.domain.booking import clock, place_of, weekday
from bot.domain.cadence import local_day
from bot.domain.dates import UnderstoodMoment
from bot.domain.events import Event
from bot.going import how_many, said_by
from bot.invocation import call
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Moment,
    Note,
    Occasion,
    Paragraph,
    Part,
    Row,
    Text,
    answer,
    button,
    text,
)

CHECKLIST = (
    "To take along: your résumé, a few cards or your LinkedIn code, and three people you would "
    "like to meet there, looked up."
)


def may_change(ctx: Context, event: Event) -> bool:
    """Whoever added it, and organisers."""
    return ctx.organises or event.maker_id == ctx.member.id


def occasion(event: Event) -> Occasion:
    """The event as every surface shows it."""
    return Occasion(
        event.name,
        event.at,
        event.minutes,
        event.place,
        event.about,
        key=str(event.id),
        cancelled=event.cancelled is not None,
    )


def going_button(event: Event) -> Button:
    """The first thing to do about an event."""
    return button("I’m going", call("event going", event=event.id), style="main")


def there(event: Event, zone: str) -> list[Part]:
    """Its own clock, where that is not the reader's."""
    if not event.zone or event.at.to_tz(event.zone).offset == event.at.to_tz(zone).offset:
        return []
    where = place_of(event.zone)
    words = text("That is {time} in {place}.", time=clock(event.at, event.zone), place=where)
    if local_day(event.at, event.zone) != local_day(event.at, zone):
        day = weekday(event.at, event.zone)
        words = text(
            "That is {day} {time} in {place}.",
            day=day,
            time=clock(event.at, event.zone),
            place=where,
        )
    return [Paragraph(words)]


def added_answer(ctx: Context, event: Event, found: UnderstoodMoment, *, posted: bool) -> Answer:
    """The echo, with a way to mend what was understood."""
    said = (
        text("On its way to the channel:")
        if posted
        else text("It is on the list. No channel was chosen yet, so I post it nowhere:")
    )
    parts: list[Part] = [Paragraph(said), occasion(event), *there(event, ctx.zone)]
    if found.note:
        parts.append(Paragraph(Text(found.note)))
    change = button("Change it", call("event change", event=event.id))
    off = button("Call it off", call("event cancel", event=event.id))
    return answer(*parts, Buttons((going_button(event), change, off)))


def changed_answer(event: Event, found: UnderstoodMoment, told: int) -> Answer:
    """After a change: who hears of it."""
    parts: list[Part] = [Paragraph(text("Saved:")), occasion(event)]
    if found.note:
        parts.append(Paragraph(Text(found.note)))
    if told:
        parts.append(Note(text("I tell {n} who go.", n="the one" if told == 1 else f"the {told}")))
    return answer(*parts)


def coming_rows(ctx: Context, events: Iterable[Event]) -> Iterator[Row]:
    """A row an event; whether I go, and how many do."""
    for each in events:
        said = said_by(ctx, each)
        many = how_many(ctx, each)
        mine = said is not None and said.going
        detail = text("{at}", at=Moment(each.at))
        if each.place:
            detail = text("{detail}, {place}", detail=detail, place=each.place)
        if mine:
            detail = text("{detail} · you’re going", detail=detail)
        elif many:
            detail = text("{detail} · {n} going", detail=detail, n=many)
        buttons = [
            button("Can’t make it", call("event going", event=each.id, going="no"))
            if mine
            else going_button(each)
        ]
        if may_change(ctx, each):
            buttons.append(button("Change it", call("event change", event=each.id)))
            buttons.append(button("Call it off", call("event cancel", event=each.id)))
        yield Row(text("*{name}*", name=each.name), detail, tuple(buttons))


def going_answer(ctx: Context, event: Event) -> Answer:
    """What comes, what to take along, and the file for the calendar."""
    others = how_many(ctx, event) - 1
    with_you = text("")
    if others > 0:
        many = "One of your class goes" if others == 1 else f"{others} of your class go"
        with_you = text(" {many} too.", many=many)
    parts: list[Part] = [
        Paragraph(text("You’re going: *{name}*.{w}", name=event.name, w=with_you)),
        occasion(event),
        *there(event, ctx.zone),
        Paragraph(text(CHECKLIST)),
    ]
    if ctx.member.hears:
        minutes = ctx.cohort.numbers.last_word_minutes
        soon = text("I remind you the day before and {n} minutes before.", n=minutes)
        parts.append(Note(soon))
    else:
        parts.append(Note(text("I send you nothing unless you opt in; the file rings by itself.")))
    parts.append(event_file(event, ctx.now, ctx.cohort.numbers.last_word_minutes))
    off = button("Can’t make it", call("event going", event=event.id, going="no"), replaces=True)
    return answer(*parts, Buttons((off, button("All events", call("event list")))))
