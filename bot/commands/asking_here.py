"""An alum who is in the workspace is asked here, by us, at the student's wish (FEATURES K4).

They say yes, later, no, or leave the list; each is fine, and the student hears it kindly.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.asking import here_for, hindrance, open_ask, referrer_of
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.ask_answers import ask_in_a_week, next_name, settle
from bot.commands.ask_words import held
from bot.context import Context
from bot.domain.asking import BLANK, draft_ask
from bot.domain.asks import Ask
from bot.domain.cohort import Member
from bot.domain.owed import Urgency
from bot.domain.people import Contact, Standing
from bot.domain.thanking import first_name
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.kinds import LongText
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Paragraph, Reply, answer, button, text
from bot.together import common_ground
from bot.volunteering import entry_of, gone

# ---- The student's side -------------------------------------------------------------------------


def _drafted(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    person = given.get("person")
    if not isinstance(person, Contact) or person.owner_id != ctx.member.id:
        return {}
    made = draft_ask(person, ctx.member, referrer_of(ctx, person), ctx.cohort.numbers)
    return {"words": made.words}


@command(
    "ask here",
    "Let me put it to them.",
    listed=False,
    title="Let me ask them",
    submit="Ask them",
    note="They read this and your name. Nobody else does.",
    prefill=_drafted,
)
def here(
    ctx: Context,
    person: Annotated[Contact, "", Asked.HIDDEN],
    words: Annotated[LongText | None, "your note, in your own words", Asked.FORM] = None,
) -> Reply:
    """The student's yes to these very words; the clock of an ask begins."""
    why = hindrance(ctx, person)
    if why is not None:
        return held(ctx, person, why)
    reader = here_for(ctx, person)
    if reader is None:
        raise refuse("{name} isn’t here any more. Write to them yourself.", name=person.name)
    ask = open_ask(ctx, person)
    if ask.sent is not None:
        return answer(text("{name} has your note already.", name=person.name))
    note = (words or "").strip()
    if not note or BLANK in note:
        raise refuse("Fill in each {blank} first; the form keeps what you wrote.", blank=BLANK)
    ask = replace(ask, sent=ctx.now, carried=ctx.now, released=None, words=note)
    ctx.store.save(ask)
    ctx.store.save(moved(person, Standing.ASKED))
    ctx.owe(
        call("ask wanted", ask=ask.id),
        ctx.now,
        subject=f"ask:{ask.id}",
        occurrence="carried",
        member_id=reader.id,
    )
    wait = ask_in_a_week(ctx, ask, "first")
    return answer(text("{name} gets it at a good hour. {wait}", name=person.name, wait=wait))


@reminder("ask heard")
def heard(
    ctx: Context,
    ask: Annotated[int, "", Asked.HIDDEN],
    later: Annotated[int, "", Asked.HIDDEN] = 0,
) -> Answer | None:
    """What the alum said, told to the student."""
    found = ctx.store.first(Ask, id=ask, member_id=ctx.member.id)
    person = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if found is None or person is None or person.removed:
        return None
    if found.outcome == "declined":
        said = text(
            "{name} can’t this time, and sends a kind no. It’s rarely about you.", name=person.name
        )
        return answer(said, *next_name(ctx, person))
    book = button("Book the talk", call("interview book", person=person.id), style="main")
    if later:
        return answer(
            text(
                "{name} would like to, but later. Write again in two weeks or so, with two days to "
                "choose from.",
                name=person.name,
            )
        )
    return answer(
        text("{name} said yes! Offer two or three times while it is fresh.", name=person.name),
        Buttons((book, button("Questions to bring", call("question", person=person.id)))),
    )


# ---- The alum's side ----------------------------------------------------------------------------


def _asked_me(ctx: Context, number: int) -> tuple[Ask, Member, Contact] | None:
    """An ask that this alum has still to answer, whose it is, and the student's card of them."""
    ask, entry = ctx.store.get(Ask, number), entry_of(ctx.store, ctx.member.id)
    if ask is None or entry is None or ask.alum_id != entry.id or ask.carried is None:
        return None
    student, card = ctx.store.get(Member, ask.member_id), ctx.store.get(Contact, ask.contact_id)
    if student is None or card is None or card.removed or ask.outcome:
        return None
    return ask, student, card


