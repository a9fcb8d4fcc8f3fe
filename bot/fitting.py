"""Calls inside an answer, found and exchanged: for those too long for a button."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from bot.invocation import Call, write
from bot.reply import Answer, Button, Buttons, Listing, Menu, Part


class Splitter(Protocol):
    """What one message of a surface holds."""

    def split(self, whole: Answer) -> tuple[Answer, tuple[Part, ...]]:
        """What fits into one message, and the parts that do not."""
        ...


def calls(of: Answer) -> Iterator[Call]:
    """Every call that the answer's buttons and menus make."""
    for part in of.parts:
        match part:
            case Buttons(buttons):
                yield from (each.call for each in buttons)
            case Listing(rows):
                yield from (each.call for row in rows for each in row.buttons)
            case Menu(options=options):
                yield from (each.call for each in options)
            case _:
                pass


def long_calls(of: Answer, limit: int) -> list[Call]:
    """The calls whose written form is over the limit."""
    return [each for each in calls(of) if len(write(each)) > limit]


def with_calls(of: Answer, instead: Mapping[str, Call]) -> Answer:
    """The answer with some calls, named by their written form, exchanged."""
    return Answer(tuple(_part_with(part, instead) for part in of.parts))


def _part_with(part: Part, instead: Mapping[str, Call]) -> Part:
    def mended(each: Button) -> Button:
        return replace(each, call=instead.get(write(each.call), each.call))

    match part:
        case Buttons(buttons):
            return Buttons(tuple(mended(each) for each in buttons))
        case Listing(rows):
            return Listing(
                tuple(replace(r, buttons=tuple(mended(each) for each in r.buttons)) for r in rows)
            )
        case Menu(options=options):
            return replace(
                part,
                options=tuple(
                    replace(each, call=instead.get(write(each.call), each.call)) for each in options
                ),
            )
        case _:
            return part
