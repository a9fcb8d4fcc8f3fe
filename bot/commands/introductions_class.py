"""Who knows someone in …? Asked of the whole class, answered privately (G2)."""

from dataclasses import replace
from typing import Annotated

from whenever import Instant, TimeDelta

from bot.channel import channels
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions import about_me
from bot.commands.introductions_owner import next_step
from bot.commands.introductions_words import done
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.introductions import Introduction, IntroState, WhoKnows
from bot.domain.people import Contact
from bot.domain.tidy import fold
from bot.introducing import ask_the_contact
from bot.invocation import call
from bot.parameters import LongText
from bot.people_kinds import Newcomer
from bot.ports import AtLeast, Not
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Moment, Note, Reply, answer, button, text
from bot.shared import is_barred_for_owner

MOST, DAY = 3, TimeDelta(hours=24)
"""Questions of one member in that time: everybody reads each."""


def _may_ask(ctx: Context) -> None:
    """Raises a refusal, before anything is written down for nothing."""
    if ctx.member.role is Role.ALUM:
        raise refuse("That is for students of this class.")
    if not channels(ctx.store):
        raise refuse("There is no channel for this class yet; an organiser can choose one.")
    if ctx.store.count(WhoKnows, member_id=ctx.member.id, asked=AtLeast(ctx.now - DAY)) >= MOST:
        raise refuse("{most} questions in a day are plenty for one channel. Tomorrow again.",
                     most=MOST)  # fmt: skip


@command(
    "intro who-knows",
    "Ask the class who knows somebody in a field or at an employer.",
    title="Who knows someone?",
    submit="Ask the class",
    note="Your class sees your name and the question. Your words go only to who says “I do”.",
    prefill=about_me,
    before=_may_ask,
)
def who_knows(
    ctx: Context,
    about: Annotated[str, "a field, or an employer", Asked.BOTH],
    blurb: Annotated[LongText, "two or three sentences about you", Asked.FORM],
) -> Reply:
    """One post; the same question is asked once while it is open."""
    mine = ctx.store.find(WhoKnows, member_id=ctx.member.id, closed=None)
    if any(fold(each.about) == fold(about) and ctx.now < _ends(ctx, each) for each in mine):
        return answer(text("You have asked that already. I bring you whoever says yes."))
    _may_ask(ctx)
    asked = ctx.store.add(
        WhoKnows(
            cohort_id=ctx.cohort.id, member_id=ctx.member.id, about=about, blurb=blurb,
            asked=ctx.now,
        )
    )  # fmt: skip
    ctx.owe_channel(
        call("intro asking", question=asked.id), subject=f"who:{asked.id}", occurrence="asked"
    )
    ctx.owe(
        call("intro quiet", question=asked.id), _ends(ctx, asked), subject=f"who:{asked.id}",
        occurrence="quiet",
    )  # fmt: skip
    return answer(
        text(
            "It’s on its way to the channel. Answers come to me; you hear once somebody and their "
            "contact both say yes, or by {day}.",
            day=Moment(_ends(ctx, asked), "day"),
        ),
        Buttons((button("Close the question", call("intro enough", question=asked.id)),)),
    )


def _ends(ctx: Context, question: WhoKnows) -> Instant:
    return question.asked.add(hours=24 * ctx.cohort.numbers.intro_expires_days)


def _open(ctx: Context, number: int) -> tuple[WhoKnows, Member] | None:
    """The question and who asked it, while it is open."""
    found = ctx.store.get(WhoKnows, number)
    asker = ctx.store.get(Member, found.member_id) if found is not None else None
    if found is None or asker is None or asker.stopped is not None:
        return None
    if found.closed is not None or ctx.now >= _ends(ctx, found):
        return None
    return found, asker


@reminder("intro asking")
def asking(ctx: Context, question: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the channel: the question, and nothing of what the asker says of themselves."""
    found = _open(ctx, question)
    if found is None:
        return None
    it, asker = found
    return answer(
        text("{asker} asks: who knows someone, {about}?", asker=asker.name, about=it.about),
        Buttons((button("I do", call("intro known", question=question), style="main"),)),
        Note(text("Only I see who presses. Nobody is named before everybody has said yes.")),
    )


@command(
    "intro known",
    "I know somebody: introduce us.",
    listed=False,
    title="Whom do you know?",
    submit="Introduce them",
    note="Your classmate learns who, and from whom, once you and your contact have both said yes.",
)
def known(
    ctx: Context,
    question: Annotated[int, "", Asked.HIDDEN],
    person: Annotated[Contact | Newcomer, "a contact of yours, or a name", Asked.FORM],
) -> Reply:
    """The press and the name are the owner's yes; the contact's comes next."""
    found = _open(ctx, question)
    if found is None:
        return _closed()
    it, asker = found
    if asker.id == ctx.member.id:
        return answer(text("That is your own question. I bring you whoever says yes."))
    if ctx.store.first(Introduction, owner_id=ctx.member.id, asker_id=asker.id, barred=True):
        return _closed()  # something felt wrong to one of the two; which of them is not told
    contact = _card(ctx, person)
    if is_barred_for_owner(ctx, contact):
        raise refuse("{name} is not to be asked just now.", name=contact.name)
    made = ctx.store.first(
        Introduction, who_knows_id=it.id, owner_id=ctx.member.id, contact_id=contact.id
    )
    if made is None:
        made = ctx.store.add(
            Introduction(
                cohort_id=ctx.cohort.id,
                asker_id=asker.id,
                owner_id=ctx.member.id,
                contact_id=contact.id,
                who_knows_id=it.id,
                about=it.about,
                blurb=it.blurb,
                state=IntroState.OWNER_YES,
                asked=ctx.now,
                owner_said=ctx.now,
            )
        )
        made = ask_the_contact(ctx, made)
    return next_step(ctx, made)


def _closed() -> Answer:
    return answer(text("That question is closed. Thank you all the same."))


def _card(ctx: Context, person: Contact | Newcomer) -> Contact:
    """The owner's card; somebody new gets one, private to the owner."""
    if isinstance(person, Contact):
        return person
    return ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id, owner_id=ctx.member.id, name=person.name, added=ctx.now
        )
    )  # fmt: skip


@command("intro enough", "Close a question to the class.", listed=False)
def enough(ctx: Context, question: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Whoever presses “I do” later hears that it is closed; what is under way goes on."""
    found = ctx.store.first(WhoKnows, id=question, member_id=ctx.member.id)
    if found is None or found.closed is not None:
        return done()
    ctx.store.save(replace(found, closed=ctx.now))
    return answer(text("Closed. Thank you for saying so."))


@reminder("intro quiet")
def quiet(ctx: Context, question: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the asker at the end, if they were brought together with nobody, whoever answered."""
    found = ctx.store.first(WhoKnows, id=question, member_id=ctx.member.id)
    if found is None or found.closed is not None or ctx.now < _ends(ctx, found):
        return None
    ctx.store.save(replace(found, closed=ctx.now))
    if ctx.store.first(Introduction, who_knows_id=found.id, connected=Not(None)) is not None:
        return None
    return answer(
        text("No introduction this time: {about}. It’s rarely about you.", about=found.about),
        Buttons((button("Find alumni", call("alum find", field=found.about)),)),
    )
