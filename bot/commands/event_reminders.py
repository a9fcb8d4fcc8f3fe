"""What is sent about an event: to the channel, and to whoever goes (FEATURES G4, F3)."""

from typing import Annotated

from bot.command import Ask, reminder
from bot.commands.event_words import CHECKLIST, going_button, occasion, there
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import local_day
from bot.domain.cohort import Member
from bot.domain.events import Event
from bot.going import ends, said_by, still_on, subject_of
from bot.invocation import call
from bot.reply import (
    Answer,
    Buttons,
    Moment,
    Note,
    Paragraph,
    Part,
    Text,
    answer,
    button,
    text,
)


@reminder("event post")
def post(
    ctx: Context, event: Annotated[int, "", Ask.HIDDEN], sequence: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """In the channel: new, changed or called off; only the newest of these."""
    found = ctx.store.get(Event, event)
    if found is None or found.sequence != sequence or ends(found) <= ctx.now:
        return None
    if found.cancelled is not None:
        off = text("Called off: *{name}*, {at}.", name=found.name, at=Moment(found.at))
        return answer(off, occasion(found))
    maker = ctx.store.get(Member, found.maker_id) if found.maker_id is not None else None
    if sequence:
        said = text("An event was changed; this is how it is now:")
    elif maker is not None:
        said = text("An event, from {name}:", name=maker.name)
    else:
        said = text("An event:")
    return answer(said, occasion(found), Buttons((going_button(found),)))


@reminder("event changed")
def changed(
    ctx: Context, event: Annotated[int, "", Ask.HIDDEN], sequence: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """To whoever goes, each time."""
    found = ctx.store.get(Event, event)
    said = said_by(ctx, found) if found is not None else None
    if found is None or said is None or not said.going or found.sequence != sequence:
        return None
    why = Note(text("You said that you are going."))
    if found.cancelled is not None:
        return answer(
            text("*{name}*, {at}, was called off.", name=found.name, at=Moment(found.at)), why
        )
    off = button("Can’t make it", call("event going", event=event, going="no"), replaces=True)
    return answer(
        text("*{name}* was changed. This is how it is now:", name=found.name),
        occasion(found),
        *there(found, ctx.zone),
        Buttons((off,)),
        why,
    )


@reminder("event soon")
def soon(
    ctx: Context, event: Annotated[int, "", Ask.HIDDEN], sequence: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """The day before, in that day's one message."""
    on = still_on(ctx, event, sequence)
    if on is None or on[0].at <= ctx.now:
        return None
    found = on[0]
    parts: list[Part] = [
        Paragraph(text("{when}: *{name}*{where}.", when=_when(ctx, found), name=found.name,
                       where=_where(found))),
        *there(found, ctx.zone),
        Paragraph(text(CHECKLIST)),
        Buttons(
            (
                button("A question to ask", call("question")),
                button("My thirty seconds", call("interview intro")),
                button(
                    "Can’t make it", call("event going", event=event, going="no"), replaces=True
                ),
            )
        ),
    ]  # fmt: skip
    return answer(*parts)


def _when(ctx: Context, event: Event) -> Text:
    days = int(local_day(event.at, ctx.zone).since(ctx.today, total="days"))
    if days == 0:
        return text("Today {time}", time=Moment(event.at, "time"))
    if days == 1:
        return text("Tomorrow {time}", time=Moment(event.at, "time"))
    return text("{at}", at=Moment(event.at))


def _where(event: Event) -> Text:
    return text(", {place}", place=event.place) if event.place else text("")


@reminder("event now")
def now(
    ctx: Context, event: Annotated[int, "", Ask.HIDDEN], sequence: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """Shortly before, whatever the hour: they said that they go."""
    on = still_on(ctx, event, sequence)
    if on is None or ends(on[0]) <= ctx.now or not ctx.member.hears:
        return None
    found = on[0]
    return answer(
        text(
            "*{name}* begins {time}{where}. One good talk is plenty: ask what they do, thank them, "
            "and ask who else to meet. Phone away.",
            name=found.name,
            time=Moment(found.at, "time"),
            where=_where(found),
        )
    )


@reminder("event after")
def after(
    ctx: Context, event: Annotated[int, "", Ask.HIDDEN], sequence: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """The next morning, until they have said."""
    on = still_on(ctx, event, sequence)
    if on is None or on[1].went is not None:
        return None
    again = call("event after", event=event, sequence=sequence)
    return answer(
        text(
            "Yesterday was *{name}*. Whom did you meet? A name now is a talk next week.",
            name=on[0].name,
        )
        if local_day(on[0].at, ctx.zone) == ctx.today.subtract(days=1)
        else text("You wanted to go to *{name}*. Whom did you meet there?", name=on[0].name),
        Buttons(
            (
                button("Write them down", call("event met", event=event), style="main"),
                button("Nobody, really", call("event nobody", event=event), replaces=True),
                button("I didn’t go", call("event missed", event=event), replaces=True),
            )
        ),
        snooze_menu(ctx, again, subject_of(on[0])),
    )
