"""Somebody typed by name who stands in the directory too: one press makes them the same person.

So what the directory knows comes along, and its limits (asks a month, days between) count.
"""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.people import Alum, Contact, ContactKind
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import Buttons, Note, Part, Reply, answer, button, text


@command("contact alum", "This person is that alum.", listed=False)
def is_alum(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    alum: Annotated[Alum, "", Ask.HIDDEN],
) -> Reply:
    """What the student wrote stays; what is empty is filled."""
    if person.alum_id is None and _taken(ctx, alum):
        raise refuse("{name} is on your list already.", name=alum.name)
    saved = replace(
        person,
        alum_id=alum.id,
        kind=ContactKind.ALUM if person.kind is ContactKind.HEARD_OF else person.kind,
        company=person.company or alum.company,
        title=person.title or alum.title,
        field=person.field or alum.field,
        city=person.city or ", ".join(part for part in (alum.city, alum.country) if part),
        link=person.link or alum.linkedin,
    )
    ctx.store.save(saved)
    return answer(
        text("Good: *{name}* on your list is the alum of the directory.", name=saved.name),
        Buttons(
            (
                button("Draft an ask", call("ask draft", person=saved.id)),
                button("Show", call("contact show", person=saved.id)),
            )
        ),
    )


def maybe_same(ctx: Context, contact: Contact) -> list[Part]:
    """Asked where exactly one of the directory has the whole name; a first name says too little."""
    if contact.alum_id is not None or len(contact.name.split()) < 2:
        return []
    found = ctx.store.find(Alum, name=contact.name, limit=2)
    if len(found) != 1 or _taken(ctx, found[0]):
        return []
    (alum,) = found
    if not alum.consent or alum.do_not_contact or contact.kind is ContactKind.FAMILY:
        return []
    work = ", ".join(part for part in (alum.title, alum.company) if part)
    does = call("contact alum", person=contact.id, alum=alum.id)
    return [
        Note(text("The alumni directory has *{name}* too: {work}.", name=alum.name, work=work))
        if work
        else Note(text("The alumni directory has *{name}* too.", name=alum.name)),
        Buttons((button("The same person", does),)),
    ]


def _taken(ctx: Context, alum: Alum) -> bool:
    """Whether the alum is somebody else on my list."""
    mine = ctx.store.first(Contact, owner_id=ctx.member.id, alum_id=alum.id)
    return mine is not None and mine.removed is None
