"""Plain words about a booked talk that moves or fell through, and about taking somebody off."""

from collections.abc import Sequence

from bot.booking_kinds import booked_of
from bot.context import Context
from bot.domain.booking import ends
from bot.domain.people import Contact
from bot.domain.plain import Guess
from bot.domain.tidy import fold
from bot.invocation import call
from bot.people_kinds import contacts_of
from bot.reply import Button, button, text

COMMON = frozenset(
    {"will", "mark", "grace", "hope", "rose", "bill", "rich", "faith", "summer", "chance"}
)
"""First names that are everyday words too, in small letters."""


def of_a_talk(ctx: Context, wanted: Guess, people: Sequence[Contact]) -> list[Button]:
    """Whoever is not known by that name is not guessed; without a name it is the next talk."""
    if wanted.want == "remove":
        return [
            button(
                text("Take {name} off my list", name=each.name),
                call("contact remove", person=each.id),
                style="danger",
            )
            for each in people
        ]
    if wanted.want == "sent":
        return _sent(people)
    known = {each.id: each for each in (people if wanted.about else contacts_of(ctx))}
    talk = next((each for each in booked_of(ctx) if each.contact_id in known), None)
    if talk is None:
        return [
            button("My talks", call("interview list")),
            button("Book a talk", call("interview book")),
        ]
    name = known[talk.contact_id].name
    move = button(text("Move my talk with {name}", name=name), call("interview move", talk=talk.id))
    if ends(talk) <= ctx.now:
        return [button("Say how it went", call("interview did", talk=talk.id), style="main"), move]
    return [move, button("Call it off", call("interview cancel", talk=talk.id), style="danger")]


def _sent(people: Sequence[Contact]) -> list[Button]:
    if not people:
        return [button("My note is sent", call("ask sent"), style="main")]
    return [
        button(text("My note to {name} is sent", name=each.name), call("ask sent", person=each.id))
        for each in people
    ]


def named_in(ctx: Context, words: str) -> list[Contact]:
    """Whoever of my list is named somewhere in what was not understood: "did Dana answer?"."""
    said = {each.strip(".,!?:;’'\"()") for each in words.split()}
    plain = {fold(each) for each in said if each[:1].isupper()}
    plain |= {fold(each) for each in said if len(each) > 3} - COMMON
    return [
        each
        for each in contacts_of(ctx)
        if fold(each.name).split()[:1] and fold(each.name).split()[0] in plain
    ]
