"""An introduction as it stands now, and its moves, with the messages that follow from them."""

from dataclasses import replace

from whenever import Instant

from bot.context import Context
from bot.domain.care import Concern
from bot.domain.cohort import Member
from bot.domain.introducing import (
    BEFORE_BOTH,
    LIVE,
    OUTCOME_AFTER,
    Move,
    asker_knows_contact,
    ends,
    moved,
)
from bot.domain.introductions import Introduction, IntroState
from bot.domain.owed import Urgency
from bot.domain.people import Contact, ContactKind, Sharing, Standing, Volunteer
from bot.domain.tidy import fold
from bot.invocation import Call, call
from bot.ports import Store
from bot.shared import may_be_met
from bot.together import common_ground


def name_of(store: Store, member_id: int | None) -> str:
    """A member's name; "a classmate" for somebody who has left."""
    found = store.get(Member, member_id) if member_id is not None else None
    return found.name if found is not None else "a classmate"


def contact_of(ctx: Context, intro: Introduction) -> Contact | None:
    """The owner's card of the person."""
    return ctx.store.get(Contact, intro.contact_id) if intro.contact_id is not None else None


def blurb_of(intro: Introduction) -> str:
    """What is passed on: the owner's version, else the asker's."""
    return intro.words or intro.blurb


def now_of(ctx: Context, number: int) -> Introduction | None:
    """The introduction as it stands: lapsed if its days are over, withdrawn if somebody left."""
    intro = ctx.store.held(Introduction, number)  # three people press on it, two of them at once
    return settled(ctx, intro) if intro is not None else None


def settled(ctx: Context, intro: Introduction) -> Introduction:
    """What it has become by itself. Saved where that is something else."""
    if ctx.now >= ends(intro, ctx.cohort.numbers.intro_expires_days):
        return step(ctx, intro, Move.LAPSE) or intro
    if _somebody_left(ctx, intro):
        return step(ctx, intro, Move.LEAVE) or intro
    return intro


def step(ctx: Context, intro: Introduction, move: Move) -> Introduction | None:
    """Make a move and keep it; None where it may not be made."""
    after = moved(intro, move, ctx.now)
    if after is not None:
        ctx.store.save(after)
    return after


def _somebody_left(ctx: Context, intro: Introduction) -> bool:
    """Whether one without whom it cannot go on is gone, has stopped, or is to be left in peace."""
    if intro.state not in BEFORE_BOTH:
        return False
    asker = ctx.store.get(Member, intro.asker_id)
    if asker is None or asker.stopped is not None:
        return True
    if intro.owner_id is None:
        return intro.state is not IntroState.ASKED  # else it only waits for somebody to ask
    owner = ctx.store.get(Member, intro.owner_id)
    if owner is None or owner.stopped is not None:
        return True
    contact = contact_of(ctx, intro)
    if contact is None:
        return True
    unshared = contact.sharing is Sharing.PRIVATE and intro.who_knows_id is None
    hidden = unshared and intro.state is IntroState.ASKED and intro.put is None
    return hidden or not may_be_met(ctx, contact)


# ---- Messages ---------------------------------------------------------------------------------


def tell(
    ctx: Context,
    what: str,
    intro: Introduction,
    to: int | None,
    due: Instant | None = None,
    urgency: Urgency = Urgency.NUDGE,
    occurrence: str = "",
) -> None:
    """Owe one of the three a message about it; nobody when they are gone."""
    if to is not None:
        ctx.owe(
            call(what, intro=intro.id),
            due if due is not None else ctx.now,
            subject=f"intro:{intro.id}",
            occurrence=occurrence or what,
            member_id=to,
            urgency=urgency,
        )


def tell_the_end(ctx: Context, intro: Introduction) -> None:
    """The asker hears at its end, and only then, whatever was said before: planned at once."""
    due = ends(intro, ctx.cohort.numbers.intro_expires_days)
    tell(ctx, "intro over", intro, intro.asker_id, due)


# ---- The contact's yes --------------------------------------------------------------------------


def here(ctx: Context, contact: Contact, *but: int | None) -> int | None:
    """The contact's own membership, where an alum of the directory has listed themselves."""
    if contact.alum_id is None:
        return None
    found = ctx.store.first(Volunteer, alum_id=contact.alum_id)
    member = ctx.store.get(Member, found.member_id) if found is not None else None
    if member is None or not member.hears or member.id in but:
        return None
    return member.id


def ask_the_contact(ctx: Context, intro: Introduction) -> Introduction:
    """The owner has said yes: the contact is asked here, if they are here and hear."""
    contact = contact_of(ctx, intro)
    if contact is not None and intro.contact_member_id is None:
        number = here(ctx, contact, intro.asker_id, intro.owner_id)
        intro = replace(intro, contact_member_id=number)
        ctx.store.save(intro)
    due = ends(intro, ctx.cohort.numbers.intro_expires_days)
    tell(ctx, "intro lapsed", intro, intro.owner_id, due)
    if intro.contact_member_id is not None:
        if not wants_no_more_of(ctx.store, intro):
            tell(ctx, "intro wanted", intro, intro.contact_member_id)
    else:
        tell(ctx, "intro waits", intro, intro.owner_id, ctx.now.add(hours=24 * 3))
    return intro


