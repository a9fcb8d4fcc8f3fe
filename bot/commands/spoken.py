"""Plain words answered with up to three buttons that do what may be wanted (FEATURES I8)."""

from dataclasses import replace
from typing import Final, Literal

from bot.commands.ask_words import wait_days
from bot.commands.spoken_alumni import of_an_alum
from bot.commands.spoken_class import through_the_class
from bot.commands.spoken_talks import named_in, of_a_talk
from bot.commands.spoken_together import together
from bot.context import Context
from bot.domain.dates import Unclear, understand_day, understand_moment
from bot.domain.names import match_names
from bot.domain.people import Contact, ContactKind
from bot.domain.plain import MOST, Guess
from bot.domain.plain_rules import Want
from bot.domain.spelled import days, minutes, spelled
from bot.domain.tidy import fold
from bot.domain.zones import parse_zone
from bot.invocation import Call, call
from bot.people_kinds import contacts_of
from bot.plaintext import words_of
from bot.ports import AlumQuery
from bot.reply import Answer, Button, Buttons, Paragraph, Text, Value, answer, button, text

_SAID: Final[dict[Want, Text]] = {
    "welcome": text("You’re welcome."),
    "stuck": text("Being stuck is part of it. One small step is enough. Which one?"),
    "nothing": text("Fine. I’m here when you want me."),
    "silence": text("It’s rarely about you. {polite}"),
    "what": text(
        "An informational interview is a talk of {long}: you learn about a field from "
        "somebody who works in it. You ask for advice, never for a job."
    ),
    "who": text(
        "I’m Snowball, a bot. I help you meet people whose work interests you, a little every week."
    ),
    "private": text(
        "What I answer is for you alone. Your teacher sees counts, not whom you meet or what you "
        "write."
    ),
    "remind": text(
        "Log or book a talk, and I remind you of it, of the thank-you and of what you promised."
    ),
    "wrong": text("I’m sorry. You can tell your organiser, privately."),
}
"""What is said before the buttons; without it, the buttons speak for themselves."""
_LOG: Final = button("Log a talk", call("interview log"))
_BOOK: Final = button("Book a talk", call("interview book"))
_DUE: Final = button("What is due", call("network due"))
_FIND: Final = button("Find alumni", call("alum find"))
_QUESTION: Final = button("A question to ask", call("question"))
_BEGIN: Final = button("Whom should I meet?", call("network start"))
_MENU: Final = button("Menu", call("snowball"))
_PEOPLE: Final = button("My people", call("contact list"))
_SETTINGS: Final = button("My settings", call("settings show"))
_EXPORT: Final = button("My data in one file", call("mydata export"))
_PLAIN: Final[dict[Want, tuple[Button, ...]]] = {
    "stop": (button("Stop all messages", call("settings stop"), style="main"),),
    "start": (button("Opt in", call("settings start"), style="main"), _BEGIN),
    "checkin": (button("Check in", call("checkin"), style="main"),),
    "settings": (_SETTINGS, button("Change them", call("settings change"))),
    "goal": (button("Goal and field", call("settings goals"), style="main"),),
    "contacts": (_PEOPLE,),
    "talks": (button("My talks", call("interview list"), style="main"),),
    "due": (_DUE, _MENU),
    "begin": (_BEGIN, button("Add somebody I know", call("contact add")), _FIND),
    "progress": (button("My progress", call("network progress"), style="main"), _DUE),
    "questions": (button("My questions", call("question list"), style="main"), _QUESTION),
    "news": (button("Share good news", call("network news"), style="main"),),
    "internship": (button("Internship mode", call("network internship"), style="main"),),
    "export": (_EXPORT,),
    "delete": (
        button("Delete everything of mine", call("mydata delete"), style="danger"),
        _EXPORT,
        button("Only stop the messages", call("settings stop")),
    ),
    "wrong": (button("Something felt wrong", call("concern tell"), style="main"),),
    "welcome": (button("Write a thank-you", call("thanks draft")), _MENU),
    "stuck": (_BEGIN, _QUESTION, _DUE),
    "nothing": (_MENU,),
    "what": (_BEGIN, _QUESTION),
    "who": (_BEGIN, _MENU, button("Stop all messages", call("settings stop"))),
    "private": (
        button("What my teacher sees", call("mydata teacher"), style="main"),
        _EXPORT,
        _MENU,
    ),
    "remind": (_BOOK, _LOG, _DUE),
}
_TELLING: Final = [[each] for each in ("i", "give", "did", "do", "you", "my", "can", "wrong", "is")]
"""A field of work does not begin so, whatever its letters."""
_KIN: Final = ("aunt", "uncle", "mom", "mum", "dad", "mother", "father", "brother", "sister")


def spoken(ctx: Context, words: str, wanted: list[Guess]) -> Answer:
    """What was understood, one press away; what was not, in the student's own words."""
    found = [each for one in wanted for each in _buttons(ctx, one)] or _by_content(ctx, words)
    found = list({words_of(each.label, ctx.zone): each for each in found}.values())
    if not found:
        return answer(
            text("I’m not sure what you mean by “{words}”. Maybe one of these?", words=_cut(words)),
            Buttons((_LOG, _FIND, _MENU)),
        )
    lead = _SAID.get(wanted[0].want) if wanted else None
    if lead is not None:
        lead = Text(lead.template, _numbers(ctx))
    else:
        lead = text("One press and it’s done:") if len(found) == 1 else text("Which of these?")
    return answer(Paragraph(lead), Buttons(tuple(found[:MOST])))


