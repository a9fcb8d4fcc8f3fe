"""What /network due says of booked talks: those to come, and those of which nobody said how."""

from collections.abc import Iterator, Mapping

from bot.booking_kinds import booked_of
from bot.context import Context
from bot.domain.booking import clock, ends
from bot.domain.cadence import local_day
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.invocation import call
from bot.reply import Button, Buttons, Day, Moment, Part, PersonRef, Row, Text, button, text

MOST = 3


def to_come(ctx: Context, people: Mapping[int, Contact]) -> list[Meeting]:
    """The next booked talks with people who are on the list."""
    booked = [each for each in booked_of(ctx) if each.contact_id in people]
    return [each for each in booked if ends(each) > ctx.now][:MOST]


def not_told(ctx: Context, people: Mapping[int, Contact]) -> Iterator[Row]:
    """Booked talks that are over: whether they happened is the member's to say."""
    for each in booked_of(ctx):
        whom = people.get(each.contact_id)
        if whom is not None and ends(each) <= ctx.now:
            yield Row(
                text("*{name}*", name=whom.name),
                text("booked for {day}", day=Day(local_day(each.at, ctx.zone))),
                (button("How was it?", call("interview did", talk=each.id)),),
                PersonRef(whom.id, whom.name),
            )


def rows(ctx: Context, talks: list[Meeting], people: Mapping[int, Contact]) -> Iterator[Row]:
    """Each talk to come with its next step."""
    for each in talks:
        whom = people[each.contact_id]
        said = text("{at}", at=_when(ctx, each))
        step = _step(ctx, each, whom)
        yield Row(text("*{name}*", name=whom.name), said, (step,), PersonRef(whom.id, whom.name))


def nothing_but(ctx: Context, talk: Meeting, whom: Contact) -> tuple[Text, Part]:
    """Nothing is due, and this comes next: "Tomorrow 15:00: your talk with Dana."."""
    said = text(
        "Nothing is due today. {at}: your talk with *{name}*.",
        at=_when(ctx, talk),
        name=whom.name,
    )
    change = button("Change or move", call("interview move", talk=talk.id))
    return said, Buttons((_step(ctx, talk, whom), change))


def _step(ctx: Context, talk: Meeting, whom: Contact) -> Button:
    """Two facts while there is time to read them, then the brief."""
    if not whom.facts and _days_to(ctx, talk) > 1:
        return button("Two facts about them", call("interview facts", person=whom.id), style="main")
    return button("Brief me", call("interview prep", person=whom.id), style="main")


def _when(ctx: Context, talk: Meeting) -> Text:
    time = clock(talk.at, ctx.zone)
    match _days_to(ctx, talk):
        case 0:
            return text("Today {time}", time=time)
        case 1:
            return text("Tomorrow {time}", time=time)
        case _:
            return text("{at}", at=Moment(talk.at))


def _days_to(ctx: Context, talk: Meeting) -> int:
    return int(local_day(talk.at, ctx.zone).since(ctx.today, total="days"))
