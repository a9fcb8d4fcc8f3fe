"""After a note: sent, answered, or not; one follow-up, then the next name (FEATURES B4, K4)."""

from dataclasses import replace
from typing import Annotated

from bot.asking import alum_of, hindrance, open_ask, way_out_for
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.ask_words import instead, wait_days
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.asking import draft_again, draft_follow_up
from bot.domain.asks import Ask
from bot.domain.cadence import at_local, local_day, rhythm_of
from bot.domain.people import Alum, Contact, Standing
from bot.domain.spelled import days, times
from bot.domain.wishlist import in_order, moved
from bot.holding import cancel
from bot.invocation import call
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Moment,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    text,
)

WHICH = ("first", "second", "third")
"""The question about an answer, once after each note; part of its row, so it never changes."""


@command("ask sent", "Mark a note as sent.")
def sent(ctx: Context, person: Annotated[Contact, "whom you wrote to"]) -> Reply:
    """Starts the clock of B4; a second press says when it was sent."""
    latest = _latest(ctx, person)
    if latest is not None and latest.sent is not None and person.standing is Standing.ASKED:
        return answer(
            text("You wrote to {name} {when}.", name=person.name, when=Moment(latest.sent, "day"))
        )
    ask = replace(_unsent(ctx, person), sent=ctx.now, released=None)
    ctx.store.save(ask)
    ctx.store.save(moved(person, Standing.ASKED))
    wait = ask_in_a_week(ctx, ask, WHICH[0])
    return answer(
        text("Well done. {wait}", wait=wait),
        Buttons(
            (
                button("They answered", call("ask replied", person=person.id)),
                button("Questions to bring", call("question", person=person.id)),
            )
        ),
    )


def _unsent(ctx: Context, person: Contact) -> Ask:
    """The draft that was sent now; an older ask that was left open has ended with it."""
    ask = open_ask(ctx, person)
    if ask.sent is None:
        return ask
    ctx.store.save(replace(ask, outcome="no reply"))
    return open_ask(ctx, person)


def ask_in_a_week(ctx: Context, ask: Ask, which: str) -> Text:
    """Owes the one question after a week; says when it comes."""
    days = wait_days(ctx)
    if not ctx.member.hears:
        return text("Give it {days} days; most answers take a few.", days=days)
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    day = local_day(ctx.now, ctx.zone).add(days=days)
    due = at_local(day, rhythm.quiet_until, ctx.zone)
    ctx.owe(call("ask remind", ask=ask.id), due, subject=f"ask:{ask.id}", occurrence=which)
    return text(
        "Most answers take a few days. I’ll ask once{more}, on {when}.",
        more="" if which == WHICH[0] else " more",
        when=Moment(due, "day"),
    )


# ---- They answered ------------------------------------------------------------------------------


@command("ask replied", "Mark that somebody answered your note.")
def replied(ctx: Context, person: Annotated[Contact, "who answered"]) -> Reply:
    """Stops the clock; what they said decides the next step."""
    settle(ctx, person, "replied")
    ctx.store.save(moved(person, Standing.REPLIED))
    who = person.id
    return answer(
        text("{name} wrote back. What did they say?", name=person.name),
        Buttons(
            (
                button("Yes: book the talk", call("interview book", person=who), style="main"),
                button("Later", call("ask later", person=who), replaces=True),
                button("No", call("ask declined", person=who), replaces=True),
                button("Not to be asked again", call("ask never", person=who), replaces=True),
            )
        ),
    )


def _latest(ctx: Context, person: Contact) -> Ask | None:
    """The member's last ask to them, kept from an alum who answers it at the same moment."""
    found = ctx.store.first(Ask, member_id=ctx.member.id, contact_id=person.id, order="-id")
    return ctx.store.held(Ask, found.id) if found is not None else None


def settle(ctx: Context, person: Contact, outcome: str) -> Ask | None:
    """The latest ask has its outcome; what was planned about it is taken back."""
    ask = _latest(ctx, person)
    if ask is None:
        return None
    cancel(ctx.store, ctx.member.id, ctx.now, subject=f"ask:{ask.id}")
    if ask.sent is None and outcome == "replied":
        ask = replace(ask, sent=ctx.now)  # they answered, so it was sent
    answered = ask.answered if outcome == "no reply" else ctx.now
    saved = replace(ask, outcome=outcome, answered=answered)
    ctx.store.save(saved)
    return saved