def _numbers(ctx: Context) -> dict[str, Value]:
    """What the fixed answers say of the cohort's numbers."""
    numbers = ctx.cohort.numbers
    return {"long": minutes(numbers), "polite": _polite(ctx)}


def _polite(ctx: Context) -> Text:
    """What comes after silence in this cohort: one more note as a rule, two, or none."""
    wait = days(wait_days(ctx))
    match ctx.cohort.numbers.follow_ups:
        case 0:
            return text("Here we ask once: after {wait} we move on.", wait=wait)
        case 1:
            return text("One short follow-up is polite after {wait}; then we move on.", wait=wait)
        case more:
            said = "{n} short follow-ups are polite, each after {wait}; then we move on."
            return text(said, n=spelled(more).capitalize(), wait=wait)


def _by_content(ctx: Context, words: str) -> list[Button]:
    """A name from my list, or a field of work that explains all the words that say something."""
    people = _known(ctx, words) or named_in(ctx, words)[:MOST]
    if people:
        return _with(people)
    if fold(words).split()[:1] in _TELLING:
        return []
    meant = ctx.content.fields_for(ctx.cohort).understand(words)
    if meant.fields and not meant.left and len(words.split()) <= 2 * len(meant.words):
        return [_find(words), button("A question to ask", call("question", field=words))]
    return []


def _known(ctx: Context, name: str) -> list[Contact]:
    """Everybody on my list who may be meant: nobody is picked among two Danas."""
    people = contacts_of(ctx)
    found = match_names(name, [each.name for each in people]) if name else []
    return [people[place] for place in found[:MOST]]


def _with(people: list[Contact]) -> list[Button]:
    """What is wanted of somebody who is on the list; of several, which one."""
    if len(people) > 1:
        return [
            button(text("Show {name}", name=_cut(each.name)), call("contact show", person=each.id))
            for each in people
        ]
    (person,) = people
    name = _cut(person.name)
    return [
        button(text("Show {name}", name=name), call("contact show", person=person.id)),
        button(text("Log a talk with {name}", name=name), call("interview log", person=person.id)),
        button(text("Ask {name}", name=name), call("ask draft", person=person.id)),
    ]


def _cut(words: str, most: int = 40) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _buttons(ctx: Context, wanted: Guess) -> list[Button]:
    if wanted.want in _PLAIN:
        return list(_PLAIN[wanted.want])
    match wanted.want:
        case "find":
            return _finding(ctx, wanted)
        case "log" | "book" | "prep":
            return _talk(ctx, wanted)
        case "pause" | "volunteer" | "my entry" | "fewer requests" | "leave the list":
            return of_an_alum(ctx, wanted)
        case "zone":
            does = call("settings zone", zone=wanted.about or None)
            return [button("Set my time zone", does, style="main")]
        case "import":
            alumni = button("Import alumni", call("cohort import"), style="main")
            mine = button("Add people from a file", call("contact file"))
            return [alumni] * ctx.organises + [mine]
        case "add":
            return [_adding(ctx, wanted)]
        case "class" | "introduce" | "introductions" | "share":
            return through_the_class(wanted, _known(ctx, wanted.about))
        case "partner" | "events" | "going" | "not going" | "met there" | "new event" | "win":
            return together(ctx, wanted)
        case _:
            return _about_somebody(ctx, wanted)


def _find(field: str, **more: str | int | None) -> Button:
    said = " ".join(
        part
        for part in (
            field,
            f"in {more['place']}" if more.get("place") else "",
            f"at {more['company']}" if more.get("company") else "",
            f"class of {more['year']}" if more.get("year") else "",
        )
        if part
    )
    does = call("alum find", field=field or None, **more)
    return button(text("Find alumni: {w}", w=_cut(said)), does, style="main")


def _finding(ctx: Context, wanted: Guess) -> list[Button]:
    """Somebody of mine, a class, a field, or else a place: the directory knows them all."""
    about = wanted.about
    people = _known(ctx, about)
    if people and not wanted.place:
        return _with(people)
    if about.isdecimal():
        return [_find("", year=int(about))]
    company, place = wanted.company or None, wanted.place or None
    if about and place:
        return [_find(about, place=place, company=company)]
    either = about or wanted.place
    if not either:
        return [_find("", company=company)] if company else [_FIND]
    return [
        _find(either, company=company)
        if each == "field"
        else _find("", place=either, company=company)
        for each in _field_or_place(ctx, either, said_in=not about)
    ]


