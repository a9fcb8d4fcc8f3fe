"""What may not have come: said once, and shown again when somebody wants to see it (I5, F10)."""

from typing import Annotated

from bot.channel import UNSEEN
from bot.command import Ask, command, reminder
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.kinds_sent import kind_of
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToChannel, ToMember, ToTogether, recipient_of
from bot.domain.timing import UNSURE
from bot.invocation import call, read
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Moment, Note, Reply, Text, answer, button, from_json, text

Number = Annotated[int, "", Ask.HIDDEN]
GONE = "That is too old for me to find. `/network due` shows what is open."


@reminder(UNSURE)
def unsure(ctx: Context, owed: Number) -> Answer | None:
    """The line that says so, as long as it is so."""
    row = _theirs(ctx, owed)
    if row is None:
        return None
    if row.state is OwedState.UNKNOWN:
        why = text("It went out, and I was not told that it arrived. If you have it, all is well.")
    elif row.state is OwedState.UNDELIVERABLE:
        why = text("It was refused on its way, and that was my mistake, not yours.")
    else:
        return None
    return answer(
        text("I’m not sure that this reached you: {what}.", what=named(row)),
        Buttons((button("Show it", call("missed show", owed=row.id), style="main"),)),
        Note(why),
    )


@command("missed show", "Show a message that may not have come.", listed=False)
def missed(ctx: Context, owed: Number) -> Reply:
    """The words as they were; where they are not kept, made anew from how things stand."""
    row = _theirs(ctx, owed)
    if row is None:
        raise refuse(GONE)
    if row.reply:
        return answer(Note(text("From {when}:", when=_when(row))), *from_json(row.reply).parts)
    ctx.owe(
        read(row.call),
        ctx.now,
        subject=row.subject,
        occurrence=f"missed:{row.id}",
        urgency=Urgency.ANSWER,
    )
    return answer(text("I’ll write it again in a moment, unless it is settled by now."))


@reminder(UNSEEN)
def unseen(ctx: Context, owed: Number) -> Answer | None:
    """For organisers: a post in the channel that may not be there."""
    row = ctx.store.get(Owed, owed)
    if row is None or row.state is not OwedState.UNKNOWN or not ctx.organises:
        return None
    return answer(
        text(
            "I’m not sure that my post of {when} is in the cohort’s channel. Have a look, please.",
            when=_when(row),
        ),
        Buttons((button("It isn’t there: post it", call("cohort repost", owed=row.id)),)),
        Note(text("You get this because you organise the cohort.")),
    )


@command("cohort repost", "Post again what did not arrive.", who=Role.ORGANISER, listed=False)
def repost(ctx: Context, owed: Number) -> Reply:
    """Once: a second press finds it owed already."""
    row = ctx.store.get(Owed, owed)
    is_post = row is not None and isinstance(recipient_of(row.to), ToChannel)
    if row is None or not is_post or row.state is not OwedState.UNKNOWN:
        raise refuse("That post is in the channel, or no longer needed.")
    fresh = Owed(
        cohort_id=row.cohort_id,
        to=row.to,
        command=row.command,
        subject=row.subject,
        occurrence=f"again:{row.id}",
        call=row.call,
        due=ctx.now,
        urgency=row.urgency,
    )
    if ctx.store.owe(fresh) is None:
        return answer(text("That is on its way already; once is enough."))
    return answer(text("I post it again now, as things stand."))


def named(row: Owed) -> Text:
    """A message by its kind and its time: "weekly check-in, Monday 9:00"."""
    return text("{what}, {when}", what=kind_of(row.command).what, when=_when(row))


def _when(row: Owed) -> Moment:
    return Moment(row.first_try or row.due)


def _theirs(ctx: Context, number: int) -> Owed | None:
    """The row, if it was for this member, alone or with others."""
    row = ctx.store.get(Owed, number)
    if row is None:
        return None
    match recipient_of(row.to):
        case ToMember(member_id):
            return row if member_id == ctx.member.id else None
        case ToTogether(member_ids):
            return row if ctx.member.id in member_ids else None
        case ToChannel():
            return None
