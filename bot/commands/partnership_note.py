"""The first note to a partner of the term: they agreed already, so nothing is asked anew (K5)."""

from bot.asking import alum_of, open_ask, way_out_for
from bot.context import Context
from bot.domain.asking import BLANK
from bot.domain.partner_note import first_note
from bot.domain.people import Contact, Standing
from bot.invocation import call
from bot.partners import partnership_with
from bot.reply import Answer, Buttons, Copyable, Note, Part, answer, button, text


def to_partner(ctx: Context, whom: Contact) -> Answer | None:
    """The note, with the next steps; None where they are no partner, or were written to."""
    alum = alum_of(ctx, whom)
    if alum is None or whom.standing is not Standing.TO_ASK or whom.do_not_contact:
        return None
    if alum.do_not_contact or not alum.consent:
        return None
    stands = partnership_with(ctx, alum.id)
    if stands is None:
        return None
    open_ask(ctx, whom)  # so that “Sent” and the answer are counted as for any note
    words = first_note(whom, ctx.member, stands.field, ctx.cohort.numbers)
    sent = button("Sent", call("ask sent", person=whom.id), style="main", replaces=True)
    more = (
        button("Two facts about them", call("ask facts", person=whom.id)),
        button("Book the talk", call("interview book", person=whom.id)),
        button("Questions to bring", call("question", person=whom.id)),
    )
    parts: list[Part] = [Copyable(words + way_out_for(ctx, whom))]
    if BLANK in words:
        parts.append(Note(text("Fill in each {blank}.", blank=BLANK)))
    return answer(
        text(
            "The first note to *{name}*, your partner this term. They said yes already: it only "
            "finds a day. Make it sound like you, send it yourself, press Sent.",
            name=whom.name,
        ),
        *parts,
        Buttons((sent, *more)),
    )
