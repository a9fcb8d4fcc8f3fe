"""A partner for the term, as alumni answer: in the chat, or by an organiser's mail (K5)."""

from typing import Annotated

from bot.command import Ask, command, reminder
from bot.commands.matching_words import Two, inside, letter, to_ask, two_of
from bot.commands.partnership_steps import agreed, declined, open_two
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.partnering import stands
from bot.domain.thanking import first_name
from bot.files.csv_out import write_csv
from bot.invocation import call
from bot.parameters import YesNo
from bot.partners import under_way
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Attachment,
    Buttons,
    Copyable,
    Day,
    Note,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)
from bot.together import common_ground
from bot.volunteering import link_to

SHOWN = 3
"""E-mails that are shown to copy; the file holds all."""


@reminder("match alum")
def ask_alum(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """To an alum in the workspace (FEATURES, Words 9)."""
    found = open_two(ctx, partnership)
    if found is None or found.partnership.student_said != "yes" or found.partnership.alum_said:
        return None
    if not _is_alum(ctx, found):
        return None
    until = found.partnership.until
    term = text(" until {day}", day=Day(until)) if until is not None else text(" this term")
    return answer(
        text(
            "*{name}*, a student, would like you as a partner in {field}: two or three talks of "
            "{minutes} minutes{term}, for advice. Yes, no, or leave the list: each is fine; I’ll "
            "tell them kindly.",
            name=found.student.name,
            field=found.student.field,
            minutes=ctx.cohort.numbers.asked_minutes,
            term=term,
        ),
        Buttons(
            (
                button("Yes", call("match accept", partnership=partnership), style="main",
                       replaces=True),
                button("No, thank you", call("match decline", partnership=partnership),
                       replaces=True),
                button("Leave the list", call("alum leave")),
            )
        ),
        Note(text("You listed yourself as an alum who may be asked.")),
    )  # fmt: skip


def _is_alum(ctx: Context, two: Two) -> bool:
    there = inside(ctx.store, two.alum)
    return there is not None and there.id == ctx.member.id


def _asked_of_me(ctx: Context, number: int) -> Two:
    found = open_two(ctx, number)
    if found is None or not _is_alum(ctx, found) or found.partnership.student_said != "yes":
        raise refuse("That has passed; there is nothing to answer any more.")
    return found


@command("match accept", "Yes to a student for the term.", listed=False)
def accept(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """They are brought together by the student's own note."""
    found = _asked_of_me(ctx, partnership)
    agreed(ctx, found)
    name, two = found.student.name, (found.student.id, ctx.member.id)
    if found.student.id == ctx.member.id or common_ground(ctx.store, two) is None:
        return answer(text("Thank you. {name} writes to you and finds a time.", name=name))
    ctx.owe_together(
        call("match together", partnership=partnership),
        two,
        subject=f"partnership:{partnership}",
        occurrence="together",
    )
    return answer(
        text("Thank you. I’m opening a chat for the two of you; {name} begins.", name=name)
    )


@reminder("match together")
def together(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """The first words of their conversation, while both still want it."""
    found = two_of(ctx.store, partnership)
    if found is None or not stands(found.partnership, ctx.today) or found.alum.left is not None:
        return None
    return answer(
        text(
            "{alum}, {student}: you both said yes to being partners this term. {first}, which "
            "days suit you for a first talk? It is about advice, and ends on time.",
            alum=found.alum.name,
            student=found.student.name,
            first=first_name(found.student.name),
        )
    )


@command("match decline", "No to a student for the term.", listed=False)
def decline(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """The student hears it kindly, and comes first in the next round."""
    found = _asked_of_me(ctx, partnership)
    declined(ctx, found)
    return answer(text("That’s fine. I tell {name} kindly.", name=first_name(found.student.name)))


# ---- The organiser, for alumni outside -----------------------------------------------------------


@reminder("match waiting")
def waiting(ctx: Context) -> Answer | None:
    """How many wait for an organiser's mail; names stand behind the press."""
    several = len(list(to_ask(ctx, under_way(ctx))))
    if not ctx.organises or not several:
        return None
    alumni = "An alum outside the chat waits" if several == 1 else f"{several} alumni wait"
    return answer(
        text("{alumni} for your mail about partnering; the words are ready.", alumni=alumni),
        Buttons(
            (
                button("The e-mails", call("match letters"), style="main"),
                button("How it stands", call("cohort match")),
            )
        ),
    )


@command(
    "match letters", "E-mails to alumni outside.", who=Role.ORGANISER, listed=False, reads=True
)
def letters(ctx: Context) -> Reply:
    """Some to copy, all in a table; the organiser sends them."""
    several = list(to_ask(ctx, under_way(ctx)))
    if not several:
        raise refuse("No alum waits for a mail of yours.")
    minutes = ctx.cohort.numbers.asked_minutes
    written = [
        (each, *letter(each, minutes, link_to(ctx.store, ctx.site, each.alum))) for each in several
    ]
    parts: list[Part] = [Paragraph(text("Send these yourself, and tell me what they say."))]
    for each, subject, words in written[:SHOWN]:
        to = each.alum.email or "no address known"
        parts.append(Paragraph(text("*{n}* ({to}): {s}", n=each.alum.name, to=to, s=subject)))
        parts.append(Copyable(words))
    rows = [[each.alum.name, each.alum.email, subject, words] for each, subject, words in written]
    table = write_csv(["name", "email", "subject", "text"], rows)
    parts.append(Attachment("partners.csv", table, "text/csv"))
    return answer(*parts, Buttons((button("How it stands", call("cohort match")),)))


@command("match said", "What an alum outside said.", who=Role.ORGANISER, listed=False)
def said(
    ctx: Context,
    partnership: Annotated[int, "", Ask.HIDDEN],
    yes: Annotated[bool, "", Ask.HIDDEN, YesNo()],
) -> Reply:
    """Their word, brought by the organiser; once."""
    found = open_two(ctx, partnership)
    if found is None or found.partnership.student_said != "yes":
        raise refuse("That has been settled already.")
    if yes:
        agreed(ctx, found)
    else:
        declined(ctx, found)
    return answer(
        text("Noted. {name} hears of it.", name=found.student.name),
        Buttons((button("How it stands", call("cohort match")),)),
    )