@command("ask declined", "Mark that somebody said no.")
def declined(ctx: Context, person: Annotated[Contact, "who said no"]) -> Reply:
    """A no is an answer; the next name is there."""
    settle(ctx, person, "declined")
    ctx.store.save(moved(person, Standing.DECLINED))
    said = text(
        "A clear no is kind, too. A line of thanks keeps the door open. On to the next.",
    )
    return answer(said, *next_name(ctx, person))


@command("ask later", "They said later.", listed=False)
def later(ctx: Context, person: Annotated[Contact, "", Asked.HIDDEN]) -> Reply:
    """A fortnight, then a short line."""
    ask = settle(ctx, person, "replied")
    if ask is None or not ctx.member.hears:
        wait = days(ctx.cohort.numbers.later_days)
        return answer(
            text("Noted. Write to {name} again in {wait} or so.", name=person.name, wait=wait)
        )
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    due = at_local(ctx.today.add(days=ctx.cohort.numbers.later_days), rhythm.quiet_until, ctx.zone)
    ctx.owe(
        call("ask again", ask=ask.id),
        due,
        subject=f"ask:{ask.id}",
        occurrence=f"later {ctx.today.format_iso()}",
    )
    return answer(
        text("Noted. I’ll remind you of {name} {when}.", name=person.name, when=Moment(due, "day"))
    )


@command("ask never", "They asked not to be asked again.", listed=False)
def never(ctx: Context, person: Annotated[Contact, "", Asked.HIDDEN]) -> Reply:
    """For the whole cohort, and without a reason (FEATURES B8)."""
    there = alum_of(ctx, person)
    alum = ctx.store.held(Alum, there.id) if there is not None else None
    settle(ctx, person, "declined")
    ctx.store.save(replace(moved(person, Standing.DECLINED), do_not_contact=True))
    if alum is not None:
        ctx.store.save(replace(alum, do_not_contact=True))
    said = text(
        "Thank you for saying so. Nobody in your class will be offered {name} again.",
        name=person.name,
    )
    return answer(said, *next_name(ctx, person))


# ---- No reply -----------------------------------------------------------------------------------


