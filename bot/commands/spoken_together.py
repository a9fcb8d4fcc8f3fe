"""Plain words about partners, events and wins: the buttons that do it (FEATURES I8)."""

from typing import Final

from bot.context import Context
from bot.domain.events import Event
from bot.domain.names import match_names
from bot.domain.plain import Guess
from bot.going import coming, lately
from bot.invocation import call
from bot.reply import Button, button, text
from bot.team import win_buttons

_EVENTS: Final = button("What is on", call("event list"), style="main")
_ADD: Final = button("Add an event", call("event add"))


def together(ctx: Context, wanted: Guess) -> list[Button]:
    """What the class does together; an event that nobody knows was not meant."""
    match wanted.want:
        case "partner":
            return _partner(ctx)
        case "events":
            return [_EVENTS, _ADD]
        case "new event":
            return [_ADD, _EVENTS]
        case "win":
            return list(win_buttons(ctx.store))
        case "met there":
            return [
                button(text("Whom I met at {n}", n=each.name), call("event met", event=each.id))
                for each in _named(lately(ctx), wanted.about)
            ]
        case "not going":
            return [
                button(text("Not going to {n}", n=each.name),
                       call("event going", event=each.id, going="no"))
                for each in _named(coming(ctx), wanted.about)
            ]  # fmt: skip
        case _:
            return [
                button(text("I’m going to {n}", n=each.name), call("event going", event=each.id),
                       style="main")
                for each in _named(coming(ctx), wanted.about)
            ]  # fmt: skip


def _partner(ctx: Context) -> list[Button]:
    choose = button("A practice partner", call("intro pair"), style="main")
    if not ctx.member.pairs_every:
        return [choose, button("A question to practise", call("question"))]
    return [
        button("This week’s partner", call("pair week"), style="main"),
        button("No more partners", call("intro pair", how="0")),
    ]


def _named(events: list[Event], about: str) -> list[Event]:
    return (
        [events[at] for at in match_names(about, [each.name for each in events])] if about else []
    )
