"""What logging a talk keeps besides the talk: who was met, names given, promises with dates."""

from dataclasses import replace

from bot.context import Context
from bot.domain.people import Contact, ContactKind, Standing
from bot.domain.promises import maybe_a_name, split_names, split_promises
from bot.domain.sharing import at_first
from bot.domain.talks import Promise, Talk
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.people_kinds import Newcomer, called, contacts_of
from bot.refusal import BadValueError, refuse
from bot.reply import Buttons, Day, Note, Paragraph, Part, button, text
from bot.time_kinds import DayKind


def met_with(ctx: Context, person: Contact | Newcomer) -> Contact:
    if isinstance(person, Newcomer):
        return ctx.store.add(
            Contact(
                cohort_id=ctx.cohort.id,
                owner_id=ctx.member.id,
                name=person.name,
                standing=Standing.MET,
                sharing=at_first(ctx.member.share_as, ContactKind.HEARD_OF),
                added=ctx.now,
            )
        )
    met = moved(person, Standing.MET)
    ctx.store.save(met)
    return met


def introduced(ctx: Context, by: Contact, names: str) -> list[Contact]:
    """Names given become contacts that remember who gave them (FEATURES E1)."""
    mine = contacts_of(ctx)
    made: list[Contact] = []
    for name, extra in split_names(names):
        there = [each for each in mine if called(name, each)]
        if by.id in [each.id for each in there]:
            continue
        if len(there) == 1:
            known = there[0]
            if known.referred_by is None:
                known = replace(known, referred_by=by.id)
                ctx.store.save(known)
            made.append(known)
            continue
        made.append(
            ctx.store.add(
                Contact(
                    cohort_id=ctx.cohort.id,
                    owner_id=ctx.member.id,
                    name=name[:200],
                    company=extra[:200],
                    kind=ContactKind.HEARD_OF,
                    referred_by=by.id,
                    field=by.field,
                    added=ctx.now,
                )
            )
        )
    return made


def unsure_name(by: Contact, names: str) -> list[Part]:
    """ "No" is a first name too: what was read as nobody is said, and one press adds it."""
    name = maybe_a_name(names)
    if not name:
        return []
    add = call("contact add", name=name, referred_by=by.id, field=by.field or None)
    return [
        Note(text("I read “{name}” as nobody.", name=name)),
        Buttons((button(text("{name} is a name: add", name=name), add),)),
    ]


def promised(ctx: Context, talk: Talk, words: str) -> tuple[list[Promise], list[str]]:
    """The promises kept, and the dates in them that could not be read."""
    kept: list[Promise] = []
    unread: list[str] = []
    for each in split_promises(words):
        due = None
        if each.when:
            try:
                due = DayKind("future").parse(each.when, ctx)
            except BadValueError:
                unread.append(each.when)
        what = each.what if due is not None or not each.when else f"{each.what} ({each.when})"
        kept.append(
            ctx.store.add(
                Promise(
                    cohort_id=ctx.cohort.id,
                    talk_id=talk.id,
                    member_id=ctx.member.id,
                    words=what,
                    due=due,
                )
            )
        )
    return kept, unread


def echo(promise: Promise) -> Paragraph:
    if promise.due is None:
        return Paragraph(text("Promised: {words}.", words=promise.words))
    return Paragraph(
        text("Promised: {words}, by {day}.", words=promise.words, day=Day(promise.due))
    )


def own_talk(ctx: Context, number: int) -> tuple[Talk, Contact]:
    """The member's own talk and its person. Raises a refusal."""
    talk = ctx.store.get(Talk, number)
    contact = ctx.store.get(Contact, talk.contact_id) if talk is not None else None
    if talk is None or contact is None or talk.member_id != ctx.member.id:
        raise refuse("That talk is not in your log any more.")
    return talk, contact
