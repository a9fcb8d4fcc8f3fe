"""What is said around an ask: manners, a hold, warnings, the note itself, the buttons."""

from dataclasses import replace

from bot.asking import Hindrance, asks_to_employer, free_now, here_for, way_out_for
from bot.context import Context
from bot.domain.asking import (
    BLANK,
    READ,
    SHAPE_WORDS,
    STUDIES,
    AskDraft,
    Shape,
    facts_of,
    most_characters,
    most_words,
)
from bot.domain.asks import Ask
from bot.domain.cohort import Numbers
from bot.domain.etiquette import good_hour, too_senior
from bot.domain.people import Alum, Contact
from bot.domain.spelled import days, hours, minutes_asked, times
from bot.domain.zones import zone_at
from bot.invocation import call
from bot.next_steps import next_steps
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Listing,
    Menu,
    Moment,
    Note,
    Option,
    Paragraph,
    Part,
    PersonRef,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)

SHAPES = SHAPE_WORDS
LEAST_DAYS, MOST_DAYS = 5, 14
"""What an organiser may choose for the wait (FEATURES B4)."""


def manners(ctx: Context) -> tuple[Part, ...]:
    """The card of manners, with the cohort's numbers (FEATURES C4)."""
    numbers = ctx.cohort.numbers
    long = minutes_asked(numbers).capitalize()
    return (
        Title(text("How we ask")),
        Paragraph(text("*Advice, never a job.* You may say that you are looking.")),
        Paragraph(text("*{long},* and you watch the clock.", long=long)),
        Paragraph(
            text("*Short,* under {n} words, in your own words. No résumé.", n=numbers.note_words)
        ),
        Paragraph(text("*{often}.* Then you let it be.", often=_often(ctx))),
        Paragraph(
            text(
                "*On time and prepared.* Thanks within {time}.",
                time=hours(numbers.thanks_within_hours),
            )
        ),
    )


def _often(ctx: Context) -> Text:
    """How often one writes to somebody who does not answer."""
    more = ctx.cohort.numbers.follow_ups
    if not more:
        return text("Once")
    said = text("Once, and {n} more after {wait}", n=times(more), wait=days(wait_days(ctx)))
    return said if more == 1 else text("{said} each", said=said)


def etiquette(ctx: Context, whom: Contact) -> Answer:
    """Before the first ask (FEATURES C4)."""
    agree = button(
        "I’ll do it this way", call("ask agree", person=whom.id), style="main", replaces=True
    )
    return answer(
        text("Before your first note, a minute on manners. I ask this once."),
        *manners(ctx),
        Buttons((agree,)),
    )


def held(ctx: Context, whom: Contact, why: Hindrance) -> Answer:
    """FEATURES, Words 4; always with two who are free now."""
    if why.never:
        said = text("{name} can’t be asked. It isn’t about you.", name=whom.name)
    elif why.until is None:
        said = text("{name} isn’t taking requests just now. It isn’t about you.", name=whom.name)
    else:
        said = text(
            "{name} can be asked from {day}. It isn’t about you: few requests keep people saying "
            "yes.",
            name=whom.name,
            day=Moment(why.until, "day"),
        )
    return answer(said, *instead(ctx, whom))


def instead(ctx: Context, whom: Contact) -> tuple[Part, ...]:
    """Two who can be asked now."""
    free = free_now(ctx, whom)
    if not free:
        return (
            Paragraph(text("Somebody who knows you is a good next step.")),
            Buttons(
                (
                    button("Whom do I know?", call("network start"), style="main"),
                    button("Find alumni", call("alum find")),
                )
            ),
        )
    said = text("These two are free now.") if len(free) > 1 else text("This one is free now.")
    return (Paragraph(said), Listing(tuple(alum_row(each) for each in free)))


