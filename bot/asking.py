"""What stands between a student and an ask, read from the store: one answer, one rule at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from whenever import Instant, TimeDelta

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.availability import Held, Place, counts_since, held, place_ends
from bot.domain.cadence import MIDNIGHT, at_local, week_of
from bot.domain.cohort import Member
from bot.domain.etiquette import is_executive
from bot.domain.people import Alum, Contact, Standing, Volunteer
from bot.domain.tidy import fold
from bot.domain.way_out import way_out
from bot.ports import AlumQuery, AtLeast
from bot.volunteering import link_to

WAITING = frozenset({Standing.TO_ASK, Standing.ASKED})
"""Where somebody stands while an ask to them is open."""
LOOKED_AT = 20
"""Alumni that are looked at for two who are free."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nobody is asked now: "asked not to be", or held until a day that may not be known.

    The first rule that speaks is the only one named."""

    never: bool = False
    until: Instant | None = None


def alum_of(ctx: Context, contact: Contact) -> Alum | None:
    """The person of the directory whom a contact is, by link or by e-mail."""
    if contact.alum_id is not None:
        return ctx.store.get(Alum, contact.alum_id)
    return ctx.store.first(Alum, email=contact.email) if contact.email else None


def way_out_for(ctx: Context, contact: Contact) -> str:
    """The last line of a note to somebody of the directory; nothing for everybody else."""
    alum = alum_of(ctx, contact)
    return way_out(link_to(ctx.store, ctx.site, alum)) if alum is not None else ""


def here_for(ctx: Context, contact: Contact) -> Member | None:
    """The membership of an alum who has listed themselves, and hears what we put to them now."""
    alum = alum_of(ctx, contact)
    listed = ctx.store.first(Volunteer, alum_id=alum.id) if alum is not None else None
    member = ctx.store.get(Member, listed.member_id) if listed is not None else None
    if member is None or not member.hears or member.id == ctx.member.id:
        return None
    quiet = member.paused_until is not None and member.paused_until > ctx.today
    return None if quiet else member


def referrer_of(ctx: Context, contact: Contact) -> Contact | None:
    """Who sent the student to them, or offered to introduce the two."""
    number = contact.referred_by or contact.will_introduce
    return ctx.store.get(Contact, number) if number else None


def hold_alum(ctx: Context, contact: Contact) -> None:
    """Until this ask is stored nobody else is let in: two at once could pass the alum's limit."""
    alum = alum_of(ctx, contact)
    if alum is not None:
        ctx.store.held(Alum, alum.id)


def hindrance(ctx: Context, contact: Contact) -> Hindrance | None:
    """What speaks against drafting a note to them; the reason of a "never" is not told (B8)."""
    alum = alum_of(ctx, contact)
    if contact.do_not_contact or (alum is not None and (alum.do_not_contact or not alum.consent)):
        return Hindrance(never=True)
    if contact.email and ctx.store.first(Contact, email=contact.email, do_not_contact=True):
        return Hindrance(never=True)
    found = held_now(ctx, alum) if alum is not None else None
    return Hindrance(until=found.until) if found is not None else None


def held_now(ctx: Context, alum: Alum) -> Held | None:
    """Whether classmates' asks, or the alum's own wish, keep this member from asking them now."""
    asks = ctx.store.find(Ask, alum_id=alum.id)
    elsewhere = _elsewhere(ctx, [alum]).get(alum.id, ())
    return held(alum, asks, ctx.member.id, ctx.cohort.numbers, ctx.now, elsewhere)


def _elsewhere(ctx: Context, alumni: Sequence[Alum]) -> Mapping[int, Sequence[Place]]:
    """Places that other cohorts' asks took: an alum's asks a month count over all of them."""
    return ctx.store.places_elsewhere(alumni, counts_since(ctx.cohort.numbers, ctx.now))


