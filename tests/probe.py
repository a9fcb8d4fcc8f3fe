"""Commands that go wrong, or say too much, so that tests can see what the mechanism makes of it."""

from types import MappingProxyType
from typing import Annotated

from bot.command import Ask, Registry, command, registry
from bot.context import Context
from bot.dispatch import Dispatcher
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import Buttons, Paragraph, Reply, answer, button, text
from tests.builders import a_contact
from tests.front_door import House


class Fault:
    """Whether the handler breaks after it has written."""

    raised = False


def _save(ctx: Context, name: str) -> None:
    ctx.store.add(a_contact(name, cohort_id=ctx.cohort.id, owner_id=ctx.member.id))


@command("probe saves", "Saves, and may break.", listed=False, title="Probe")
def saves(
    ctx: Context,
    name: Annotated[str, "a name", Ask.BOTH],
    words: Annotated[LongText | None, "words", Ask.BOTH] = None,
) -> Reply:
    """Writes first, so that a fault has something to undo."""
    del words
    _save(ctx, name)
    if Fault.raised:
        raise ZeroDivisionError(name)
    return answer(text("Saved."))


@command("probe refuses", "Refuses after it has written.", listed=False, title="Probe")
def refuses(ctx: Context, words: Annotated[str | None, "words", Ask.FORM] = None) -> Reply:
    """What was written before a refusal must be undone."""
    del words
    _save(ctx, "half done")
    raise refuse("Not like this.")


@command("probe pretends", "Says that it reads, and writes.", listed=False, reads=True)
def pretends(ctx: Context) -> Reply:
    """A mistake that must lose nothing."""
    _save(ctx, "written after all")
    return answer(text("Done."))


@command("probe long", "A button with a long call.", listed=False)
def long(ctx: Context, words: Annotated[LongText | None, "", Ask.HIDDEN] = None) -> Reply:
    """The call does not fit into any button."""
    del ctx
    if words is not None:
        return answer(text("{words}", words="long " * 60))
    return answer(Buttons((button("Go", call("probe long", words="long " * 60)),)))


@command("probe many", "Many parts.", listed=False)
def many(ctx: Context) -> Reply:
    """More than one message of a small surface holds."""
    del ctx
    return answer(*(Paragraph(text("line {n}", n=number)) for number in range(7)))


PROBES = (saves, refuses, pretends, long, many)


def with_probes(house: House) -> None:
    """The house's registry, with these commands too."""
    found = Registry(
        MappingProxyType({**registry().by_name, **{each.name: each for each in PROBES}})
    )
    old = house.dispatcher
    house.dispatcher = Dispatcher(old.stores, found, old.content, old.clock, old.wakeups)
