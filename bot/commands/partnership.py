"""Two yeses to a partner for a term: the student's, then the alum's; a no is kind (K5)."""

from dataclasses import replace
from typing import Annotated

from whenever import Instant

from bot.command import Ask, command, reminder
from bot.commands.matching_words import Two, inside, letter, to_ask, two_of, who
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.pairings import Partnership
from bot.domain.partnering import lapses, waits
from bot.domain.people import Alum, Contact, ContactKind
from bot.domain.thanking import first_name
from bot.files.csv_out import write_csv
from bot.invocation import call
from bot.parameters import YesNo
from bot.partners import may_be_asked, under_way
from bot.ports import Not
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

SHOWN = 3
"""E-mails that are shown to copy; the file holds all."""
PASSED = "That offer has passed. Your organiser’s next round may bring another."


def _open(ctx: Context, number: int) -> Two | None:
    """The two, while an answer may still come and the alum may be asked at all."""
    found = two_of(ctx.store, number)
    if found is None or not may_be_asked(found.alum):
        return None
    days = ctx.cohort.numbers.intro_expires_days
    return found if waits(found.partnership, ctx.now, days) else None


# ---- The student ---------------------------------------------------------------------------------


@reminder("match ask")
def ask_student(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Who it could be; nobody is asked for them before their yes."""
    found = _open(ctx, partnership)
    if found is None or found.student.id != ctx.member.id or found.partnership.student_said:
        return None
    until = found.partnership.until
    term = text(" until {day}", day=Day(until)) if until is not None else text(" this term")
    return answer(
        text(
            "Your organiser has a partner for you: {who}. Two or three talks{term}, for advice. "
            "Shall I ask them? They hear your name and your field only after your yes.",
            who=who(found.alum),
            term=term,
        ),
        Buttons(
            (
                button("Yes, ask them", call("match yes", partnership=partnership), style="main",
                       replaces=True),
                button("Not now", call("match no", partnership=partnership), replaces=True),
            )
        ),
        Note(text("Your class is being partnered with alumni. Either answer is fine.")),
    )  # fmt: skip


def _mine(ctx: Context, number: int) -> Two:
    """Raises a refusal when it is not theirs to answer, or too late."""
    found = _open(ctx, number)
    if found is None or found.student.id != ctx.member.id:
        raise refuse(PASSED)
    return found


@command("match yes", "Yes to a partner for the term.", listed=False)
def yes(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Then the alum is asked: by me where they are here, else by an organiser."""
    found = _mine(ctx, partnership)
    first = first_name(found.alum.name)
    asked = text("Good. {name} is asked now, and I tell you what they say.", name=first)
    if found.partnership.student_said == "yes":
        return answer(asked)
    ctx.store.save(replace(found.partnership, student_said="yes"))
    alum = inside(ctx.store, found.alum)
    if alum is not None:
        _tell(ctx, "match alum", found, alum)
    else:
        _tell_organisers(ctx)
    end = lapses(found.partnership, ctx.cohort.numbers.intro_expires_days)
    _tell(ctx, "match lapsed", found, found.student, end)
    return answer(asked)


@command("match no", "No to a partner for the term.", listed=False)
def no(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Nobody hears of it; the next round asks again."""
    found = _mine(ctx, partnership)
    ctx.store.save(replace(found.partnership, student_said="no", closed=ctx.now))
    return answer(text("Fine. Nobody was asked. The next round may have somebody else."))


def _tell(ctx: Context, what: str, two: Two, whom: Member, due: Instant | None = None) -> None:
    ctx.owe(
        call(what, partnership=two.partnership.id),
        due or ctx.now,
        subject=f"partnership:{two.partnership.id}",
        occurrence=what,
        member_id=whom.id,
    )


def _tell_organisers(ctx: Context) -> None:
    """Once a day there is one word about all that wait for them."""
    for each in ctx.store.find(Member, role=Role.ORGANISER, opted_in=Not(None), stopped=None):
        ctx.owe(
            call("match waiting"),
            ctx.now,
            subject="partnerships",
            occurrence=ctx.today.format_iso(),
            member_id=each.id,
        )


# ---- The alum ------------------------------------------------------------------------------------


@reminder("match alum")
def ask_alum(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """To an alum in the workspace (FEATURES, Words 9)."""
    found = _open(ctx, partnership)
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
    found = _open(ctx, number)
    if found is None or not _is_alum(ctx, found) or found.partnership.student_said != "yes":
        raise refuse("That has passed; there is nothing to answer any more.")
    return found


@command("match accept", "Yes to a student for the term.", listed=False)
def accept(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """They are brought together by the student's own note."""
    found = _asked_of_me(ctx, partnership)
    _agreed(ctx, found)
    return answer(
        text("Thank you. {name} writes to you and finds a time.", name=found.student.name)
    )


@command("match decline", "No to a student for the term.", listed=False)
def decline(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """The student hears it kindly, and comes first in the next round."""
    found = _asked_of_me(ctx, partnership)
    _declined(ctx, found)
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
    written = [(each, *letter(each, minutes, "")) for each in several]
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
    found = _open(ctx, partnership)
    if found is None or found.partnership.student_said != "yes":
        raise refuse("That has been settled already.")
    if yes:
        _agreed(ctx, found)
    else:
        _declined(ctx, found)
    return answer(
        text("Noted. {name} hears of it.", name=found.student.name),
        Buttons((button("How it stands", call("cohort match")),)),
    )


# ---- What comes of it ----------------------------------------------------------------------------


def _agreed(ctx: Context, two: Two) -> None:
    ctx.store.save(replace(two.partnership, alum_said="yes"))
    _known(ctx, two)
    _tell(ctx, "match made", two, two.student)


def _declined(ctx: Context, two: Two) -> None:
    ctx.store.save(replace(two.partnership, alum_said="no", closed=ctx.now))
    _tell(ctx, "match sorry", two, two.student)


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


def _for_student(ctx: Context, number: int) -> tuple[Partnership, Alum] | None:
    found = two_of(ctx.store, number)
    if found is None or found.student.id != ctx.member.id:
        return None
    return found.partnership, found.alum


@reminder("match made")
def made(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Both said yes; the first note is the student's."""
    found = _for_student(ctx, partnership)
    if found is None or found[0].alum_said != "yes":
        return None
    alum = found[1]
    there = ctx.store.first(Contact, owner_id=ctx.member.id, alum_id=alum.id, removed=None)
    if there is None:
        return None
    note = button("Draft the first note", call("ask draft", person=there.id), style="main")
    return answer(
        text(
            "{who}, said yes to being your partner this term, and is on your list.", who=who(alum)
        ),
        Buttons((note,)),
        Note(text("You said yes to a partner.")),
    )


@reminder("match sorry")
def sorry(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """No reason is known, and none is made up."""
    found = _for_student(ctx, partnership)
    return _kindly(ctx, found[1]) if found is not None and found[0].alum_said == "no" else None


@reminder("match lapsed")
def lapsed(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Silence reads like a no, and is told: the student was promised an answer."""
    found = _for_student(ctx, partnership)
    return _kindly(ctx, found[1]) if found is not None and not found[0].alum_said else None


def _kindly(ctx: Context, alum: Alum) -> Answer:
    return answer(
        text(
            "{name} cannot be your partner this term. It isn’t about you, and you come first in "
            "the next round.",
            name=alum.name,
        ),
        Buttons((button("Find alumni", call("alum find", field=ctx.member.field or None)),)),
    )
