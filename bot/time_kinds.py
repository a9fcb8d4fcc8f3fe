"""Kinds that are times: a day, a moment, a time zone. What was understood is always echoed."""

from typing import TYPE_CHECKING, Any

from whenever import Date, Instant

from bot.domain.day_phrases import Prefer
from bot.parameters import MOST_SUGGESTIONS, Kind, ZoneName
from bot.refusal import unfit
from bot.reply import Choice, Line, Widget

if TYPE_CHECKING:
    from bot.context import Context


class DayKind(Kind[Date]):
    """A day, as people type it; ``prefer`` settles "friday", and whether it may be over."""

    word = "day"

    def __init__(self, prefer: Prefer = "future") -> None:
        self.prefer: Prefer = prefer

    def parse(self, given: str, ctx: "Context") -> Date:
        from bot.domain.dates import Unclear, understand_day  # noqa: PLC0415 - loads slowly

        bare = given.strip()
        for before in ("until ", "till ", "by "):  # "pause until Friday", typed out
            bare = bare[len(before) :] if bare.casefold().startswith(before) else bare
        found = understand_day(bare, ctx.today, ctx.zone, self.prefer)
        if isinstance(found, Unclear):
            raise unfit(found.why)
        return found.day

    def write(self, value: Date) -> str:
        return value.format_iso()

    def widget(self) -> Widget:
        return Line(max_length=60)


class MomentKind(Kind[Instant]):
    """A moment, as people type it, in their own zone."""

    word = "moment"

    def parse(self, given: str, ctx: "Context") -> Instant:
        from bot.domain.dates import Unclear, understand_moment  # noqa: PLC0415 - loads slowly

        found = understand_moment(given, ctx.now, ctx.zone)
        if isinstance(found, Unclear):
            raise unfit(found.why)
        return found.moment

    def write(self, value: Instant) -> str:
        return value.format_iso()

    def show(self, value: Instant, ctx: "Context") -> str:
        local = value.to_tz(ctx.zone)
        return f"{local.date().format_iso()} {local.time().format_iso()[:5]}"

    def widget(self) -> Widget:
        return Line(max_length=60)


class ZoneKind(Kind[ZoneName]):
    """A time zone: by city, country or name."""

    word = "time zone"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> ZoneName:
        from bot.domain.zones import parse_zone  # noqa: PLC0415 - reads its table at first use

        found = parse_zone(given, ctx.now)
        if found is None:
            raise unfit(
                "I do not know that time zone. Type a large city near you, such as “Chicago”."
            )
        return ZoneName(found)

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        from bot.domain.zones import suggest_zones  # noqa: PLC0415

        found = suggest_zones(typed, ctx.now)
        return [Choice(zone, label) for zone, label in found[:MOST_SUGGESTIONS]]


KINDS: dict[Any, Kind[Any]] = {
    Date: DayKind(),
    Instant: MomentKind(),
    ZoneName: ZoneKind(),
}