def alum_row(alum: Alum) -> Row:
    """Somebody of the directory with the button that asks them."""
    work = ", ".join(part for part in (alum.title, alum.company) if part)
    return Row(
        text("*{name}*", name=alum.name),
        text("{work}", work=work) if work else None,
        (button("Draft an ask", call("ask draft", alum=alum.id)),),
        PersonRef(alum.id, alum.name, alum.external_id),
    )


def warnings(ctx: Context, whom: Contact) -> list[Part]:
    """At the top of a firm: said, never refused, with somebody nearer to the student (B7)."""
    if not too_senior(whom):
        return []
    near = free_now(ctx, whom, 1, company=whom.company) or free_now(ctx, whom, 1)
    said = text(
        "{title} is a very senior post: answers are rare, and best with an introduction. Somebody "
        "nearer your own start often tells you more.",
        title=whom.title,
    )
    parts: list[Part] = [Paragraph(said)]
    if near:
        parts.append(Listing((alum_row(near[0]),)))
    return parts


def note(ctx: Context, whom: Contact, made: AskDraft) -> list[Part]:
    """FEATURES, Words 3, and the note, which stands alone."""
    way_out = _way_out(ctx, whom, made)
    said = text(
        "{what} *{name}*, {size}. {yours}{ask}",
        what=_WHAT[made.shape],
        name=whom.name,
        size=_size(made, ctx.cohort.numbers, len(way_out)),
        yours=_YOURS_TO_CALL if made.shape is Shape.PHONE else _YOURS_TO_SEND,
        ask=text(" I’ll ask once, in {days} days.", days=wait_days(ctx))
        if ctx.member.hears
        else text(""),
    )
    parts: list[Part] = [Paragraph(said), Copyable(made.words + way_out)]
    if made.blanks:
        parts.append(
            Note(text("Fill in each {blank}: {what}.", blank=BLANK, what="; ".join(made.blanks)))
        )
        if fills := _fills(whom, made):
            parts.append(Buttons(fills))
    if made.shape is Shape.PHONE:
        parts.append(Note(_hour(ctx, whom)))
    return parts


def _fills(whom: Contact, made: AskDraft) -> tuple[Button, ...]:
    """What fills a blank for this note and the next: what I study, what I read about them."""
    found: list[Button] = []
    if STUDIES in made.blanks:
        found.append(button("Say what I study", call("settings goals")))
    if READ in made.blanks:
        found.append(_facts(whom))
    return (replace(found[0], style="main"), *found[1:]) if found else ()


def _way_out(ctx: Context, whom: Contact, made: AskDraft) -> str:
    """For an alum of the directory: the page on which they pause, change or leave (FEATURES K4).

    Not in a phone script, nor where it does not fit."""
    if made.shape is Shape.PHONE:
        return ""
    said = way_out_for(ctx, whom)
    most = most_characters(made.shape, ctx.cohort.numbers)
    return said if most is None or made.characters + len(said) <= most else ""


def wait_days(ctx: Context) -> int:
    """Days until an ask without an answer is asked about (FEATURES B4)."""
    return min(max(ctx.cohort.numbers.no_reply_days, LEAST_DAYS), MOST_DAYS)


_YOURS_TO_SEND = text("Make it sound like you, send it yourself, press Sent.")
_YOURS_TO_CALL = text("Make it sound like you, call them yourself, then press Sent.")
_WHAT: dict[Shape, Text] = {
    Shape.EMAIL: text("A note to"),
    Shape.NOTE: text("A LinkedIn note to"),
    Shape.LONG_NOTE: text("A LinkedIn note to"),
    Shape.PHONE: text("A phone script for"),
    Shape.TEXT: text("A text to"),
}


def _size(made: AskDraft, numbers: Numbers, more: int) -> Text:
    """Words are the student's own; characters are all that a form with a limit counts."""
    most = most_characters(made.shape, numbers)
    if most is not None:
        return text("{n} of {most} characters", n=made.characters + more, most=most)
    limit = most_words(made.shape, numbers)
    if limit is not None and made.length > limit:
        return text("{n} words: shorten it to {most}", n=made.length, most=limit)
    return text("{n} words", n=made.length)


