"""Contacts that members share with their class: who is found, and whom an introduction is asked of.

Open ones are found by all that their card shows. Ask-first ones are found by field alone and told
as one sentence, however many there are: no name, employer, place, count or order hints at whose.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from whenever import Instant

from bot.asking import hindrance
from bot.context import Context
from bot.domain.care import Concern
from bot.domain.cohort import Member, Role
from bot.domain.fields import Fields
from bot.domain.introducing import LIVE, WEEK, Candidate, Seen, seen_by_asker
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact, Sharing
from bot.domain.tidy import fold
from bot.ports import AtLeast, Not


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for among shared contacts, in the student's own words."""

    field: str = ""
    place: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class OpenOne:
    """A contact that its owner shows to the class. ``near``: of a neighbouring field only."""

    contact: Contact
    owner: Member
    near: str = ""


@dataclass(frozen=True, slots=True)
class SharedHits:
    """What a search finds in the class. ``known``: the field in which a classmate knows somebody;
    "" where nobody does. ``next_to``: whether that is only a neighbour of what was asked for.

    ``exact`` and ``near``: the labels of the fields that were meant, and of their neighbours."""

    open_ones: tuple[OpenOne, ...] = ()
    known: str = ""
    next_to: bool = False
    exact: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def looks(member: Member) -> bool:
    """Whether shared contacts are shown to them at all: to the class, not to its alumni."""
    return member.role is not Role.ALUM


def find_shared(ctx: Context, wanted: Wanted) -> SharedHits:
    """Never one's own, and nobody who is not to be asked."""
    if not looks(ctx.member):
        return SharedHits()
    shared = _shared(ctx)
    if not shared and ctx.store.first(Introduction, asker_id=ctx.member.id) is None:
        return SharedHits()
    fields = ctx.content.fields_for(ctx.cohort)
    meant = fields.understand(wanted.field)
    exact = {each.id: each.label for each in meant.fields}
    near = {each.id: each.label for each in meant.near}
    found = [(each, owner, field_ids(fields, each)) for each, owner in shared]
    open_ones: list[OpenOne] = []
    felt = _felt(ctx)
    for each, owner, ids in found:
        fits = each.sharing is Sharing.OPEN and _fits(each, wanted)
        if not fits or not may_be_met(ctx, each, felt):
            continue
        if not wanted.field or ids & exact.keys() or _says(each, wanted.field):
            open_ones.append(OpenOne(each, owner))
        elif ids & near.keys():
            open_ones.append(OpenOne(each, owner, next(near[one] for one in near if one in ids)))
    open_ones.sort(key=lambda one: (one.near != "", fold(one.contact.name), one.contact.id))
    if wanted.place or wanted.company:
        return SharedHits(tuple(open_ones))
    covered = {one for each, _, ids in found if each.sharing is Sharing.ASK_FIRST for one in ids}
    known = [(label, False) for number, label in exact.items() if number in covered]
    known += [(label, True) for number, label in near.items() if number in covered]
    first, next_to = known[0] if known else ("", False)
    meant_too = (tuple(exact.values()), tuple(near.values()))
    return SharedHits(tuple(open_ones), first, next_to, *meant_too)


def field_ids(fields: Fields, contact: Contact) -> set[str]:
    """The fields of work that a contact is in, by what the card says of field and title."""
    meant = fields.understand(contact.field).fields if contact.field else ()
    return {each.id for each in meant} | set(fields.classify(contact.title, contact.field))


def field_label(ctx: Context, contact: Contact) -> str:
    """The field in which a contact is found, in the words of the fields; "" where none is known."""
    fields = ctx.content.fields_for(ctx.cohort)
    meant = fields.understand(contact.field).fields if contact.field else ()
    if meant:
        return meant[0].label
    found = fields.classify(contact.title, contact.field)
    best = max(found, key=lambda each: found[each], default="")
    return fields.by_id[best].label if best else ""


def _fits(contact: Contact, wanted: Wanted) -> bool:
    return _holds(contact.city, wanted.place) and _holds(contact.company, wanted.company)


def _holds(said: str, words: str) -> bool:
    there = fold(said).split()
    return all(word in there for word in fold(words).split())


def _says(contact: Contact, words: str) -> bool:
    """Whether what an open card shows has all these words."""
    return _holds(f"{contact.name} {contact.title} {contact.company} {contact.field}", words)


def _shared(ctx: Context) -> list[tuple[Contact, Member]]:
    """Everything that classmates share now, with its owner."""
    sharing = (Sharing.OPEN, Sharing.ASK_FIRST)
    contacts = ctx.store.find(
        Contact, sharing=sharing, owner_id=Not(ctx.member.id), removed=None, do_not_contact=False
    )
    if not contacts:
        return []
    ids = tuple({each.owner_id for each in contacts})
    owners = {each.id: each for each in ctx.store.find(Member, id=ids) if each.hears}
    felt = {(each.member_id, fold(each.about)) for each in _concerns(ctx)}
    return [
        (each, owners[each.owner_id])
        for each in contacts
        if each.owner_id in owners and (each.owner_id, fold(each.name)) not in felt
    ]


