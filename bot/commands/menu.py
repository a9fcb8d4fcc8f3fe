"""The menu that fits the member's state, today, help, and plain words (FEATURES I2, I8)."""

from typing import Annotated

from bot.command import Command, command
from bot.commands.contact import empty_list
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.names import match_names
from bot.domain.people import Contact, Standing
from bot.domain.plain import Guess, guess
from bot.domain.talks import CheckIn, Promise, Talk
from bot.domain.weeks import week_asked
from bot.invocation import Call, call
from bot.people_kinds import contacts_of
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    Title,
    answer,
    button,
    text,
)

MOST_BUTTONS = 5


@command("snowball", "Start here: the menu, help, or what you want in your own words.", reads=True)
def snowball(
    ctx: Context, words: Annotated[str | None, "what you want, in your own words"] = None
) -> Reply:
    """Nobody has to know a command."""
    wanted = (words or "").strip()
    if not wanted or wanted.casefold() in ("menu", "home"):
        return menu(ctx)
    if wanted.casefold() == "today":
        return answer(*_today(ctx), Buttons(_steps(ctx)))
    first, _, rest = wanted.casefold().partition(" ")
    if first == "help":
        return helped(ctx, rest.strip().removeprefix("/"))
    return _plain(ctx, wanted)


def menu(ctx: Context) -> Answer:
    """Joining, the time zone, the first person, then what is due: one step at a time."""
    if ctx.member.opted_in is None:
        return welcome(ctx)
    if not ctx.member.zone:
        return answer(
            text("Where are you? I need it so that I never write at night."),
            Buttons((button("Set my time zone", call("settings zone"), style="main"),)),
        )
    if not contacts_of(ctx):
        return answer(*empty_list(), *_organiser(ctx))
    return answer(*_today(ctx), Buttons(_steps(ctx)), *_organiser(ctx))


def welcome(ctx: Context) -> Answer:
    """FEATURES, Words 1."""
    return answer(
        text(
            "I help you meet people whose work interests you. I write to nobody without your yes. "
            "Your teacher sees counts, not whom you meet or what you write. Stop any time."
        ),
        Buttons(
            (
                button("Opt in", call("settings start"), style="main", replaces=True),
                button("Find alumni", call("alum find")),
                button("A question to ask", call("question")),
            )
        ),
        *_organiser(ctx),
    )


def _organiser(ctx: Context) -> list[Part]:
    if ctx.member.role is not Role.ORGANISER:
        return []
    return [
        Note(text("You organise this cohort.")),
        Buttons((button("Import alumni", call("cohort import")),)),
    ]


def _today(ctx: Context) -> list[Part]:
    rows = [Fact(label, value) for label, value in _open_things(ctx)]
    if not rows:
        return [Paragraph(text("Nothing is due. A good day to ask one person."))]
    return [Title(text("Today")), Facts(tuple(rows))]


def _open_things(ctx: Context) -> list[tuple[Text, Text]]:
    found: list[tuple[Text, Text]] = []
    people = {each.id: each for each in contacts_of(ctx)}
    waiting = [
        people[each.contact_id].name
        for each in ctx.store.find(Talk, member_id=ctx.member.id, thanked=None, order="-held")
        if each.contact_id in people
    ]
    if waiting:
        found.append((text("To thank"), text("{names}", names=_names(waiting))))
    week = week_asked(ctx.today)
    if ctx.store.first(CheckIn, member_id=ctx.member.id, week=week) is None:
        found.append((text("Check-in"), text("the week from {day} is open", day=Day(week))))
    promises = ctx.store.find(Promise, member_id=ctx.member.id, done=None, order="due")
    due = [each for each in promises if each.due is not None and each.due <= ctx.today.add(days=7)]
    for each in due[:3]:
        when = Day(each.due) if each.due is not None else ""
        found.append((text("Promised"), text("{what}, by {day}", what=each.words, day=when)))
    to_ask = [each.name for each in people.values() if each.standing is Standing.TO_ASK]
    if to_ask:
        found.append((text("To ask"), text("{names}", names=_names(to_ask))))
    return found


def _names(names: list[str], most: int = 3) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _steps(ctx: Context) -> tuple[Button, ...]:
    """What can be done now, the likeliest first."""
    found: list[Button] = []
    people = {each.id: each for each in contacts_of(ctx)}
    for talk in ctx.store.find(Talk, member_id=ctx.member.id, thanked=None, order="-held", limit=3):
        person = people.get(talk.contact_id)
        if person is not None:
            label = text("Thank {name}", name=person.name)
            found.append(button(label, call("thanks draft", talk=talk.id), style="main"))
            break
    week = week_asked(ctx.today)
    if ctx.store.first(CheckIn, member_id=ctx.member.id, week=week) is None:
        found.append(button("Check in", call("checkin")))
    next_one = next((each for each in people.values() if each.standing is Standing.TO_ASK), None)
    if next_one is not None:
        label = text("Ask {name}", name=next_one.name)
        found.append(button(label, call("ask draft", person=next_one.id)))
    found.append(button("Find alumni", call("alum find")))
    if people:
        found.append(button("Log a talk", call("interview log")))
        found.append(button("My people", call("contact list")))
    found.append(button("A question", call("question")))
    return tuple(found[:MOST_BUTTONS])


