"""Booking a talk: what was typed, echoed in both zones, and the file for the calendar (C5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from bot.booked import known_zone, plan
from bot.booking_kinds import BookedPersonKind, ModeKind, WhenKind, time_behind
from bot.command import Ask, command
from bot.commands.booking_words import booked_answer
from bot.context import Context
from bot.domain.dates import Unclear, UnderstoodMoment, understand_moment
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Alum, Contact, ContactKind, Standing
from bot.domain.sharing import at_first
from bot.domain.typed_zones import UNKNOWN_THEIRS
from bot.domain.wishlist import moved
from bot.holding import look_again
from bot.invocation import Call, call
from bot.parameters import NumberKind, ZoneName
from bot.people_kinds import Newcomer, PersonKind
from bot.refusal import refuse
from bot.reply import Buttons, Moment, Reply, answer, button, text
from bot.typed import take_apart
from bot.weekly import plan_member

MODES = ModeKind()
MINUTES = NumberKind(10, 480)
PRIVATE = "Only you can read this."


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as typed."""

    person: Contact | Newcomer
    when: str
    mode: str | None = None
    place: str | None = None
    zone: str | None = None
    minutes: int | None = None

    def again(self, command: str) -> Call:
        """The same, to be asked with one thing more."""
        return call(
            command,
            person=PersonKind().write(self.person),
            when=self.when,
            mode=self.mode,
            place=self.place,
            minutes=self.minutes,
        )


def _typed_along(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """ "Dana tomorrow 3pm" typed in one go: the moment is in the form already."""
    known = given.get("person")
    declared = ctx.registry.get("interview book")
    typed = take_apart(ctx.said.typed, declared).get("person", "") if declared else ""
    found: dict[str, Any] = {"when": time_behind(typed, ctx)[1]}
    if isinstance(known, Contact):
        found["zone"] = known_zone(ctx, known)
    return found


@command(
    "interview book",
    "Book a talk: calendar file, brief, reminders.",
    title="Book a talk",
    titled="Book a talk with {name}",
    submit="Book",
    note=PRIVATE,
    prefill=_typed_along,
)
def book(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "whom you will talk to", BookedPersonKind()],
    when: Annotated[str, "“next tue 3pm”, “tomorrow 9:30 their time”", Ask.BOTH, WhenKind()],
    mode: Annotated[str | None, "how you talk", Ask.BOTH, MODES] = None,
    place: Annotated[str | None, "the address, link or number", Ask.BOTH] = None,
    zone: Annotated[ZoneName | None, "a large city near them, if they are far", Ask.BOTH] = None,
    minutes: Annotated[
        int | None, "how long, in minutes; as usual if you say nothing", Ask.OPTION, MINUTES
    ] = None,
) -> Reply:
    """Asks for a zone only where the time depends on it."""
    return _booked(ctx, Wish(person, when, mode, place, zone, minutes))


@command(
    "interview here",
    "Your time zone, to book a talk.",
    listed=False,
    title="Your time zone",
    note="For you alone, until you meet somebody through me: they see your time zone.",
)
def here(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "", Ask.HIDDEN],
    when: Annotated[str, "", Ask.HIDDEN, WhenKind()],
    zone: Annotated[ZoneName, "one large city near you", Ask.FORM],
    mode: Annotated[str | None, "", Ask.HIDDEN, MODES] = None,
    place: Annotated[str | None, "", Ask.HIDDEN] = None,
    minutes: Annotated[int | None, "", Ask.HIDDEN, MINUTES] = None,
) -> Reply:
    """Kept for everything that comes at an hour; then the talk is booked."""
    member = replace(ctx.member, zone=zone)
    ctx.store.save(member)
    if member.hears:
        plan_member(ctx.store, ctx.cohort, member, ctx.now)
        look_again(ctx.store, member.id)
    return _booked(replace(ctx, member=member), Wish(person, when, mode, place, None, minutes))


@command(
    "interview there",
    "Their time zone, to book.",
    listed=False,
    title="Their time zone",
    note="Only you see this.",
)
def there(
    ctx: Context,
    person: Annotated[Contact | Newcomer, "", Ask.HIDDEN],
    when: Annotated[str, "", Ask.HIDDEN, WhenKind()],
    zone: Annotated[ZoneName, "one large city near them", Ask.FORM],
    mode: Annotated[str | None, "", Ask.HIDDEN, MODES] = None,
    place: Annotated[str | None, "", Ask.HIDDEN] = None,
    minutes: Annotated[int | None, "", Ask.HIDDEN, MINUTES] = None,
) -> Reply:
    """For "9:30 their time" with somebody whose city is not known."""
    return _booked(ctx, Wish(person, when, mode, place, zone, minutes))


def _booked(ctx: Context, wish: Wish) -> Reply:
    if not ctx.member.zone:
        return answer(
            text("Which time zone are you in? One large city near you is enough."),
            Buttons((button("My time zone", wish.again("interview here"), style="main"),)),
        )
    known = known_zone(ctx, wish.person) if isinstance(wish.person, Contact) else ""
    theirs = wish.zone or known
    found = understand_moment(wish.when, ctx.now, ctx.zone, theirs or None)
    if isinstance(found, Unclear):
        if found.why == UNKNOWN_THEIRS:
            return answer(
                text("Where are they? One large city near them tells me their clock."),
                Buttons((button("Their city", wish.again("interview there"), style="main"),)),
            )
        raise refuse(found.why)
    theirs = theirs or (found.zone if found.zone != ctx.zone else "")
    contact = _with(ctx, wish.person)
    other = ctx.store.first(
        Meeting, member_id=ctx.member.id, contact_id=contact.id, state=MeetingState.BOOKED
    )
    if other is not None and other.at == found.moment:
        return answer(
            text("That is booked already: *{name}*, {at}.", name=contact.name, at=Moment(other.at)),
            Buttons((button("Change or move", call("interview move", talk=other.id)),)),
        )
    meeting = _kept(ctx, wish, contact, found, theirs)
    return booked_answer(ctx, meeting, contact, found, other)


def _with(ctx: Context, person: Contact | Newcomer) -> Contact:
    """Whom the talk is with, one step on in the wish list; a new name becomes a contact."""
    if isinstance(person, Newcomer):
        return ctx.store.add(
            Contact(
                cohort_id=ctx.cohort.id,
                owner_id=ctx.member.id,
                name=person.name,
                standing=Standing.BOOKED,
                sharing=at_first(ctx.member.share_as, ContactKind.HEARD_OF),
                added=ctx.now,
            )
        )
    alum = ctx.store.get(Alum, person.alum_id) if person.alum_id is not None else None
    if person.do_not_contact or (alum is not None and alum.do_not_contact):
        raise refuse(
            "{name} asked not to be asked again, so I book nothing with them. There are others "
            "who would be glad to talk.",
            Buttons((button("Find somebody else", call("alum find")),)),
            name=person.name,
        )
    contact = moved(person, Standing.BOOKED)
    ctx.store.save(contact)
    return contact


def _kept(
    ctx: Context, wish: Wish, contact: Contact, found: UnderstoodMoment, theirs: str
) -> Meeting:
    meeting = ctx.store.add(
        Meeting(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            contact_id=contact.id,
            at=found.moment,
            minutes=wish.minutes or ctx.cohort.numbers.talk_minutes,
            mode=wish.mode or "",
            place=wish.place or "",
            zone=theirs,
            made=ctx.now,
        )
    )
    plan(ctx, meeting)
    return meeting
