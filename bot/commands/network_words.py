"""The words and buttons around people who are proposed: why each, and what to do next (K1)."""

from bot.context import Context
from bot.domain.meeting_people import Candidate, Reason
from bot.domain.people import KIND_WORDS, Alum, Contact, ContactKind
from bot.domain.spelled import minutes
from bot.invocation import call
from bot.next_steps import next_steps
from bot.people_kinds import contacts_of
from bot.ports import AlumHit
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Paragraph,
    Part,
    PersonRef,
    Row,
    Text,
    answer,
    button,
    joined,
    text,
)


def row(mine: list[Contact], hits: tuple[AlumHit, ...], each: Candidate, why: Reason) -> Row:
    """One person, the reason, and the one thing to press."""
    if each.listed:
        contact = next(one for one in mine if one.id == each.id)
        act = button("Draft an ask", call("ask draft", person=contact.id))
        work = _work(contact)
        reason = _why_listed(contact, each, why)
    else:
        alum = next(hit.alum for hit in hits if hit.alum.id == each.id)
        act = button("Add", call("contact keep", alum=alum.id))
        work = _work(alum)
        reason = (
            text("alum, works next to it: {near}", near=each.near)
            if each.near
            else text("alum in the field")
        )
    title = text("*{name}*", name=each.name)
    if work:
        title = text("*{name}*, {work}", name=each.name, work=work)
    return Row(title, text("_{reason}_", reason=reason), (act,), PersonRef(each.id, each.name))


def _work(of: Contact | Alum) -> str:
    return ", ".join(part for part in (of.title, of.company) if part)


def _why_listed(contact: Contact, each: Candidate, why: Reason) -> Text:
    if each.introduced_by:
        return text("{who} told you about them", who=each.introduced_by)
    if why is Reason.KNOWN or each.known:
        return text("knows you: {kind}", kind=KIND_WORDS[contact.kind])
    return text("on your list: {kind}", kind=KIND_WORDS[contact.kind])


def after(ctx: Context, field: str, shown: list[tuple[Candidate, Reason]]) -> list[Part]:
    """What stands under the proposals."""
    fresh = [each.id for each, _ in shown if not each.listed]
    buttons: list[Button] = []
    if len(fresh) > 1:
        numbers = ".".join(str(each) for each in fresh)
        label = text("Add all {n} alumni", n=len(fresh))
        buttons.append(button(label, call("network add", alums=numbers), style="main"))
    if fresh:
        buttons.append(button("More alumni", call("alum find", field=field)))
    buttons.append(button("Add somebody I know", call("contact add")))
    buttons.append(button("Not sure yet", call("network unsure")))
    parts: list[Part] = []
    if not any(why is Reason.KNOWN for _, why in shown):
        parts += knows_somebody(ctx)[:1]
    if not fresh:
        parts.append(Paragraph(_no_alumni(ctx)))
    return [*parts, *next_steps(buttons)]


def _no_alumni(ctx: Context) -> Text:
    if ctx.store.first(Alum) is None:
        return text(
            "The alumni directory is still empty, which is fine: every talk can end with “who "
            "else should I talk to?”"
        )
    return text("Nobody new in the directory fits just now; those you know can name the next ones.")


def knows_somebody(ctx: Context) -> list[Part]:
    """FEATURES, Words 2; not for somebody who has named people."""
    known = [
        each
        for each in contacts_of(ctx)
        if each.kind not in (ContactKind.ALUM, ContactKind.HEARD_OF)
    ]
    if known:
        return []
    return [
        Paragraph(
            text(
                "Who already knows you and works: an aunt, a coach, an old manager? One name is "
                "enough. You’re asking for {long}, not a job.",
                long=minutes(ctx.cohort.numbers),
            )
        ),
        Buttons((button("Add somebody I know", call("contact add")),)),
    ]


def nobody_yet(ctx: Context) -> Answer:
    """Nobody known, nobody found: still there is a next step."""
    return answer(
        *knows_somebody(ctx)[:1],
        Paragraph(_no_alumni(ctx)),
        Paragraph(
            text(
                "A professor, a coach, the author of something you liked: add whoever comes first."
            )
        ),
        Buttons(
            (
                button("Add somebody I know", call("contact add"), style="main"),
                button("Try other words", call("network start")),
                button("Not sure yet", call("network unsure")),
            )
        ),
    )


def welcomed(new: list[Contact]) -> Text:
    """Said of people whom they know."""
    names = joined([text("*{n}*", n=each.name) for each in new], ", ")
    return text(
        "On your list: {names}. The best first talks are with those who know you.", names=names
    )
