"""The card of one person: facts, everything that happened, what can be done (FEATURES A6, A8)."""

from typing import Annotated

from whenever import Instant, Time, TimeDelta

from bot.asking import held_now
from bot.command import Ask as Asked
from bot.command import command
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cadence import at_local
from bot.domain.care import Touch
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import KIND_WORDS, Alum, Contact, Sharing, Standing
from bot.domain.sharing import SHARING_WORDS
from bot.domain.talks import Promise, Talk
from bot.domain.touch import next_touch
from bot.domain.wishlist import KNOWN_TALKED, MOVES, may_move, moved
from bot.invocation import call
from bot.next_steps import next_steps
from bot.parameters import EnumKind
from bot.people_kinds import contacts_of
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import (
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Link,
    Listing,
    Menu,
    Moment,
    Option,
    Paragraph,
    Part,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.touches import last_touch

MONTH = TimeDelta(hours=24 * 30)
_HAPPENED = {
    Standing.TO_ASK: text("Still to be asked"),
    Standing.ASKED: text("I asked them"),
    Standing.REPLIED: text("They wrote back"),
    Standing.BOOKED: text("A talk is booked"),
    Standing.MET: text("We talked"),
    Standing.THANKED: text("I thanked them"),
    Standing.IN_TOUCH: text("We’re in touch"),
    Standing.NO_REPLY: text("No answer came"),
    Standing.DECLINED: text("They said no"),
}
"""What a student says has happened, for each standing that follows from it."""
TO_BE_ASKED = frozenset({Standing.TO_ASK, Standing.ASKED, Standing.NO_REPLY})
"""Where it matters whether they can be asked just now."""


@command("contact show", "Show what you know about a person.", reads=True)
def show(ctx: Context, person: Annotated[Contact, "whose card"]) -> Reply:
    """What is known first, then the timeline, then the likely next steps."""
    facts = [
        Fact(label, value) for label, value in [*_facts(ctx, person), *_directory(ctx, person)]
    ]
    parts: list[Part] = [
        Title(text("{name}", name=person.name)),
        Facts(tuple(facts)),
        Listing(tuple(_timeline(ctx, person))),
    ]
    if person.facts:
        parts.append(Paragraph(text("_You read:_ {facts}", facts=person.facts)))
    if person.notes:
        parts.append(Paragraph(text("_Notes:_ {notes}", notes=person.notes)))
    return answer(*parts, *_steps(person))


@command("contact move", "Say where somebody stands now.", listed=False)
def move(
    ctx: Context,
    person: Annotated[Contact, "", Asked.HIDDEN],
    to: Annotated[Standing, "", Asked.HIDDEN, EnumKind(Standing)],
) -> Reply:
    """Only legal moves; a late press never throws anybody back."""
    if not may_move(person.standing, to):
        raise refuse(
            "{name} stands at “{now}”, and “{to}” does not follow from there.",
            Buttons((button("Show", call("contact show", person=person.id)),)),
            name=person.name,
            now=person.standing.value,
            to=to.value,
        )
    saved = moved(person, to)
    ctx.store.save(saved)
    return answer(
        text("Noted. {name}: {standing}.", name=saved.name, standing=saved.standing.value),
        *next_steps(_next(saved), shown=1),
    )


def _steps(person: Contact) -> tuple[Part, ...]:
    """One step first, the others in two menus; what felt wrong is said with one press (B9)."""
    wrong = button("Something felt wrong", call("concern tell", person=person.id))
    return (*next_steps(_next(person), shown=1), *_elsewhere(person), Buttons((wrong,)))


def _facts(ctx: Context, person: Contact) -> list[tuple[Text, Text]]:
    by_id = {each.id: each for each in contacts_of(ctx)}
    led_to = [each.name for each in by_id.values() if each.referred_by == person.id]
    referrer = by_id.get(person.referred_by or 0)
    introducer = by_id.get(person.will_introduce or 0)
    said: list[tuple[Text, str | Link]] = [
        (text("Work"), ", ".join(part for part in (person.title, person.company) if part)),
        (text("Field"), person.field),
        (text("Place"), person.city),
        (text("How you know them"), KIND_WORDS[person.kind]),
        (text("Where it stands"), person.standing.value),
        (text("E-mail"), person.email),
        (text("Link"), Link(person.link, person.link) if person.link else ""),
        (text("Phone"), person.phone),
        (text("Suggested by"), referrer.name if referrer else ""),
        (text("Will introduce you"), introducer.name if introducer else ""),
        (text("Led you to"), ", ".join(led_to)),
    ]
    rows = [(label, text("{v}", v=value)) for label, value in said if value]
    due = next_touch(person, last_touch(ctx, person.id), ctx.cohort.numbers.touch_days)
    if due is not None:
        rows.append((text("Write again"), text("{day}", day=Day(due))))
    if person.sharing is not Sharing.PRIVATE:
        rows.append((text("Your class"), text("{way}", way=SHARING_WORDS[person.sharing])))
    if person.do_not_contact:
        rows.append((text("Please note"), text("asked not to be asked again")))
    return rows


def _directory(ctx: Context, person: Contact) -> list[tuple[Text, Text]]:
    """How somebody of the directory likes to be asked (FEATURES A4), without their e-mail."""
    alum = ctx.store.get(Alum, person.alum_id) if person.alum_id else None
    if alum is None:
        return []
    said = [
        (text("Glad to talk about"), alum.topics),
        (text("Likes to be asked by"), alum.channel),
    ]
    rows = [(label, text("{v}", v=value)) for label, value in said if value]
    if person.standing in TO_BE_ASKED:
        mine = person.standing is Standing.ASKED
        now = text("has your request") if mine else _asking(ctx, alum)
        rows.append((text("In the directory"), now))
    return rows


def _asking(ctx: Context, alum: Alum) -> Text:
    """Whether they can be asked now, else from when; never who asked them."""
    waits = held_now(ctx, alum)
    if not alum.consent or alum.do_not_contact or (waits is not None and waits.until is None):
        return text("takes no requests just now")
    if waits is not None and waits.until is not None:
        return text("can be asked from {day}; it isn’t about you", day=Moment(waits.until, "day"))
    most = alum.asks_per_month
    most = ctx.cohort.numbers.alum_asks_a_month if most is None else most
    free = most - ctx.store.count(Ask, alum_id=alum.id, sent=AtLeast(ctx.now - MONTH))
    return (
        text("free to be asked: {n} this month", n=free) if free > 0 else text("has your request")
    )


def _timeline(ctx: Context, person: Contact) -> list[Row]:
    """Everything that happened with them, the newest first."""
    happened = [
        *_asked(ctx, person),
        *_booked(ctx, person),
        *_talked(ctx, person),
        *_touched(ctx, person),
        (person.added, [Row(text("Added {when}", when=Moment(person.added, "day")))]),
    ]
    happened.sort(key=lambda each: each[0], reverse=True)
    return [row for _, rows in happened for row in rows]


def _asked(ctx: Context, person: Contact) -> list[tuple[Instant, list[Row]]]:
    """Each ask that was sent, with what became of it."""
    found: list[tuple[Instant, list[Row]]] = []
    for ask in ctx.store.find(Ask, member_id=ctx.member.id, contact_id=person.id):
        if ask.sent is None:
            continue
        said = text("Asked {when}", when=Moment(ask.sent, "day"))
        detail = (
            text("followed up {when}", when=Moment(ask.followed_up, "day"))
            if ask.followed_up
            else None
        )
        if ask.outcome:
            said = text("{said}: {outcome}", said=said, outcome=ask.outcome)
        found.append((ask.sent, [Row(said, detail)]))
    return found


def _booked(ctx: Context, person: Contact) -> list[tuple[Instant, list[Row]]]:
    """Each appointment, with how it went; one that was had is there as a talk."""
    return [
        (
            each.at,
            [Row(text("Meeting {when}: {state}", when=Moment(each.at), state=each.state.value))],
        )
        for each in ctx.store.find(Meeting, member_id=ctx.member.id, contact_id=person.id)
        if each.state is not MeetingState.HAPPENED
    ]


def _touched(ctx: Context, person: Contact) -> list[tuple[Instant, list[Row]]]:
    """Each touch, with its words."""
    return [
        (
            each.at,
            [
                Row(
                    text("In touch {when}", when=Moment(each.at, "day")),
                    text("{words}", words=_short(each.words)) if each.words else None,
                )
            ],
        )
        for each in ctx.store.find(Touch, member_id=ctx.member.id, contact_id=person.id)
    ]


def _talked(ctx: Context, person: Contact) -> list[tuple[Instant, list[Row]]]:
    """Each talk with its tip and promises."""
    found: list[tuple[Instant, list[Row]]] = []
    for talk in ctx.store.find(Talk, member_id=ctx.member.id, contact_id=person.id, order="-held"):
        thanked = text(", thanked") if talk.thanked else text(", not thanked yet")
        detail = text("{words}", words=_short(talk.takeaways)) if talk.takeaways else None
        rows = [Row(text("Talk on {day}{thanked}", day=Day(talk.held), thanked=thanked), detail)]
        if talk.tip:
            rows.append(Row(text("Their tip: “{tip}”", tip=talk.tip)))
        for promise in ctx.store.find(Promise, talk_id=talk.id):
            due = text(" by {day}", day=Day(promise.due)) if promise.due else text("")
            done = text(", done") if promise.done else text("")
            said = text("Promised: {words}{due}{done}", words=promise.words, due=due, done=done)
            rows.append(Row(said))
        found.append((at_local(talk.held, Time(23, 59), ctx.zone), rows))
    return found


def _short(words: str, most: int = 200) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _next(person: Contact) -> tuple[Button, ...]:
    """The likely next steps from where somebody stands, the likeliest first."""
    here = person.id
    ask = button("Draft an ask", call("ask draft", person=here))
    log = button("Log a talk", call("interview log", person=here))
    questions = button("Questions", call("question", person=here))
    edit = button("Edit", call("contact edit", person=here))
    remove = button("Remove", call("contact remove", person=here), style="danger")
    share = button("Share with my class", call("contact share", person=here))
    introduced = button("Somebody will introduce me", call("contact introduced", person=here))
    replied = button("They answered", call("ask replied", person=here), style="main")
    book = button("Book the talk", call("interview book", person=here), style="main")
    prepare = button("Prepare", call("interview prep", person=here), style="main")
    write = button("Write to them", call("touch write", person=here), style="main")
    thank = button("Thank them", call("thanks draft", person=here), style="main")
    match person.standing:
        case Standing.TO_ASK | Standing.NO_REPLY if not person.do_not_contact:
            first = (ask, log, questions, introduced)
        case Standing.ASKED:
            first = (replied, log, introduced)
        case Standing.REPLIED:
            first = (book, log, questions)
        case Standing.BOOKED:
            first = (prepare, log, questions)
        case Standing.MET:
            first = (thank, log, questions)
        case Standing.THANKED | Standing.IN_TOUCH:
            first = (write, log, questions)
        case _:
            first = (log, questions)
    if person.standing in KNOWN_TALKED:
        first = (*first, button("How often to write", call("touch often", person=here)))
    return (*first, edit, share, remove)


def _elsewhere(person: Contact) -> tuple[Menu, ...]:
    """Every legal move from here, for what happened without me."""
    options = tuple(
        Option(_HAPPENED[to], call("contact move", person=person.id, to=to.value))
        for to in Standing
        if to in MOVES[person.standing]
    )
    return (Menu(text("Something changed?"), options),) if options else ()