def helped(ctx: Context, about: str) -> Answer:
    """All families, or one in full; made from the declarations."""
    organises = ctx.member.role is Role.ORGANISER
    mine = [each for each in ctx.registry.listed() if organises or each.who is not Role.ORGANISER]
    family = about.split(" ", maxsplit=1)[0]
    if family in {each.family for each in mine}:
        rows = [_helped(each) for each in mine if each.family == family]
        return answer(Title(text("How to use /{family}", family=family)), Facts(tuple(rows)))
    rows = [
        Fact(text("`{typed}`", typed=each.typed), text("{about}", about=each.about))
        for each in mine
    ]
    return answer(
        text("You never need to know a command: say what you want, such as “talked to Dana”."),
        Facts(tuple(rows)),
        Note(text("Everything I answer is for you alone.")),
    )


def _helped(each: Command) -> Fact:
    options = ", ".join(f"{one.name}: {one.about}" for one in each.visible)
    if not options:
        return Fact(text("`{typed}`", typed=each.typed), text("{about}", about=each.about))
    return Fact(
        text("`{typed}`", typed=each.typed),
        text("{about} You can give {options}.", about=each.about, options=options),
    )


def _plain(ctx: Context, words: str) -> Answer:
    """Up to three buttons that do what the words may mean."""
    wanted = guess(words)
    if wanted and wanted[0].want == "menu":
        return menu(ctx)
    if wanted and wanted[0].want == "help":
        return helped(ctx, "")
    buttons = [_button(ctx, each) for each in wanted]
    if not buttons:
        buttons = _by_content(ctx, words)
    if not buttons:
        return answer(
            text("I’m not sure what you mean by “{words}”. Maybe one of these?", words=words),
            Buttons(
                (
                    button(text("Find “{w}”", w=_cut(words)), call("alum find", field=words)),
                    button("Log a talk", call("interview log")),
                    button("Menu", call("snowball")),
                )
            ),
        )
    if len(buttons) == 1:
        return answer(text("One press and it’s done:"), Buttons(tuple(buttons)))
    return answer(text("Which of these?"), Buttons(tuple(buttons[:3])))


def _by_content(ctx: Context, words: str) -> list[Button]:
    """A name from my list, or a field of work."""
    people = contacts_of(ctx)
    named = match_names(words, [each.name for each in people])
    if named:
        person = people[named[0]]
        return [
            button(text("Show {name}", name=person.name), call("contact show", person=person.id)),
            button(
                text("Log a talk with {name}", name=person.name),
                call("interview log", person=person.id),
            ),
            button(text("Ask {name}", name=person.name), call("ask draft", person=person.id)),
        ]
    if ctx.content.fields_for(ctx.cohort).ids_of(words):
        return [_find(words), button("A question to ask", call("question", field=words))]
    return []


def _find(words: str) -> Button:
    return button(
        text("Find alumni: {w}", w=_cut(words)), call("alum find", field=words), style="main"
    )


def _cut(words: str, most: int = 40) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


_FIXED: dict[str, tuple[Text, Call]] = {
    "stop": (text("Stop all messages"), call("settings stop")),
    "start": (text("Opt in"), call("settings start")),
    "checkin": (text("Check in"), call("checkin")),
    "settings": (text("My settings"), call("settings show")),
    "contacts": (text("My people"), call("contact list")),
    "talks": (text("My talks"), call("interview list")),
    "due": (text("What is open today"), call("snowball", words="today")),
}


def _button(ctx: Context, wanted: Guess) -> Button:
    if wanted.want in _FIXED:
        label, does = _FIXED[wanted.want]
        return button(label, does, style="main")
    return _about(ctx, wanted)


def _about(ctx: Context, wanted: Guess) -> Button:
    about, short = wanted.about, _cut(wanted.about)
    match wanted.want:
        case "log" if about:
            does = call("interview log", person=about)
            return button(text("Log a talk with {n}", n=short), does, style="main")
        case "log":
            return button("Log a talk", call("interview log"), style="main")
        case "find":
            return _find(about)
        case "pause":
            return button("Pause my messages", call("settings pause", until=about or None))
        case "question":
            return button("A question to ask", call("question"), style="main")
        case "add":
            return button(text("Add {n}", n=short), call("contact add", name=about), style="main")
        case "thank" | "thanked" | "ask":
            return _with_person(ctx, wanted)
        case _:
            return button("Open the menu", call("snowball"))


def _with_person(ctx: Context, wanted: Guess) -> Button:
    """For a known name its button; a name that is new begins with what makes it known."""
    people = contacts_of(ctx)
    found = match_names(wanted.about, [each.name for each in people]) if wanted.about else []
    person: Contact | None = people[found[0]] if found else None
    if wanted.want == "ask":
        if person is not None:
            return button(
                text("Draft a note to {n}", n=person.name),
                call("ask draft", person=person.id),
                style="main",
            )
        return button(
            text("Add {n} first", n=_cut(wanted.about)),
            call("contact add", name=wanted.about),
            style="main",
        )
    verb = "thanks sent" if wanted.want == "thanked" else "thanks draft"
    if person is None:
        return button("Write a thank-you", call("thanks draft"), style="main")
    label = (
        text("{n} is thanked", n=person.name)
        if wanted.want == "thanked"
        else text("Thank {n}", n=person.name)
    )
    return button(label, call(verb, person=person.id), style="main")
