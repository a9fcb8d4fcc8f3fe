"""One classmate's eye on a note: a thing they like, one to fix; the recipient masked (B2)."""

import random
from collections import Counter
from dataclasses import replace
from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.ask_check import draft_to_change
from bot.context import Context
from bot.domain.asking import masked
from bot.domain.care import PeerReview
from bot.domain.cohort import Member, Role
from bot.domain.names import match_names
from bot.domain.note_check import FindingKind, check_note
from bot.domain.owed import Urgency
from bot.domain.people import Contact
from bot.domain.thanking import first_name
from bot.domain.way_out import without_way_out
from bot.invocation import call
from bot.parameters import LongText
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Copyable, Note, Paragraph, Part, Reply, answer, button, text


@command(
    "ask review",
    "Ask one classmate to read your note.",
    listed=False,
    title="A classmate’s eye",
    submit="Ask a classmate",
    note="One classmate reads it. They don’t see to whom it goes, nor that it is yours.",
    prefill=draft_to_change,
)
def review(
    ctx: Context,
    note: Annotated[LongText | None, "the note as you want to send it", Asked.FORM] = None,
    person: Annotated[Contact | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """To one who has opted in and was asked least of late; the recipient is masked."""
    if not note:
        raise refuse("Paste your note first.")
    note = LongText(without_way_out(note))
    if any(each.kind is FindingKind.BLANK for each in check_note(note, ctx.cohort.numbers)):
        raise refuse("There is still a blank in it. Fill it in first, then a classmate reads it.")
    there = ctx.store.first(PeerReview, member_id=ctx.member.id, answered=None, order="-id")
    if there is not None and there.words == _hidden(ctx, note, person):
        return answer(text("A classmate has it already. I’ll bring you their answer."))
    reader = _reader(ctx)
    if reader is None:
        return answer(
            text("Nobody in your class takes messages from me yet. `/ask check` reads it now."),
        )
    asked = ctx.store.add(
        PeerReview(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            reviewer_id=reader.id,
            words=_hidden(ctx, note, person),
            asked=ctx.now,
        )
    )
    about = call("ask read", review=asked.id)
    ctx.owe(
        about, ctx.now, subject=f"review:{asked.id}", occurrence="asked",
        member_id=reader.id, urgency=Urgency.ANSWER,
    )  # fmt: skip
    return answer(
        text("A classmate will read it: one thing they like, one to fix. I’ll bring you both.")
    )


def _reader(ctx: Context) -> Member | None:
    """Somebody who was asked least often; among those, by lot."""
    times = Counter(each.reviewer_id for each in ctx.store.find(PeerReview))
    peers = [
        each
        for each in ctx.store.find(Member, role=Role.STUDENT)
        if each.id != ctx.member.id and each.hears and not _away(ctx, each)
    ]
    fewest = min((times[each.id] for each in peers), default=0)
    pool = [each for each in peers if times[each.id] == fewest]
    return random.choice(pool) if pool else None


def _away(ctx: Context, member: Member) -> bool:
    return member.paused_until is not None and member.paused_until > ctx.today


def _hidden(ctx: Context, note: str, person: Contact | None) -> str:
    """The note with its recipient, their employer and the writer masked."""
    named = [person] if person is not None else _named(ctx, note)
    hidden = [(ctx.member.name, "[me]")]
    for each in named:
        hidden += [
            (each.name, "[name]"),
            (each.name.split()[-1], "[name]"),
            (first_name(each.name), "[name]"),
            (each.company, "[employer]"),
            (each.email, "[e-mail]"),
            (each.phone, "[phone]"),
            (each.link, "[link]"),
        ]
    return masked(note, hidden)


def _named(ctx: Context, note: str) -> list[Contact]:
    """Whom of the list the greeting may mean, when the button did not say."""
    people = contacts_of(ctx)
    greeting = note.strip().splitlines()[0][:80] if note.strip() else ""
    words = [word.strip(",.!:") for word in greeting.split()]
    found = {at for word in words[1:3] for at in match_names(word, [p.name for p in people])}
    return [people[at] for at in found]


@reminder("ask read")
def read(ctx: Context, review: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """What the classmate gets."""
    found = ctx.store.get(PeerReview, review)
    if found is None or found.answered is not None or found.reviewer_id != ctx.member.id:
        return None
    return answer(
        text("A classmate asks for your eye on a note: one thing you like, one to fix."),
        Copyable(found.words),
        Buttons(
            (
                button("Answer", call("ask reviewed", review=review), style="main"),
                button("Not this time", call("ask unread", review=review), replaces=True),
            )
        ),
        Note(text("It goes to them without your name.")),
    )


def _mine(ctx: Context, number: int) -> PeerReview:
    found = ctx.store.get(PeerReview, number)
    if found is None or found.reviewer_id != ctx.member.id:
        raise refuse("That note is no longer there.")
    if found.answered is not None:
        raise refuse("You answered this one already. Thank you.")
    return found


@command(
    "ask reviewed",
    "Say what you think of a classmate’s note.",
    listed=False,
    title="A classmate’s note",
    submit="Send",
    note="It goes to them without your name.",
)
def reviewed(
    ctx: Context,
    review: Annotated[int, "", Asked.HIDDEN],
    liked: Annotated[str | None, "one thing you like", Asked.FORM] = None,
    to_fix: Annotated[str | None, "one thing to fix", Asked.FORM] = None,
) -> Reply:
    """Goes to the asker at once, and to nobody else."""
    found = _mine(ctx, review)
    if not liked and not to_fix:
        raise refuse("One line is enough: something you like, or something to fix.")
    saved = replace(found, liked=liked or "", to_fix=to_fix or "", answered=ctx.now)
    ctx.store.save(saved)
    ctx.owe(
        call("ask told", review=review), ctx.now, subject=f"review:{review}", occurrence="told",
        member_id=found.member_id, urgency=Urgency.ANSWER,
    )  # fmt: skip
    return answer(text("Thank you. They’ll be glad of it."))


@command("ask unread", "Not to read a classmate's note.", listed=False)
def unread(ctx: Context, review: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Somebody else is asked, once."""
    found = _mine(ctx, review)
    ctx.store.save(replace(found, answered=ctx.now))
    ctx.owe(
        call("ask told", review=review), ctx.now, subject=f"review:{review}", occurrence="told",
        member_id=found.member_id, urgency=Urgency.ANSWER,
    )  # fmt: skip
    return answer(text("Fine. They hear only that nobody had time."))


@reminder("ask told")
def told(ctx: Context, review: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """What the asker gets back."""
    found = ctx.store.first(PeerReview, id=review, member_id=ctx.member.id)
    if found is None or found.answered is None:
        return None
    if not found.liked and not found.to_fix:
        return answer(text("Your classmate had no time for your note. `/ask check` reads it now."))
    said: list[Part] = [Paragraph(text("A classmate read your note."))]
    if found.liked:
        said.append(Paragraph(text("They like: {liked}", liked=found.liked)))
    if found.to_fix:
        said.append(Paragraph(text("To fix: {to_fix}", to_fix=found.to_fix)))
    return answer(*said)
