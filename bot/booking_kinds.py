"""Kinds for booked talks: when one is, which one is meant, and with whom it is booked."""

from typing import TYPE_CHECKING

from bot.domain.booking import clock, weekday
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact
from bot.domain.tidy import fold, tidy_line
from bot.parameters import MOST_SUGGESTIONS, Kind, OneOf, ShortText
from bot.people_kinds import Newcomer, PersonKind, called, contacts_of
from bot.refusal import AmbiguousError, unfit
from bot.reply import Choice, Line, Moment, Text, Widget, text

if TYPE_CHECKING:
    from bot.context import Context

LATEST = "Etc/GMT+12"
"""The last place on earth where a day ends: what is past there is past everywhere."""
LONGEST_NAME = 7
"""Words of a name, titles and all."""
MODES = {"video": "Video", "phone": "Phone", "in person": "In person"}
ALSO = {
    "video": ("zoom", "teams", "meet", "google meet", "online", "webcam", "call online"),
    "phone": ("call", "telephone", "by phone", "cell", "mobile"),
    "in person": ("coffee", "office", "at work", "workplace", "face to face", "lunch", "on site"),
}


class ModeKind(OneOf):
    """How one talks, in the words that people use for it."""

    def __init__(self) -> None:
        super().__init__(MODES)

    def parse(self, given: str, ctx: "Context") -> str:
        typed = fold(given)
        known = (mode for mode, words in ALSO.items() if typed in words)
        return next(known, None) or super().parse(given, ctx)


class WhenKind(Kind[str]):
    """A moment, as people type it. It stays in their words, because it is read in two zones."""

    word = "moment"

    def parse(self, given: str, ctx: "Context") -> str:
        from bot.domain.dates import Unclear, understand_moment  # noqa: PLC0415 - loads slowly

        words = ShortText(100).parse(given, ctx)
        found = understand_moment(words, ctx.now, ctx.member.zone or LATEST, LATEST)
        if isinstance(found, Unclear):
            raise unfit(found.why)
        return words

    def widget(self) -> Widget:
        return Line(max_length=100)


class BookedPersonKind(PersonKind):
    """A person; "Dana tomorrow 3pm" is Dana, and the rest is when (:func:`time_behind`)."""

    def parse(self, given: str, ctx: "Context") -> Contact | Newcomer:
        name, _when = time_behind(given, ctx)
        return super().parse(name, ctx)


def time_behind(typed: str, ctx: "Context") -> tuple[str, str]:
    """A name and the moment that was typed behind it; "" when there is none."""
    from bot.domain.dates import Unclear, understand_moment  # noqa: PLC0415 - loads slowly

    words = typed.split()
    for cut in range(1, min(len(words), LONGEST_NAME + 1)):
        name, when = " ".join(words[:cut]), " ".join(words[cut:])
        if not any(each.isdecimal() for each in when) and "noon" not in when:
            break  # no hour in it: all of it is a name
        found = understand_moment(when, ctx.now, ctx.member.zone or LATEST, LATEST, prefer="any")
        if not isinstance(found, Unclear):
            return name, when
    return typed, ""


def booked_of(ctx: "Context") -> list[Meeting]:
    """The member's talks that are booked, the next first."""
    return ctx.store.find(Meeting, member_id=ctx.member.id, state=MeetingState.BOOKED, order="at")


def to_come(talks: list[Meeting], ctx: "Context") -> list[Meeting]:
    """Those that are still to come; where there are none, those that nobody said went how."""
    return [each for each in talks if each.at > ctx.now] or talks


class BookedKind(Kind[Meeting]):
    """A booked talk: by its number (in buttons) or by the person's name."""

    word = "booked talk"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> Meeting:
        if given.strip().isdecimal():
            found = ctx.store.get(Meeting, int(given.strip()[:18]))
            if found is None or found.member_id != ctx.member.id:
                raise unfit("That talk is not in your calendar any more.")
            return found
        people = {each.id: each for each in contacts_of(ctx)}
        talks = [
            each
            for each in booked_of(ctx)
            if each.contact_id in people and called(given, people[each.contact_id])
        ]
        talks = to_come(talks, ctx)
        if not talks:
            raise unfit(
                "No talk is booked with {name}. `/interview book` books one.",
                name=tidy_line(given)[:80],
            )
        if len(talks) > 1:
            raise AmbiguousError(
                text("Which talk do you mean?"),
                tuple((str(each.id), with_whom(each, people[each.contact_id])) for each in talks),
            )
        return talks[0]

    def write(self, value: Meeting) -> str:
        return str(value.id)

    def show(self, value: Meeting, ctx: "Context") -> str:
        contact = ctx.store.get(Contact, value.contact_id)
        return contact.name if contact is not None else ""

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        people = {each.id: each for each in contacts_of(ctx)}
        found: list[Choice] = []
        for each in booked_of(ctx):
            contact = people.get(each.contact_id)
            if contact is not None and fold(typed) in fold(contact.name):
                when = f"{weekday(each.at, ctx.zone)} {clock(each.at, ctx.zone)}"
                found.append(Choice(str(each.id), f"{contact.name[:70]}, {when}"))
        return found[:MOST_SUGGESTIONS]


def with_whom(meeting: Meeting, contact: Contact) -> Text:
    """ "Dana, Tue 24 Nov 15:00"."""
    return text("{name}, {when}", name=contact.name, when=Moment(meeting.at))
