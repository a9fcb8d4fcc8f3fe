"""The kind of parameter that is one of the cohort's events: by its number or its name."""

from typing import TYPE_CHECKING

from bot.domain.booking import clock, weekday
from bot.domain.events import Event
from bot.domain.names import match_names
from bot.domain.tidy import fold, tidy_line
from bot.going import coming, lately
from bot.parameters import MOST_SUGGESTIONS, Kind
from bot.refusal import AmbiguousError, unfit
from bot.reply import Choice, Moment, text

if TYPE_CHECKING:
    from bot.context import Context


class EventKind(Kind[Event]):
    """An event to come; ``past``: one that was."""

    word = "event"
    suggests = True

    def __init__(self, *, past: bool = False) -> None:
        self.past = past

    def parse(self, given: str, ctx: "Context") -> Event:
        if given.strip().isdecimal():
            found = ctx.store.get(Event, int(given.strip()[:18]))
            if found is None:
                raise unfit("That event is not there any more. `/event list` shows what is.")
            return found
        events = self._all(ctx)
        meant = [events[at] for at in match_names(given, [each.name for each in events])]
        if not meant:
            raise unfit(
                "I know no event called {name}. `/event list` shows what is on.",
                name=tidy_line(given)[:80],
            )
        if len(meant) > 1:
            raise AmbiguousError(
                text("Which event do you mean?"),
                tuple(
                    (str(each.id), text("{n}, {at}", n=each.name, at=Moment(each.at)))
                    for each in meant
                ),
            )
        return meant[0]

    def write(self, value: Event) -> str:
        return str(value.id)

    def show(self, value: Event, ctx: "Context") -> str:
        del ctx
        return value.name

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        found = [each for each in self._all(ctx) if fold(typed) in fold(each.name)]
        return [
            Choice(
                str(each.id),
                f"{each.name[:70]}, {weekday(each.at, ctx.zone)} {clock(each.at, ctx.zone)}",
            )
            for each in found[:MOST_SUGGESTIONS]
        ]

    def _all(self, ctx: "Context") -> list[Event]:
        return lately(ctx) if self.past else coming(ctx)