def _field_or_place(
    ctx: Context, words: str, *, said_in: bool
) -> tuple[Literal["field", "place"], ...]:
    """Which of the two "somebody in …" means, the likelier first."""
    meant = ctx.content.fields_for(ctx.cohort).understand(words)
    there = ctx.store.alumni(AlumQuery(place=words, per_page=1))
    is_city = parse_zone(words, ctx.now, whole=True) is not None
    is_place = is_city or bool(there.total and not there.mended)
    if meant.fields and meant.fields[0].how == "phrase" and not meant.mended:
        return ("field", "place") if is_place else ("field",)
    if is_place or (there.total and not meant.fields):
        return ("place",)
    if meant.fields:
        return ("field", "place") if there.total else ("field",)
    return ("place", "field") if said_in else ("field",)


def _talk(ctx: Context, wanted: Guess) -> list[Button]:
    people: list[Contact | None] = [*_known(ctx, wanted.about)]
    several = [] if people else wanted.about.replace(" & ", " and ").split(" and ")
    if len(several) > 1:
        each = [replace(wanted, about=name.strip()) for name in several]
        return [button for one in each for button in _talk(ctx, one)]
    return [_talk_with(ctx, wanted, each) for each in people or [None]]


def _talk_with(ctx: Context, wanted: Guess, person: Contact | None) -> Button:
    name = _cut(person.name if person is not None else wanted.about)
    who = person.id if person is not None else wanted.about or None
    match wanted.want:
        case "log":
            does: Call = call("interview log", person=who, held=_day(ctx, wanted.when))
            label = text("Log a talk with {n}", n=name) if name else text("Log a talk")
        case "book":
            does = call("interview book", person=who, when=_moment(ctx, wanted.when))
            label = text("Book a talk with {n}", n=name) if name else text("Book a talk")
        case _:
            does = call("interview prep", person=person.id if person is not None else None)
            label = text("Prepare for {n}", n=name) if person is not None else text("Prepare")
    return button(label, does, style="main")


def _day(ctx: Context, said: str) -> str | None:
    """The day as it is meant now, so that a press tomorrow means the same."""
    found = understand_day(said, ctx.today, zone=ctx.zone, prefer="past") if said else None
    return None if found is None or isinstance(found, Unclear) else found.day.format_iso()


def _moment(ctx: Context, said: str) -> str | None:
    found = understand_moment(said, ctx.now, ctx.zone) if said else None
    if found is None or isinstance(found, Unclear):
        return said or None
    there = found.moment.to_tz(ctx.zone)
    return f"{there.date().format_iso()} {there.time().format_iso()[:5]}"


def _adding(ctx: Context, wanted: Guess) -> Button:
    """ "My aunt Rosa" is family; "a lawyer" is a job, not a name."""
    about = wanted.about
    if not about:
        return button("Add a person", call("contact add"), style="main")
    kin = about.casefold().startswith(_KIN)
    if about == about.casefold() and not kin and ctx.content.fields_for(ctx.cohort).ids_of(about):
        return button(text("Add a {n}", n=_cut(about)), call("contact add", title=about))
    kind = ContactKind.FAMILY.value if kin else None
    email = next((each for each in about.split() if "@" in each[1:-1]), None)
    about = about.replace(email, "").strip(" ,<>()") if email else about
    return button(
        text("Add {n}", n=_cut(about or email or "")),
        call("contact add", name=about or email, kind=kind, email=email),
        style="main",
    )


def _about_somebody(ctx: Context, wanted: Guess) -> list[Button]:
    known = _known(ctx, wanted.about)
    if wanted.want in ("rebook", "remove", "sent"):
        return of_a_talk(ctx, wanted, known)
    people: list[Contact | None] = [*known] or [None]
    found = [_about_one(ctx, wanted, each) for each in people]
    if len(people) > 1:
        return found
    match wanted.want:
        case "replied":
            return [*found, _BOOK]
        case "declined":
            return [*found, _FIND]
        case "silence":
            return [_DUE, _FIND]
        case _:
            return found


def _about_one(ctx: Context, wanted: Guess, person: Contact | None) -> Button:
    """For a known name its button; a name that is new begins with what makes it known."""
    who = person.id if person is not None else None
    name = _cut(person.name) if person is not None else ""
    label: Text
    match wanted.want:
        case "ask" if person is None and wanted.about:
            label = text("Add {n} first", n=_cut(wanted.about))
            does = call("contact add", name=wanted.about)
        case "ask":
            label = text("Draft a note to {n}", n=name) if name else text("Draft a note")
            does = call("ask draft", person=who)
        case "question":
            label = text("A question for {n}", n=name) if name else text("A question to ask")
            does = call("question", person=who, field=None if name else _field(ctx, wanted.about))
        case "replied":
            label = text("{n} answered", n=name) if name else text("They answered")
            does = call("ask replied", person=who)
        case "declined":
            label = text("{n} said no", n=name) if name else text("They said no")
            does = call("ask declined", person=who)
        case "thanked" if person is not None:
            label, does = text("{n} is thanked", n=name), call("thanks sent", person=who)
        case _:
            label = text("Thank {n}", n=name) if name else text("Write a thank-you")
            does = call("thanks draft", person=who)
    return button(label, does, style="main")


def _field(ctx: Context, words: str) -> str | None:
    return words if words and ctx.content.fields_for(ctx.cohort).ids_of(words) else None
