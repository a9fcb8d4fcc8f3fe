"""A partner for the term, as the student hears of it: the question, and what came of it (K5)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.commands.matching_words import Two, inside, two_of, who
from bot.commands.partnership_steps import open_two, tell, tell_organisers
from bot.context import Context
from bot.domain.pairings import Partnership
from bot.domain.partnering import lapses
from bot.domain.people import Alum, Contact
from bot.domain.thanking import first_name
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Day, Note, Paragraph, Part, Reply, answer, button, text

PASSED = "That offer has passed. Your organiser’s next round may bring another."


@reminder("match ask")
def ask_student(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Who it could be; nobody is asked for them before their yes."""
    found = open_two(ctx, partnership)
    if found is None or found.student.id != ctx.member.id or found.partnership.student_said:
        return None
    again = call("match ask", partnership=partnership)
    return answer(
        *_question(found),
        snooze_menu(ctx, again, f"partnership:{partnership}"),
        Note(text("Your class is being partnered with alumni. Either answer is fine.")),
    )


@command("match show", "A partner for the term: yes or no?", listed=False, reads=True)
def show(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """The same question again, from the menu."""
    found = _mine(ctx, partnership)
    if found.partnership.student_said:
        raise refuse("You have answered that already; I tell you what comes of it.")
    return answer(*_question(found))


def _question(found: Two) -> list[Part]:
    number, until = found.partnership.id, found.partnership.until
    term = text(" until {day}", day=Day(until)) if until is not None else text(" this term")
    said = text(
        "Your organiser has a partner for you: {who}. Two or three talks{term}, for advice. "
        "Shall I ask them? They hear your name and your field only after your yes.",
        who=who(found.alum),
        term=term,
    )
    accept = call("match yes", partnership=number)
    return [
        Paragraph(said),
        Buttons(
            (
                button("Yes, ask them", accept, style="main", replaces=True),
                button("Not now", call("match no", partnership=number), replaces=True),
            )
        ),
    ]


def _mine(ctx: Context, number: int) -> Two:
    """Raises a refusal when it is not theirs to answer, or too late."""
    found = open_two(ctx, number)
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
        tell(ctx, "match alum", found, alum)
    else:
        tell_organisers(ctx)
    end = lapses(found.partnership, ctx.cohort.numbers.intro_expires_days)
    tell(ctx, "match lapsed", found, found.student, end)
    return answer(asked)


@command("match no", "No to a partner for the term.", listed=False)
def no(ctx: Context, partnership: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Nobody hears of it; the next round asks again."""
    found = _mine(ctx, partnership)
    ctx.store.save(replace(found.partnership, student_said="no", closed=ctx.now))
    return answer(text("Fine. Nobody was asked. The next round may have somebody else."))


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
