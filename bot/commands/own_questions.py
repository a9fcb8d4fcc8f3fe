"""The organiser's own questions, beside those of the bank (FEATURES H4, C1)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.questions import PART_WORDS, Part, own_key
from bot.invocation import call
from bot.parameters import FieldWords, OneOf
from bot.refusal import refuse
from bot.reply import (
    Buttons,
    Listing,
    Note,
    Paragraph,
    Reply,
    Row,
    Text,
    answer,
    button,
    joined,
    text,
)

MOST = 50


@command(
    "cohort question",
    "Add a question of yours to the bank.",
    who=Role.ORGANISER,
    title="A question to ask",
    submit="Add",
    note="Every student of your class may be shown it.",
)
def question(
    ctx: Context,
    ask: Annotated[str, "as a student would ask it", Ask.BOTH],
    part: Annotated[
        Part, "career history, the job, or the future", Ask.BOTH, OneOf(dict(PART_WORDS))
    ],
    field: Annotated[FieldWords | None, "only for one field, if you like", Ask.FORM] = None,
) -> Reply:
    """The same question twice is one."""
    own = ctx.cohort.questions
    if len(own) >= MOST:
        raise refuse("There are {n} questions of yours already. Drop one first.", n=len(own))
    ids = list(ctx.content.fields_for(ctx.cohort).ids_of(field)) if field else []
    key = own_key(part, ask)
    saved = replace(
        ctx.cohort, questions={**own, key: {"part": [part], "ask": [ask], "fields": ids[:1]}}
    )
    ctx.store.save_cohort(saved)
    said = [text("Added: “{ask}”", ask=ask)]
    if field and ids:
        said.append(text("For {field} only.", field=field))
    elif field:
        said.append(text("I don’t know that field, so it fits every one."))
    return answer(Paragraph(joined(said)), *_listed(replace(ctx, cohort=saved)))


def _listed(ctx: Context) -> tuple[Listing | Note | Buttons, ...]:
    rows = tuple(
        Row(
            text("{ask}", ask=each["ask"][0]),
            _about(each),
            (button("Drop", call("cohort unask", key=key), replaces=True),),
        )
        for key, each in ctx.cohort.questions.items()
    )
    more = Buttons((button("Add another", call("cohort question")),))
    return (Listing(rows), more) if rows else (more,)


def _about(each: dict[str, list[str]]) -> Text:
    said = [text("{part}", part=PART_WORDS[_part(each)])]
    said += [text("{field}", field=field) for field in each["fields"]]
    return joined(said, ", ")


def _part(each: dict[str, list[str]]) -> Part:
    found: Part = next(part for part in PART_WORDS if part == each["part"][0])
    return found


@command("cohort questions", "Your own questions.", who=Role.ORGANISER, listed=False, reads=True)
def questions(ctx: Context) -> Reply:
    """Those that the class has beside the bank."""
    n = len(ctx.cohort.questions)
    title = text("Your own questions: {n}", n=n) if n else text("No question of your own yet.")
    return answer(Paragraph(title), *_listed(ctx))


@command("cohort unask", "Drop a question of yours.", who=Role.ORGANISER, listed=False)
def unask(ctx: Context, key: Annotated[str, "", Ask.HIDDEN]) -> Reply:
    """Lists that students saved it to no longer show it."""
    left = {each: value for each, value in ctx.cohort.questions.items() if each != key}
    saved = replace(ctx.cohort, questions=left)
    ctx.store.save_cohort(saved)
    return answer(Paragraph(text("Dropped.")), *_listed(replace(ctx, cohort=saved)))