@reminder("ask remind")
def remind(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """FEATURES, Words 5; after the one follow-up it only offers to move on."""
    found = _still_open(ctx, ask)
    if found is None:
        return None
    mine, person = found
    buttons = [button("They answered", call("ask replied", person=person.id), style="main")]
    if mine.may_follow_up(ctx.cohort.numbers):
        buttons.append(button("Follow-up draft", call("ask followup", ask=ask)))
    buttons.append(button("Move on", call("ask next", ask=ask), replaces=True))
    return answer(
        _silence(ctx, mine, person),
        Buttons(tuple(buttons)),
        snooze_menu(ctx, call("ask remind", ask=ask), f"ask:{ask}"),
    )


def _silence(ctx: Context, ask: Ask, person: Contact) -> Text:
    more = ask.may_follow_up(ctx.cohort.numbers)
    if ask.written_again:
        return text(
            "{name} hasn’t answered the {which} note either. It’s rarely about you. {then}",
            name=person.name,
            which="second" if ask.written_again == 1 else "third",
            then=text("One last line is fine; then we move on.")
            if more
            else text("You were polite; now we move on."),
        )
    since = int(ctx.today.since(local_day(ask.sent or ctx.now, ctx.zone), total="days"))
    long = text("a week") if since == 7 else text("{n} days", n=since)
    return text(
        "{name} hasn’t answered in {long}. It’s rarely about you. {then}",
        name=person.name,
        long=long,
        then=_then(ctx) if more else text("You were polite; now we move on."),
    )


def _then(ctx: Context) -> Text:
    """Before the first note after the first: it is the only one, as a rule."""
    if ctx.cohort.numbers.follow_ups == 1:
        return text("One short follow-up is polite; then we move on.")
    return text("A short follow-up is polite, and one more after that.")


def _still_open(ctx: Context, number: int) -> tuple[Ask, Contact] | None:
    ask = ctx.store.held(Ask, number)
    if ask is None or ask.member_id != ctx.member.id:
        return None
    person = ctx.store.get(Contact, ask.contact_id)
    if person is None or ask.outcome or ask.sent is None or person.removed:
        return None
    return (ask, person) if person.standing is Standing.ASKED else None


@command("ask followup", "The one follow-up.", listed=False)
def followup(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Once, as a rule; never to somebody who is not to be asked."""
    mine, person = _open(ctx, ask)
    if not mine.may_follow_up(ctx.cohort.numbers):
        raise refuse(
            "You wrote to {name} {n}; that is enough.",
            Buttons((button("Move on", call("ask next", ask=ask), replaces=True),)),
            name=person.name,
            n=times(mine.written_again + 1),
        )
    why = hindrance(ctx, person)
    if why is not None and why.never:
        raise refuse(
            "{name} can’t be asked. It isn’t about you.",
            Buttons((button("Move on", call("ask next", ask=ask), replaces=True),)),
            name=person.name,
        )
    return answer(
        text("One short follow-up to *{name}*. Send it yourself, press Sent.", name=person.name),
        Copyable(
            draft_follow_up(person, ctx.member, ctx.cohort.numbers, last=not _again(ctx, mine))
            + way_out_for(ctx, person)
        ),
        Buttons((_sent_again(mine),)),
    )


def _again(ctx: Context, ask: Ask) -> bool:
    """Whether yet another note may follow the one that is written now."""
    return ask.written_again + 1 < ctx.cohort.numbers.follow_ups


def _sent_again(ask: Ask) -> Button:
    """It names which note it is, so that a second press finds it sent."""
    did = call("ask followed", ask=ask.id, number=ask.written_again + 1)
    return button("Sent", did, style="main", replaces=True)


def _open(ctx: Context, number: int) -> tuple[Ask, Contact]:
    found = _still_open(ctx, number)
    if found is None:
        raise refuse("That is settled already.")
    return found


@command("ask followed", "The follow-up is sent.", listed=False)
def followed(
    ctx: Context,
    ask: Annotated[int, "", Asked.HIDDEN],
    number: Annotated[int, "", Asked.HIDDEN] = 1,
) -> Reply:
    """A last week of waiting. ``number``: which follow-up it was."""
    mine, person = _open(ctx, ask)
    if mine.written_again >= number:
        return answer(text("Noted already. There is nothing more to do for {n}.", n=person.name))
    saved = replace(mine, followed_up=ctx.now, follow_ups=mine.written_again + 1)
    ctx.store.save(saved)
    cancel(ctx.store, ctx.member.id, ctx.now, subject=f"ask:{ask}")
    return answer(
        text("Good. {wait}", wait=ask_in_a_week(ctx, saved, WHICH[saved.written_again])),
        Buttons((button("They answered", call("ask replied", person=person.id)),)),
    )


@command("ask next", "Move on to the next name.", listed=False)
def next_one(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """No reply is an outcome, too."""
    _mine, person = _open(ctx, ask)
    settle(ctx, person, "no reply")
    ctx.store.save(moved(person, Standing.NO_REPLY))
    return answer(
        text(
            "Fine. {name} may still write; then press “They answered” on their card.",
            name=person.name,
        ),
        *next_name(ctx, person),
    )


def next_name(ctx: Context, after: Contact) -> tuple[Part, ...]:
    """The next of the list, or two of the directory who are free."""
    waiting = [
        each
        for each in in_order(contacts_of(ctx))
        if each.standing is Standing.TO_ASK and each.id != after.id and not hindrance(ctx, each)
    ]
    if not waiting:
        return instead(ctx, after)
    name = waiting[0].name
    draft = call("ask draft", person=waiting[0].id)
    return (
        Paragraph(text("Next on your list: *{name}*.", name=name)),
        Buttons((button(text("Write to {name}", name=name), draft, style="main"),)),
    )


@reminder("ask again")
def again(ctx: Context, ask: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """Who said "later" two weeks ago."""
    found = ctx.store.first(Ask, id=ask, member_id=ctx.member.id)
    person = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if person is None or person.removed or person.standing is not Standing.REPLIED:
        return None
    return answer(
        text(
            "{name} said “later” a while ago. A line with two possible days is welcome now.",
            name=person.name,
        ),
        Copyable(draft_again(person, ctx.member, ctx.cohort.numbers) + way_out_for(ctx, person)),
        Buttons(
            (
                button("Book the talk", call("interview book", person=person.id), style="main"),
                button("They said no", call("ask declined", person=person.id), replaces=True),
            )
        ),
        snooze_menu(ctx, call("ask again", ask=ask), f"ask:{ask}"),
    )