def held_until(ctx: Context, alumni: Sequence[Alum]) -> dict[int, Instant]:
    """Of these alumni, who cannot be asked now, and from when they can."""
    asks = ctx.store.find(Ask, alum_id=tuple(each.id for each in alumni))
    elsewhere = _elsewhere(ctx, alumni)
    found: dict[int, Instant] = {}
    for alum in alumni:
        theirs = [each for each in asks if each.alum_id == alum.id]
        others = elsewhere.get(alum.id, ())
        why = held(alum, theirs, ctx.member.id, ctx.cohort.numbers, ctx.now, others)
        if why is not None and why.until is not None:
            found[alum.id] = why.until
    return found


def free_now(ctx: Context, like: Contact, most: int = 2, *, company: str = "") -> list[Alum]:
    """Alumni of the same field who can be asked now, neighbours if there are too few."""
    words = like.field or like.title or ctx.member.field
    tries = [AlumQuery(field=words, company=company)] if words or company else []
    if not company:
        tries += [AlumQuery(field=ctx.member.field)] if ctx.member.field else []
        tries.append(AlumQuery())
    found: list[Alum] = []
    for query in tries:
        if len(found) < most:
            found += _free(ctx, query, {like.alum_id, *(each.id for each in found)})
    return found[:most]


def _free(ctx: Context, query: AlumQuery, but: set[int | None]) -> list[Alum]:
    asked = replace(
        query,
        per_page=LOOKED_AT,
        default_asks=ctx.cohort.numbers.alum_asks_a_month,
        cool_down_days=ctx.cohort.numbers.cool_down_days,
        now=ctx.now,
    )
    hits = ctx.store.alumni(asked)
    alumni = [each.alum for each in (*hits.ranked, *hits.adjacent)]
    taken = held_until(ctx, alumni)
    return [
        each
        for each in alumni
        if each.id not in taken and each.id not in but and not is_executive(each.title)
    ]


def open_ask(ctx: Context, contact: Contact) -> Ask:
    """This member's ask to them that is not settled; a new one when there is none.

    A draft whose place ran out takes it anew."""
    latest = ctx.store.first(
        Ask, member_id=ctx.member.id, contact_id=contact.id, outcome="", order="-id"
    )
    latest = ctx.store.held(Ask, latest.id) if latest is not None else None
    if latest is not None and latest.outcome:
        latest = None  # answered while we looked
    if latest is not None and latest.sent is not None and contact.standing not in WAITING:
        ctx.store.save(replace(latest, outcome="replied"))  # they talked since
        latest = None
    if latest is None:
        alum = alum_of(ctx, contact)
        return ctx.store.add(
            Ask(
                cohort_id=ctx.cohort.id,
                member_id=ctx.member.id,
                contact_id=contact.id,
                alum_id=alum.id if alum is not None else None,
                drafted=ctx.now,
            )
        )
    if latest.sent is None and place_ends(latest, ctx.cohort.numbers) <= ctx.now:
        latest = replace(latest, drafted=ctx.now, released=None)
        ctx.store.save(latest)
    return latest


def week_began(ctx: Context) -> Instant:
    """Monday's midnight where the member is."""
    return at_local(week_of(ctx.now, ctx.zone), MIDNIGHT, ctx.zone)


def asks_this_week(ctx: Context) -> int:
    """The member's asks of this week that nobody has answered yet."""
    asks = ctx.store.find(Ask, member_id=ctx.member.id, sent=AtLeast(week_began(ctx)), outcome="")
    ids = tuple({each.contact_id for each in asks})
    return ctx.store.count(Contact, id=ids, standing=Standing.ASKED) if ids else 0


def asks_to_employer(ctx: Context, company: str) -> int:
    """The cohort's asks of the last seven days to people of one employer, whoever they are."""
    if not company:
        return 0
    asks = ctx.store.find(Ask, sent=AtLeast(ctx.now - TimeDelta(hours=24 * 7)))
    ids = tuple({each.contact_id for each in asks})
    there = {
        each.id
        for each in (ctx.store.find(Contact, id=ids) if ids else [])
        if fold(each.company) == fold(company)
    }
    return sum(each.contact_id in there for each in asks)
