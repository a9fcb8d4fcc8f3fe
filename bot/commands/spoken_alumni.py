"""Plain words of alumni about their place on the list: the buttons that do it (FEATURES I8, K4)."""

from typing import Final

from bot.context import Context
from bot.domain.plain import Guess
from bot.invocation import call
from bot.reply import Button, button
from bot.volunteering import entry_of, is_listed, says_paused

_LIST_ME: Final = button("List me as alum", call("alum volunteer"), style="main")
_MINE: Final = button("My place on the list", call("alum me"), style="main")
_PAUSE: Final = button("Pause requests", call("alum pause"), style="main")
_BACK: Final = button("Back on the list", call("alum back"), style="main")
_FEWER: Final = button("Fewer a month", call("alum volunteer"))
_LEAVE: Final = button("Leave the list", call("alum leave"), style="danger")
_LESS: Final = button("Fewer messages", call("settings less"), style="main")
_STOP: Final = button("Stop all messages", call("settings stop"))


def of_an_alum(ctx: Context, wanted: Guess) -> list[Button]:
    """Who is not on the list means our own messages, or wants to be on it; for who is, "pause" is
    the requests first."""
    entry = entry_of(ctx.store, ctx.member.id)
    here = entry is not None and is_listed(entry)
    match wanted.want:
        case "pause":
            does = call("settings pause", until=wanted.about or None)
            quiet = button("Pause my messages", does, style="main")
            asked = here and entry is not None and not says_paused(ctx.store, entry)
            return [_PAUSE, quiet] if asked else [quiet]
        case "volunteer" | "my entry":
            return [_MINE] if here else [_LIST_ME if entry is None else _BACK]
        case "fewer requests":
            return [_PAUSE, _FEWER, _LEAVE] if here else [_LESS, _STOP]
        case _:
            return [_LEAVE, _PAUSE] if here else [_STOP]