def _hour(ctx: Context, whom: Contact) -> Text:
    """A good hour to call, on their clock and on the student's."""
    zone = zone_at(whom.city, ctx.now)
    good = Moment(good_hour(ctx.now, zone or ctx.zone))
    if zone is None:
        return text("A good hour to call: {when}, if they live in your time zone.", when=good)
    there = good.at.to_tz(zone).to_stdlib()
    return text(
        "A good hour to call: {when} for you, {clock} in {place}.",
        when=good,
        clock=there.strftime("%A %H:%M"),
        place=whom.city.split(",")[0],
    )


def waiting(ctx: Context, whom: Contact, ask: Ask) -> Answer:
    """They have a note already: one answer, or one follow-up, comes next."""
    buttons = [
        button("They answered", call("ask replied", person=whom.id), style="main"),
        button("Move on", call("ask next", ask=ask.id), replaces=True),
    ]
    more = ask.may_follow_up(ctx.cohort.numbers)
    if more:
        buttons.insert(1, button("Follow-up draft", call("ask followup", ask=ask.id)))
    return answer(
        text(
            "You wrote to {name} {when}. Give it {days} days; then {next}.",
            name=whom.name,
            when=Moment(ask.sent or ctx.now, "day"),
            days=wait_days(ctx),
            next=text("one short follow-up is polite") if more else text("let it be"),
        ),
        Buttons(tuple(buttons)),
    )


def pace(ctx: Context, whom: Contact, this_week: int) -> list[Part]:
    """Open asks this week, and several to one employer: said, never refused (B5, B6)."""
    said: list[Part] = []
    if this_week == 1:
        said.append(Note(text("You have one open ask this week.")))
    elif this_week:
        said.append(Note(text("You have {n} open asks this week.", n=this_week)))
    there = asks_to_employer(ctx, whom.company)
    if there:
        said.append(
            Note(
                text(
                    "Asks of your class to {company} in the last seven days: {n}. Only so that "
                    "you know.",
                    company=whom.company,
                    n=there,
                )
            )
        )
    return said


def _shape_words(shape: Shape, numbers: Numbers) -> Text:
    if shape is Shape.NOTE:
        return text("A LinkedIn note ({n})", n=numbers.linkedin_characters)
    if shape is Shape.LONG_NOTE:
        return text("A LinkedIn note ({n}, Premium)", n=numbers.linkedin_premium)
    return Text(SHAPE_WORDS[shape])


def around(ctx: Context, whom: Contact, made: AskDraft, ask: Ask) -> list[Part]:
    """What can be done with a note: sent, looked at, and how we ask are one press away."""
    follow = call("ask followed", ask=ask.id) if ask.sent else call("ask sent", person=whom.id)
    carried = here_for(ctx, whom) if ask.sent is None and ask.carried is None else None
    fills = _fills(whom, made)
    shown = [
        button("Sent", follow, style="plain" if fills else "main", replaces=True),
        button("Check my version", call("ask check", person=whom.id)),
        button("A classmate’s eye", call("ask review", person=whom.id)),
        button("How we ask", call("ask etiquette")),
    ]
    if carried:
        shown.insert(1, button("Let me ask them", call("ask here", person=whom.id)))
    later = [
        *(() if READ in made.blanks else (_facts(whom),)),
        button("Not now", call("ask leave", person=whom.id)),
        button("Something felt wrong", call("concern tell", person=whom.id)),
    ]
    others = tuple(
        Option(
            _shape_words(each, ctx.cohort.numbers),
            call("ask draft", person=whom.id, shape=each.value),
        )
        for each in SHAPE_WORDS
        if each is not made.shape
    )
    other = Menu(text("As something else"), others, replaces=True)
    return [*next_steps([*shown, *later], len(shown)), other]


def _facts(whom: Contact) -> Button:
    label = "Change the facts" if facts_of(whom) else "Two facts about them"
    return button(label, call("ask facts", person=whom.id))
