"""A good question for a talk: one at a time, by part and field, none twice for a person (C1)."""

from collections import Counter
from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.people import Contact
from bot.domain.questions import PART_WORDS, Part, Question, pick
from bot.domain.talks import QuestionUse
from bot.invocation import call
from bot.parameters import FieldWords, OneOf
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Listing,
    Note,
    Paragraph,
    Reply,
    Row,
    Text,
    answer,
    button,
    text,
)

PARTS = OneOf(dict(PART_WORDS))


@command("question", "Get a good question to ask.")
def question(
    ctx: Context,
    part: Annotated[Part | None, "career history, the job, or the future", PARTS] = None,
    field: Annotated[FieldWords | None, "the field it should fit"] = None,
    person: Annotated[Contact | None, "whom you will ask"] = None,
) -> Reply:
    """One question; shown for a person, it never comes again for that person."""
    used = ctx.store.find(
        QuestionUse, member_id=ctx.member.id, contact_id=person.id if person else None
    )
    words = field or (person.field or person.title if person else "") or ctx.member.field
    fields = ctx.content.fields_for(ctx.cohort).ids_of(words) if words else ()
    found = _fresh(ctx, part, fields, used)
    if found is None:
        raise refuse(
            "You have seen every question I have for this. `/question` without a part has more."
        )
    ctx.store.add(
        QuestionUse(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            contact_id=person.id if person else None,
            question=found.key,
            shown=ctx.now,
        )
    )
    return answer(
        Paragraph(text("*{ask}*", ask=found.ask)),
        Note(_about(found, person)),
        Buttons(
            (
                button(
                    "Another",
                    call("question", part=part, field=field, person=person.id if person else None),
                    replaces=True,
                    style="main",
                ),
                button(
                    "Save to my list",
                    call("question save", key=found.key, person=person.id if person else None),
                ),
                button("My list", call("question list", person=person.id if person else None)),
            )
        ),
    )


def _fresh(
    ctx: Context, part: Part | None, fields: tuple[str, ...], used: list[QuestionUse]
) -> Question | None:
    """One not seen yet; in general (for nobody in particular) the least seen come round again."""
    seen = Counter(each.question for each in used)
    seed = f"{ctx.member.id}:{len(used)}"
    found = pick(ctx.content.questions_for(ctx.cohort), part, fields, seen.keys(), seed)
    if found is not None or any(each.contact_id for each in used):
        return found
    rounds = min(seen.values(), default=0)
    often = {key for key, times in seen.items() if times > rounds}
    return pick(ctx.content.questions_for(ctx.cohort), part, fields, often, seed)


def _about(found: Question, person: Contact | None) -> Text:
    part = PART_WORDS[found.part]
    if person is not None:
        return text("About {part}, for {name}.", part=part, name=person.name)
    return text("About {part}.", part=part)


@command("question save", "Save a question to your list.", listed=False)
def save(
    ctx: Context,
    key: Annotated[str, "", Ask.HIDDEN],
    person: Annotated[Contact | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Saving twice is saving once."""
    use = ctx.store.first(
        QuestionUse,
        order="-id",
        member_id=ctx.member.id,
        question=key,
        contact_id=person.id if person else None,
    )
    if use is None:
        raise refuse("I no longer know that question. Ask for another with `/question`.")
    ctx.store.save(replace(use, saved=True))
    saved = len({each.question for each in _saved(ctx, person)})
    return answer(
        text("Saved. Your list has {n}.", n=f"{saved} question" + ("" if saved == 1 else "s")),
        Buttons((button("My list", call("question list", person=person.id if person else None)),)),
    )


@command("question list", "Your saved questions.", listed=False)
def saved_list(ctx: Context, person: Annotated[Contact | None, "", Ask.HIDDEN] = None) -> Reply:
    """The saved ones, in the order of the three parts."""
    return _list_of(ctx, person)


def _list_of(ctx: Context, person: Contact | None) -> Answer:
    by_key = {each.key: each for each in ctx.content.questions_for(ctx.cohort)}
    kept = {each.question: each for each in _saved(ctx, person) if each.question in by_key}
    if not kept:
        return answer(
            text("Your list is empty. Save the questions that sound like you."),
            Buttons((button("A question", call("question"), style="main"),)),
        )
    order = {part: place for place, part in enumerate(PART_WORDS)}
    rows = tuple(
        Row(
            text("{ask}", ask=by_key[key].ask),
            text("{part}", part=PART_WORDS[by_key[key].part]),
            (button("Drop", call("question drop", number=kept[key].id), replaces=True),),
        )
        for key in sorted(kept, key=lambda key: order[by_key[key].part])
    )
    return answer(text("Your questions:"), Listing(rows))


@command("question drop", "Take a question off your list.", listed=False)
def drop(ctx: Context, number: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """The list without it."""
    use = ctx.store.get(QuestionUse, number)
    if use is None or use.member_id != ctx.member.id:
        raise refuse("That question is not on your list any more.")
    same = ctx.store.find(
        QuestionUse, member_id=ctx.member.id, question=use.question, contact_id=use.contact_id
    )
    for each in same:
        ctx.store.save(replace(each, saved=False))
    person = ctx.store.get(Contact, use.contact_id) if use.contact_id else None
    return _list_of(ctx, person)


def _saved(ctx: Context, person: Contact | None) -> list[QuestionUse]:
    """For a person: theirs and the general ones; else all of the member's."""
    kept = ctx.store.find(QuestionUse, member_id=ctx.member.id, saved=True)
    return [each for each in kept if person is None or each.contact_id in (None, person.id)]