def may_be_met(ctx: Context, contact: Contact, felt: Collection[str] | None = None) -> bool:
    """Whether anybody may be introduced to them: not gone, and nobody asked that they be left.

    ``felt``: about whom something felt wrong, where it is known already.
    It does not decide whether an ask-first sentence is shown: whoever marks a person as not to be
    asked could see by its going whom a classmate knows. Such a request only comes to nothing."""
    if contact.removed is not None or contact.do_not_contact:
        return False
    found = hindrance(ctx, contact)
    if found is not None and found.until is None:
        return False
    return fold(contact.name) not in (_felt(ctx) if felt is None else felt)


def _felt(ctx: Context) -> set[str]:
    return {fold(each.about) for each in _concerns(ctx)}


def is_barred_for_owner(ctx: Context, contact: Contact) -> bool:
    """Whether its owner is told at once that they are not to be asked.

    What somebody else felt is not told: such an introduction only comes to nothing."""
    found = hindrance(ctx, contact)
    if contact.removed is not None or contact.do_not_contact:
        return True
    if found is not None and found.until is None:
        return True
    own = [each.about for each in _concerns(ctx) if each.member_id == contact.owner_id]
    return fold(contact.name) in {fold(each) for each in own}


def _concerns(ctx: Context) -> list[Concern]:
    return ctx.store.find(Concern, looked_at=None)


def shown_openly(ctx: Context, number: int) -> tuple[Contact, Member] | None:
    """A contact that a classmate shares openly now; None for any other, whatever it is."""
    if not looks(ctx.member):
        return None
    for contact, owner in _shared(ctx):
        if contact.id == number and contact.sharing is Sharing.OPEN and may_be_met(ctx, contact):
            return contact, owner
    return None


def candidates(ctx: Context, field: str, *, cool_down_days: int) -> list[Candidate]:
    """Ask-first contacts in a field to whom this member could be introduced.

    Whom they asked for lately, or whose owner wants no more of them, is left out."""
    fields = ctx.content.fields_for(ctx.cohort)
    meant = fields.understand(field)
    exact, near = {each.id for each in meant.fields}, {each.id for each in meant.near}
    mine = ctx.store.find(Introduction, asker_id=ctx.member.id)
    since = ctx.now.subtract(hours=24 * cool_down_days)
    kept_apart = {each.owner_id for each in mine if each.barred}
    lately = {each.contact_id for each in mine if each.asked > since or each.state in LIVE}
    found: list[Candidate] = []
    for each, owner in _shared(ctx):
        ids = field_ids(fields, each)
        fits = bool(ids & (exact | near)) and each.sharing is Sharing.ASK_FIRST
        apart = each.id in lately or owner.id in kept_apart
        if fits and not apart and may_be_met(ctx, each):
            load, last = load_of(ctx, owner.id)
            found.append(Candidate(owner.id, each.id, not ids & exact, load, last))
    return found


def load_of(ctx: Context, owner_id: int) -> tuple[int, Instant | None]:
    """How many requests an owner has had this week or is still to get, and the last one."""
    rows = ctx.store.find(Introduction, owner_id=owner_id)
    waiting = [each for each in rows if each.state is IntroState.ASKED and each.put is None]
    last = max((each.put for each in rows if each.put is not None), default=None)
    return len(waiting) + len(puts_of(ctx, owner_id)), last


def puts_of(ctx: Context, owner_id: int, but: Collection[int] = ()) -> Sequence[Instant]:
    """When requests were put before an owner in the last week."""
    rows = ctx.store.find(Introduction, owner_id=owner_id, put=AtLeast(ctx.now - WEEK))
    return [each.put for each in rows if each.put is not None and each.id not in but]


# ---- What the member asked for already -----------------------------------------------------------


def awaited(ctx: Context, intro: Introduction) -> bool:
    """Whether its asker still waits for it, whatever has been said meanwhile."""
    days = ctx.cohort.numbers.intro_expires_days
    return seen_by_asker(intro, ctx.now, days) is Seen.WAITING


def under_way(ctx: Context, hits: SharedHits) -> Introduction | None:
    """The member's open request in the field looked for, which is shown instead of anything new.

    So nothing that an owner does meanwhile shows in the finder."""
    mine = ctx.store.find(Introduction, asker_id=ctx.member.id, openly=False, who_knows_id=None)
    waits = {fold(each.about): each for each in mine if awaited(ctx, each)}
    labels = hits.exact if hits.known and not hits.next_to else (*hits.exact, *hits.near)
    return next((waits[fold(each)] for each in labels if fold(each) in waits), None)
