"""What is said when students and alumni are partnered: to them, and to the organiser (K5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.pairings import Partnership
from bot.domain.people import Alum, Volunteer
from bot.domain.thanking import first_name
from bot.invocation import call
from bot.ports import Store
from bot.reply import PersonRef, Row, Text, button, text


@dataclass(frozen=True, slots=True)
class Two:
    """A partnership with both of its people."""

    partnership: Partnership
    student: Member
    alum: Alum


def two_of(store: Store, number: int) -> Two | None:
    """The partnership of this number; None when one of the two is gone."""
    found = store.get(Partnership, number)
    student = store.get(Member, found.student_id) if found is not None else None
    alum = store.get(Alum, found.alum_id) if found is not None else None
    if found is None or student is None or alum is None:
        return None
    return Two(found, student, alum)


def inside(store: Store, alum: Alum) -> Member | None:
    """The alum's own membership, if I may write to them."""
    listed = store.first(Volunteer, alum_id=alum.id)
    member = store.get(Member, listed.member_id) if listed is not None else None
    return member if member is not None and member.hears else None


def who(alum: Alum) -> Text:
    """ "Dana Whitfield, Marketing Manager at Calloway Foods"."""
    if alum.title and alum.company:
        return text("*{n}*, {t} at {c}", n=alum.name, t=alum.title, c=alum.company)
    what = alum.title or alum.company
    return text("*{n}*, {w}", n=alum.name, w=what) if what else text("*{n}*", n=alum.name)


def to_ask(ctx: Context, found: Iterable[Partnership]) -> Iterator[Two]:
    """Those whose alum only an organiser can ask: the student said yes, the alum nothing yet."""
    for each in found:
        both = two_of(ctx.store, each.id)
        asked = each.student_said == "yes" and not each.alum_said
        if both is not None and asked and inside(ctx.store, both.alum) is None:
            yield both


def open_rows(ctx: Context, found: Iterable[Partnership]) -> Iterator[Row]:
    """A row each, with what the alum answered one press away."""
    for each in to_ask(ctx, found):
        number = each.partnership.id
        yield Row(
            text("*{name}*", name=each.alum.name),
            text("for {name}", name=each.student.name),
            (
                button("They said yes", call("match said", partnership=number, yes="yes")),
                button("They said no", call("match said", partnership=number, yes="no")),
            ),
            PersonRef(each.alum.id, each.alum.name, each.alum.external_id),
        )


def letter(two: Two, minutes: str, link: str) -> tuple[str, str]:
    """Subject and words of the e-mail that asks an alum outside the chat (FEATURES, Words 9)."""
    first = first_name(two.student.name)
    field = two.student.field
    until = two.partnership.until
    term = f" until {until.format_iso()}" if until is not None else ""
    leave = f"\n\nTo pause, change or leave the list, without a login: {link}" if link else ""
    words = (
        f"Dear {first_name(two.alum.name)},\n\n"
        f"{two.student.name}, one of our students, is curious about {field} and would like you as "
        f"a partner for this term: two or three talks of {minutes} minutes{term}, for advice, not "
        f"for a job. {first} writes to you and finds the times.\n\n"
        "Yes or no, each is fine: a line back is enough, and I’ll tell them kindly."
        f"{leave}\n"
    )
    return f"{first}, a student curious about {field}", words
