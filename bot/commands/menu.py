"""The menu that fits the member's state, today, help, and plain words (FEATURES I2, I8)."""

from typing import Annotated

from bot.booking_kinds import booked_of
from bot.command import Ask, Command, command
from bot.commands.checkin import open_week
from bot.commands.contact import empty_list
from bot.commands.file_sent import sent
from bot.commands.menu_alum import help_alum, menu_alum
from bot.commands.spoken import spoken
from bot.context import Context
from bot.domain.booking import ends
from bot.domain.cohort import Role
from bot.domain.meetings import Meeting
from bot.domain.people import Standing
from bot.domain.plain import guess
from bot.domain.talks import Promise, Talk
from bot.event_hints import event_button, event_fact
from bot.intro_waiting import waiting_for
from bot.invocation import Upload, call
from bot.partner_hints import hints
from bot.people_kinds import contacts_of
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Moment,
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
from bot.welcome import WELCOME

MOST_BUTTONS = 5


@command("snowball", "Start here: the menu, help, or what you want in your own words.", reads=True)
def snowball(
    ctx: Context,
    words: Annotated[str | None, "what you want, in your own words"] = None,
    file: Annotated[Upload | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Nobody has to know a command, and a file may come without a word."""
    wanted = (words or "").strip()
    if file is not None and (found := sent(ctx, file, has_words=bool(guess(wanted)))):
        return found
    if not wanted or wanted.casefold() in ("menu", "home"):
        return menu(ctx)
    gives = ctx.member.role is Role.ALUM
    if wanted.casefold() == "today" and not gives:
        return answer(*_today(ctx), Buttons(_steps(ctx)))
    first, _, rest = wanted.casefold().partition(" ")
    meant = guess(wanted)
    if first == "help" and (rest or ctx.said.how != "said") and not (meant and rest):
        return helped(ctx, rest.strip().removeprefix("/"))
    if meant and meant[0].want == "menu":
        return menu(ctx)
    if meant and meant[0].want == "help":
        return help_alum(ctx) if gives else _briefly(ctx)
    return spoken(ctx, wanted, meant)


def menu(ctx: Context) -> Answer:
    """Joining, the time zone, the first person, then what is due: one step at a time."""
    if ctx.member.role is Role.ALUM:
        return menu_alum(ctx)
    if ctx.member.opted_in is None:
        return welcome(ctx)
    if not ctx.member.zone:
        return answer(
            text("Where are you? I need it so that I never write at night."),
            Buttons((button("Set my time zone", call("settings zone"), style="main"),)),
        )
    if not contacts_of(ctx) and not waiting_for(ctx):
        return answer(*empty_list(ctx.cohort.numbers), *_organiser(ctx))
    return answer(*_today(ctx), Buttons(_steps(ctx)), *_organiser(ctx))


def welcome(ctx: Context) -> Answer:
    """FEATURES, Words 1. An organiser has a class to begin, and reads what students read."""
    joining: list[Part] = [
        Paragraph(WELCOME),
        Buttons(
            (
                button("Opt in", call("settings start"), style="main", replaces=True),
                button("Find alumni", call("alum find")),
                button("A question to ask", call("question")),
            )
        ),
    ]
    if ctx.member.role is not Role.ORGANISER:
        return answer(*joining)
    first = text("Your students read this first. Opt in yourself, and a brief comes every Monday:")
    return answer(*_organiser(ctx), Note(first), *joining)


def _organiser(ctx: Context) -> list[Part]:
    """The class first; before it has begun, that."""
    if ctx.member.role is not Role.ORGANISER:
        return []
    steps = [button("Overview", call("cohort overview"))]
    if ctx.cohort.started is None:
        steps.insert(0, button("Start the class", call("cohort start"), style="main"))
    return [
        Note(text("You organise this class.")),
        Buttons((*steps, button("Import alumni", call("cohort import")))),
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
    asked = waiting_for(ctx)
    if asked:
        more = text(" and {n} more", n=len(asked) - 1) if len(asked) > 1 else text("")
        found.append((text("Introductions"), text("{one}{more}", one=asked[0][1], more=more)))
    coming = _coming(ctx)
    if coming is not None and coming.contact_id in people:
        name = people[coming.contact_id].name
        found.append((text("Booked"), text("{name}, {at}", name=name, at=Moment(coming.at))))
    if (event := event_fact(ctx)) is not None:
        found.append((text("Event"), event))
    found += [(label, said) for label, said, _does in hints(ctx)]
    week = open_week(ctx)
    if week is not None:
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


def _coming(ctx: Context) -> Meeting | None:
    """The next talk that is booked."""
    return next((each for each in booked_of(ctx) if ends(each) > ctx.now), None)


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
    asked = waiting_for(ctx)
    if asked:
        found.append(button("An introduction", call("intro show", intro=asked[0][0].id)))
    coming = _coming(ctx)
    if coming is not None and coming.contact_id in people:
        found.append(button("Brief me", call("interview prep", person=coming.contact_id)))
    if open_week(ctx) is not None:
        found.append(button("Check in", call("checkin")))
    if (event := event_button(ctx)) is not None:
        found.append(event)
    found += [does for _label, _said, does in hints(ctx)]
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


def _briefly(ctx: Context) -> Answer:
    """Who asks for help in plain words needs no table of commands."""
    return answer(
        text(
            "Say what you want in your own words: “talked to Dana”, “find marketing in Berlin”, "
            "“what should I ask?”, “pause until Friday”, “stop”."
        ),
        Buttons((*_steps(ctx)[:3], button("All commands", call("snowball", words="help")))),
    )


def _helped(each: Command) -> Fact:
    options = ", ".join(f"{one.name}: {one.about}" for one in each.visible)
    if not options:
        return Fact(text("`{typed}`", typed=each.typed), text("{about}", about=each.about))
    return Fact(
        text("`{typed}`", typed=each.typed),
        text("{about} You can give {options}.", about=each.about, options=options),
    )
