"""The steps of a partnership that several commands take: still open, told, agreed, declined."""

from dataclasses import replace

from whenever import Instant

from bot.commands.matching_words import Two, two_of
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.pairings import Partnership
from bot.domain.partnering import waits
from bot.domain.people import Contact, ContactKind
from bot.invocation import call
from bot.partners import may_be_asked
from bot.ports import Not


def open_two(ctx: Context, number: int) -> Two | None:
    """The two, while an answer may still come and the alum may be asked at all."""
    ctx.store.held(Partnership, number)  # the student and the alum may answer at once
    found = two_of(ctx.store, number)
    if found is None or not may_be_asked(found.alum):
        return None
    days = ctx.cohort.numbers.intro_expires_days
    return found if waits(found.partnership, ctx.now, days) else None


def tell(ctx: Context, what: str, two: Two, whom: Member, due: Instant | None = None) -> None:
    ctx.owe(
        call(what, partnership=two.partnership.id),
        due or ctx.now,
        subject=f"partnership:{two.partnership.id}",
        occurrence=what,
        member_id=whom.id,
    )


def tell_organisers(ctx: Context) -> None:
    """Once a day there is one word about all that wait for them."""
    for each in ctx.store.find(Member, role=Role.ORGANISER, opted_in=Not(None), stopped=None):
        ctx.owe(
            call("match waiting"),
            ctx.now,
            subject="partnerships",
            occurrence=ctx.today.format_iso(),
            member_id=each.id,
        )


def agreed(ctx: Context, two: Two) -> None:
    ctx.store.save(replace(two.partnership, alum_said="yes"))
    _known(ctx, two)
    tell(ctx, "match made", two, two.student)


def declined(ctx: Context, two: Two) -> None:
    ctx.store.save(replace(two.partnership, alum_said="no", closed=ctx.now))
    tell(ctx, "match sorry", two, two.student)


def _known(ctx: Context, two: Two) -> Contact:
    """The alum on the student's list, to be asked."""
    alum = two.alum
    there = ctx.store.first(Contact, owner_id=two.student.id, alum_id=alum.id, removed=None)
    return there or ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=two.student.id,
            name=alum.name,
            email=alum.email,
            company=alum.company,
            title=alum.title,
            field=alum.field,
            city=alum.city,
            link=alum.linkedin,
            kind=ContactKind.ALUM,
            alum_id=alum.id,
            added=ctx.now,
        )
    )
