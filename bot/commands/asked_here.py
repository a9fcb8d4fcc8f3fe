"""What an alum in the workspace answers a student who has us ask: yes, later, no, or off the list.

Nothing of the student's own card is shown to them, and nothing of leaving to the student.
"""

from dataclasses import dataclass
from typing import Annotated

from bot.answering_asks import answered, turn_down_all
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cadence import at_local, rhythm_of
from bot.domain.cohort import Member
from bot.domain.people import Alum, Contact, Standing
from bot.domain.thanking import first_name
from bot.invocation import call
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Paragraph, Reply, answer, button, text
from bot.together import common_ground
from bot.volunteering import entry_of, gone, is_listed


@dataclass(frozen=True, slots=True)
class _Asked:
    """An ask that this alum has still to answer, whose it is, and the student's card of them.

    The card is the student's own: nothing of it is shown to the alum."""

    ask: Ask
    student: Member
    card: Contact
    entry: Alum


def _asked_me(ctx: Context, number: int) -> _Asked | None:
    entry = entry_of(ctx.store, ctx.member.id)
    ask = ctx.store.held(Ask, number)  # the student may press at the same moment
    if ask is None or entry is None or ask.alum_id != entry.id or ask.carried is None:
        return None
    student, card = ctx.store.get(Member, ask.member_id), ctx.store.get(Contact, ask.contact_id)
    if student is None or card is None or card.removed or ask.outcome:
        return None
    return _Asked(ask, student, card, entry)


def _open(ctx: Context, number: int) -> _Asked:
    found = _asked_me(ctx, number)
    if found is None:
        raise refuse("That is settled already. Thank you.")
    return found


_COUNT = {1: text("first"), 2: text("second"), 3: text("third")}


@reminder("ask wanted")
def wanted(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """FEATURES, Words 9. Who paused or left since is not asked; the student hears a kind no."""
    found = _asked_me(ctx, ask)
    if found is None:
        return None
    if found.entry.paused or not is_listed(found.entry):
        _said(ctx, found, Standing.DECLINED)
        return None
    since = ctx.now.subtract(hours=24 * ctx.cohort.numbers.cool_down_days)
    count = ctx.store.count(Ask, alum_id=found.entry.id, sent=AtLeast(since))
    about = found.entry.field or found.entry.title
    return answer(
        Paragraph(
            text(
                "{name}, a student, would like {minutes} minutes{about}: your {count} request this "
                "month. Yes, later, no, or leave the list: each is fine; I’ll tell them kindly.",
                name=found.student.name,
                minutes=ctx.cohort.numbers.asked_minutes,
                about=text(" about {field}", field=about) if about else text(""),
                count=_COUNT.get(count, text("next")),
            )
        ),
        Paragraph(text("{note}", note=found.ask.words)),
        Buttons(
            (
                button("Yes", call("ask yes", ask=ask), style="main", replaces=True),
                button("Later", call("ask not-now", ask=ask), replaces=True),
                button("No", call("ask no", ask=ask), replaces=True),
                button("Leave the list", call("ask off", ask=ask), replaces=True),
            )
        ),
        Note(text("You get this because you are in the directory. `/alum volunteer` changes it.")),
    )


@command("ask yes", "Yes to a student.", listed=False)
def yes(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Both are brought together, where that can be."""
    found = _open(ctx, ask)
    _said(ctx, found, Standing.REPLIED)
    student = found.student
    two = (student.id, ctx.member.id)
    if student.id != ctx.member.id and common_ground(ctx.store, two) is not None:
        ctx.owe_together(
            call("ask together", ask=ask), two, subject=f"ask:{ask}", occurrence="together"
        )
        return answer(text("Thank you! I’m opening a chat for the two of you."))
    return answer(
        text(
            "Thank you! {name} will write to you with two or three times.",
            name=first_name(student.name),
        )
    )


@reminder("ask together")
def together(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """The first words of their conversation."""
    found = ctx.store.get(Ask, ask)
    student = ctx.store.get(Member, found.member_id) if found is not None else None
    entry = ctx.store.get(Alum, found.alum_id) if found is not None and found.alum_id else None
    if student is None or entry is None:
        return None
    return answer(
        text(
            "{alum}, {student}: you both said yes to a short talk. {first}, offer two or three "
            "times; it is advice you are after, and it ends on time.",
            alum=entry.name,
            student=student.name,
            first=first_name(student.name),
        )
    )


@command("ask not-now", "Later, to a student.", listed=False)
def not_now(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Open for another day, of which the student is reminded."""
    found = _open(ctx, ask)
    _said(ctx, found, Standing.REPLIED, later=True)
    _remind_later(ctx, found)
    name = first_name(found.student.name)
    return answer(text("Fine. I’ll tell {name} it suits you later.", name=name))


def _remind_later(ctx: Context, asked: _Asked) -> None:
    student = asked.student
    zone = student.zone or ctx.zone
    rhythm = rhythm_of(student, ctx.cohort.numbers, zone)
    day = ctx.now.to_tz(zone).date().add(days=ctx.cohort.numbers.later_days)
    ctx.owe(
        call("ask again", ask=asked.ask.id),
        at_local(day, rhythm.quiet_until, zone),
        subject=f"ask:{asked.ask.id}",
        occurrence=f"later {day.format_iso()}",
        member_id=student.id,
    )


@command("ask no", "No to a student.", listed=False)
def no(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Told kindly."""
    found = _open(ctx, ask)
    _said(ctx, found, Standing.DECLINED)
    return answer(
        text("Fine. I’ll tell {name} kindly.", name=first_name(found.student.name)),
        Buttons(
            (
                button("Pause for a while", call("alum pause")),
                button("Leave the list", call("alum leave")),
            )
        ),
    )


@command("ask off", "Off the list, and no to a student.", listed=False)
def off(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The student hears a kind no; nobody hears that they left. Leaving needs no open ask."""
    entry = entry_of(ctx.store, ctx.member.id)
    if entry is None:
        raise refuse("You are not in the directory.")
    entry = ctx.store.held(Alum, entry.id) or entry
    found = _asked_me(ctx, ask)
    turn_down_all(ctx.store, entry.id, ctx.now)
    if is_listed(entry):
        ctx.store.save(gone(entry, ctx.now))
    back = Buttons((button("Back on the list", call("alum back"), replaces=True),))
    if found is None:
        return answer(text("You’re off the list, and nobody is told."), back)
    name = first_name(found.student.name)
    return answer(text("You’re off the list, and {name} hears a kind no.", name=name), back)


def _said(ctx: Context, asked: _Asked, standing: Standing, *, later: bool = False) -> None:
    answered(ctx.store, asked.ask, asked.card, standing, ctx.now, later=later)
