"""Something felt wrong: the organisers hear it, the student is left alone (FEATURES B9).

Somebody of the directory is out of the finder until an organiser has looked at it.
"""

from dataclasses import replace
from typing import Annotated

from bot.asking import alum_of
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.context import Context
from bot.domain.care import Concern
from bot.domain.cohort import Member, Role
from bot.domain.owed import Urgency
from bot.domain.people import Alum, Contact
from bot.domain.talks import Talk
from bot.introducing import keep_apart
from bot.invocation import call
from bot.parameters import LongText
from bot.reply import Answer, Buttons, Note, Paragraph, Part, Reply, answer, button, text


@command(
    "concern tell",
    "Something felt wrong.",
    listed=False,
    title="Something felt wrong",
    submit="Tell the organiser",
    note="Your organisers read this, with your name. Nobody else does.",
)
def tell(
    ctx: Context,
    words: Annotated[
        LongText | None, "what happened, if you like; empty is fine", Asked.FORM
    ] = None,
    person: Annotated[Contact | None, "", Asked.HIDDEN] = None,
    talk: Annotated[int | None, "", Asked.HIDDEN] = None,
    intro: Annotated[int | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """No questions back, nothing to prove. An introduction ends by it, and is not made again."""
    whom = person or _of_talk(ctx, talk)
    about = whom.name if whom is not None else ""
    if intro is not None:
        whom, about = keep_apart(ctx, intro)
    raised = ctx.store.add(
        Concern(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            alum_id=_taken_out(ctx, whom),
            about=about,
            words=words or "",
            raised=ctx.now,
        )
    )
    organisers = ctx.store.find(Member, role=Role.ORGANISER)
    for each in organisers:
        ctx.owe(
            call("concern told", concern=raised.id), ctx.now, subject=f"concern:{raised.id}",
            occurrence="told", member_id=each.id, urgency=Urgency.ANSWER,
        )  # fmt: skip
    if not organisers:
        return answer(
            text(
                "Thank you for telling me. Nobody organises this class here yet, so please tell "
                "somebody you trust, too."
            )
        )
    return answer(
        text("Thank you for telling me. Your organiser knows now. You need do nothing more.")
    )


def _of_talk(ctx: Context, number: int | None) -> Contact | None:
    talk = ctx.store.first(Talk, id=number or 0, member_id=ctx.member.id)
    return ctx.store.get(Contact, talk.contact_id) if talk is not None else None


def _taken_out(ctx: Context, whom: Contact | None) -> int | None:
    """The alum who is out of the finder by this concern, to be put back after it.

    Who paused themselves is out already, and stays so."""
    alum = alum_of(ctx, whom) if whom is not None else None
    if alum is None:
        return None
    before = ctx.store.first(Concern, alum_id=alum.id, looked_at=None)
    if alum.paused and before is None:
        return None
    if not alum.paused:
        ctx.store.save(replace(alum, paused=True))
    return alum.id


@reminder("concern told")
def told(ctx: Context, concern: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To an organiser, privately."""
    found = ctx.store.get(Concern, concern)
    if found is None or found.looked_at is not None or not ctx.organises:
        return None
    student = ctx.store.get(Member, found.member_id)
    parts: list[Part] = [
        Paragraph(
            text(
                "{student} says that something felt wrong with *{about}*.",
                student=student.name if student is not None else "A student",
                about=found.about or "a contact",
            )
        )
    ]
    if found.words:
        parts.append(Paragraph(text("“{words}”", words=found.words)))
    if found.alum_id is not None:
        parts.append(Note(text("They are out of the finder until you have looked at it.")))
    return answer(
        *parts,
        Note(text("I thanked the student and ask them nothing.")),
        Buttons(
            (
                button("Looked at it", call("concern seen", concern=concern), style="main"),
                button("Nobody asks them", call("concern bar", concern=concern), style="danger"),
            )
        ),
    )


@command("concern seen", "A concern was looked at.", who=Role.ORGANISER, listed=False)
def seen(ctx: Context, concern: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Back into the finder, unless another concern is open."""
    found = ctx.store.get(Concern, concern)
    if found is None or found.looked_at is not None:
        return answer(text("This was looked at already."))
    ctx.store.save(replace(found, looked_at=ctx.now))
    alum = ctx.store.get(Alum, found.alum_id) if found.alum_id is not None else None
    if alum is None:
        return answer(text("Noted as looked at."))
    if ctx.store.first(Concern, alum_id=alum.id, looked_at=None) is not None:
        return answer(text("Noted. {name} stays out: something else is open.", name=alum.name))
    own = alum.paused_until is not None  # they paused themselves meanwhile
    ctx.store.save(replace(alum, paused=own))
    if own:
        return answer(text("Noted. {name} has paused meanwhile.", name=alum.name))
    return answer(text("Noted. {name} can be found again.", name=alum.name))


@command("concern bar", "Nobody is to ask them.", who=Role.ORGANISER, listed=False)
def bar(ctx: Context, concern: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The organiser's choice after looking; the reason is shown to nobody."""
    found = ctx.store.get(Concern, concern)
    alum = ctx.store.get(Alum, found.alum_id) if found and found.alum_id is not None else None
    if found is None or alum is None:
        return answer(text("They are not in the directory, so nobody is offered them."))
    ctx.store.save(replace(found, looked_at=found.looked_at or ctx.now))
    own = alum.paused_until is not None
    ctx.store.save(replace(alum, do_not_contact=True, paused=own))
    return answer(text("Nobody is offered {name} any more.", name=alum.name))