def wants_no_more_of(store: Store, intro: Introduction) -> bool:
    """Whether something about this asker felt wrong to the contact, through whomever it was.

    They are not asked again; to the others it reads like silence."""
    member = intro.contact_member_id
    if member is None:
        return False
    before = store.find(
        Introduction, asker_id=intro.asker_id, contact_member_id=member, barred=True
    )
    told = {fold(each.about) for each in store.find(Concern, member_id=member)}
    return bool(before) and fold(name_of(store, intro.asker_id)) in told


def bring_together(ctx: Context, intro: Introduction) -> Introduction | None:
    """Both have said yes. None where that is not so any more."""
    after = moved(intro, Move.CONTACT_YES, ctx.now)
    contact = contact_of(ctx, intro)
    if after is None or contact is None:
        return None
    there = {after.asker_id, after.owner_id, after.contact_member_id} - {None}
    whom = tuple(each for each in there if each is not None)
    meets = after.contact_member_id is not None and len(whom) == 3
    chat = meets and common_ground(ctx.store, whom) is not None
    after = replace(after, how="chat" if chat else "e-mail")
    ctx.store.save(after)
    _keep_as_contact(ctx, after, contact)
    if chat:
        ctx.owe_together(
            call("intro meet", intro=after.id), whom, subject=f"intro:{after.id}", occurrence="meet"
        )
    elif after.contact_member_id is not None:
        tell(ctx, "intro mail", after, after.owner_id, urgency=Urgency.ANSWER)
    tell(ctx, "intro joined", after, after.asker_id, urgency=Urgency.ANSWER)
    hours = ctx.cohort.numbers.kick_off_hours
    tell(ctx, "intro kick", after, after.asker_id, ctx.now.add(hours=hours))
    tell(ctx, "intro how", after, after.asker_id, ctx.now + OUTCOME_AFTER)
    return after


def introduced_card(ctx: Context, intro: Introduction) -> Contact | None:
    """The asker's own card of the person they were introduced to."""
    contact = contact_of(ctx, intro)
    if contact is None:
        return None
    mine = ctx.store.find(Contact, owner_id=intro.asker_id, removed=None)
    same = [each for each in mine if contact.alum_id and each.alum_id == contact.alum_id]
    same += [e for e in mine if (e.name, e.company) == (contact.name, contact.company)]
    return same[0] if same else None


def _keep_as_contact(ctx: Context, intro: Introduction, contact: Contact) -> None:
    """On the asker's list: who they are and where they work, never how they are reached."""
    said = f"Introduced by {name_of(ctx.store, intro.owner_id)}."
    there = introduced_card(ctx, intro)
    if there is not None:
        notes = "\n".join(part for part in (there.notes, said) if part)
        ctx.store.save(replace(there, notes=notes))
        return
    ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=intro.asker_id,
            name=contact.name,
            title=contact.title,
            company=contact.company,
            field=contact.field,
            kind=ContactKind.ALUM if contact.alum_id is not None else ContactKind.HEARD_OF,
            alum_id=contact.alum_id,
            standing=Standing.REPLIED,
            notes=said,
            added=ctx.now,
        )
    )


def keep_apart(ctx: Context, number: int) -> tuple[Contact | None, str]:
    """Something felt wrong to one of the three: it ends, and these two are not brought together
    again. Whom it is about, as far as they may know: a contact, and words for the organiser."""
    intro = ctx.store.held(Introduction, number)
    three = (intro.asker_id, intro.owner_id, intro.contact_member_id) if intro is not None else ()
    if intro is None or ctx.member.id not in three:
        return None, ""
    ended = step(ctx, settled(ctx, intro), Move.LEAVE) or intro
    ctx.store.save(replace(ended, barred=True))
    if ctx.member.id != intro.asker_id:
        return None, name_of(ctx.store, intro.asker_id)
    contact = contact_of(ctx, intro) if asker_knows_contact(intro) else None
    return contact, contact.name if contact is not None else f"an introduction: {intro.about}"


# ---- Leaving --------------------------------------------------------------------------------


def leave(ctx: Context, member_id: int) -> None:
    """Before a member's rows go: whoever was asked because of them hears that it is not needed.

    Who waits for an introduction by them hears nothing now: at its end, as of any silence."""
    for intro in ctx.store.find(Introduction, asker_id=member_id, state=BEFORE_BOTH):
        if _withdrawn_after_a_yes(ctx, intro):
            _not_needed(ctx, intro.owner_id)
            _not_needed(ctx, intro.contact_member_id)
    for intro in ctx.store.find(Introduction, owner_id=member_id, state=BEFORE_BOTH):
        if _withdrawn_after_a_yes(ctx, intro):
            _not_needed(ctx, intro.contact_member_id)


def _withdrawn_after_a_yes(ctx: Context, intro: Introduction) -> bool:
    after = step(ctx, intro, Move.LEAVE)
    return after is not None and after.owner_said is not None


def _not_needed(ctx: Context, to: int | None) -> None:
    if to is not None:
        due: Call = call("intro unneeded")
        ctx.owe(due, ctx.now, subject="intro", occurrence=ctx.now.format_iso(), member_id=to)


def close_lapsed(store: Store, now: Instant) -> int:
    """End what nobody said anything more about; how many. For the clock."""
    days = store.cohort().numbers.intro_expires_days
    over = to_close(store, now)
    for each in over:
        after = moved(each, Move.LAPSE, now) if now >= ends(each, days) else None
        if after is not None:
            store.save(after)
    return len(over)


def to_close(store: Store, now: Instant) -> list[Introduction]:
    """Whose days are over."""
    days = store.cohort().numbers.intro_expires_days
    return [each for each in store.find(Introduction, state=LIVE) if now >= ends(each, days)]