def _open(ctx: Context, number: int) -> tuple[Ask, Member, Contact]:
    found = _asked_me(ctx, number)
    if found is None:
        raise refuse("That is settled already. Thank you.")
    return found


_COUNT = {1: text("first"), 2: text("second"), 3: text("third")}


@reminder("ask wanted")
def wanted(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """FEATURES, Words 9."""
    found = _asked_me(ctx, ask)
    if found is None:
        return None
    mine, student, card = found
    since = ctx.now.subtract(hours=24 * ctx.cohort.numbers.cool_down_days)
    count = ctx.store.count(Ask, alum_id=mine.alum_id, sent=AtLeast(since))
    about = card.field or card.title
    return answer(
        Paragraph(
            text(
                "{name}, a student, would like {minutes} minutes{about}: your {count} request this "
                "month. Yes, later, no, or leave the list: each is fine; I’ll tell them kindly.",
                name=student.name,
                minutes=ctx.cohort.numbers.asked_minutes,
                about=text(" about {field}", field=about) if about else text(""),
                count=_COUNT.get(count, text("next")),
            )
        ),
        Paragraph(text("{note}", note=mine.words)),
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
    mine, student, card = _open(ctx, ask)
    _said(ctx, mine, student, card, Standing.REPLIED)
    two = (student.id, ctx.member.id)
    if student.id != ctx.member.id and common_ground(ctx.store, two) is not None:
        ctx.owe_together(
            call("ask together", ask=ask), two, subject=f"ask:{ask}", occurrence="together"
        )
        return answer(text("Thank you! I’ve opened a chat for the two of you."))
    return answer(text("Thank you! {name} will write to you with two or three times.",
                       name=first_name(student.name)))  # fmt: skip


@reminder("ask together")
def together(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """The first words of their conversation."""
    found = ctx.store.get(Ask, ask)
    student = ctx.store.get(Member, found.member_id) if found is not None else None
    card = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if student is None or card is None:
        return None
    return answer(
        text(
            "{alum}, {student}: you both said yes to a short talk. {first}, offer two or three "
            "times; it is advice you are after, and it ends on time.",
            alum=card.name,
            student=student.name,
            first=first_name(student.name),
        )
    )


@command("ask not-now", "Later, to a student.", listed=False)
def not_now(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Open for another day."""
    mine, student, card = _open(ctx, ask)
    _said(ctx, mine, student, card, Standing.REPLIED, later=1)
    return answer(text("Fine. I’ve told {name} it suits you later.", name=first_name(student.name)))


@command("ask no", "No to a student.", listed=False)
def no(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Told kindly."""
    mine, student, card = _open(ctx, ask)
    _said(ctx, mine, student, card, Standing.DECLINED)
    return answer(
        text("Fine. I’ve told {name} kindly.", name=first_name(student.name)),
        Buttons(
            (
                button("Pause for a while", call("alum pause")),
                button("Leave the list", call("alum leave")),
            )
        ),
    )


@command("ask off", "Off the list, and no to a student.", listed=False)
def off(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The student hears a kind no; nobody hears that they left."""
    mine, student, card = _open(ctx, ask)
    _said(ctx, mine, student, card, Standing.DECLINED)
    entry = entry_of(ctx.store, ctx.member.id)
    if entry is not None:
        ctx.store.save(gone(entry, ctx.now))
    return answer(
        text("You’re off the list, and {name} hears a kind no.", name=first_name(student.name)),
        Buttons((button("Back on the list", call("alum back"), replaces=True),)),
    )


def _said(
    ctx: Context,
    ask: Ask,
    student: Member,
    card: Contact,
    standing: Standing,
    later: int | None = None,
) -> None:
    """The ask is settled as if the student had written down the answer; they are told at once."""
    settle(replace(ctx, member=student), card, _OUTCOME[standing])
    ctx.store.save(moved(card, standing))
    ctx.owe(
        call("ask heard", ask=ask.id, later=later),
        ctx.now,
        subject=f"ask:{ask.id}",
        occurrence="heard",
        member_id=student.id,
        urgency=Urgency.ANSWER,
    )


_OUTCOME = {Standing.REPLIED: "replied", Standing.DECLINED: "declined"}
