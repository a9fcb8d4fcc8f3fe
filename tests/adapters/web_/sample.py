"""A playground whose core is a list of replies, to look at what the page does with them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from whenever import Instant

from adapters.web.demo import CAST
from adapters.web.playground import Playground
from bot.clocks import MovableClock
from bot.command import Registry, command
from bot.context import Context
from bot.dispatch import Said
from bot.invocation import Invocation
from bot.parameters import FieldWords
from bot.reply import Choice, Reply, answer, text
from bot.run import Surface

BEGIN = Instant.from_utc(2026, 3, 9, 14, 30)


@command("alum find", "Find alumni by field, place or employer.")
def find(ctx: Context, field: FieldWords, place: str | None = None) -> Reply:
    """Only its declaration is used here."""
    del ctx, field, place
    return answer()


@command("question", "A question to ask.")
def question(ctx: Context) -> Reply:
    """Only its declaration is used here."""
    del ctx
    return answer()


@dataclass
class Script:
    """A core that answers what it is told to, and remembers what it was asked."""

    reply: Callable[[Invocation], Reply | None] = lambda _: answer(text("Yes."))
    asked: list[Invocation] = field(default_factory=list)
    suggestions: list[Choice] = field(default_factory=list)

    def __call__(self, invocation: Invocation, surface: Surface) -> Said | None:
        del surface
        self.asked.append(invocation)
        said = self.reply(invocation)
        return Said(said, 1) if said is not None else None

    def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]:
        del invocation, parameter
        return [each for each in self.suggestions if typed.lower() in each.label.lower()]


class NoAccounts:
    """Stores where nobody has set a zone."""

    def accounts(self, surface: str, external_id: str) -> list[object]:
        del surface, external_id
        return []


def a_playground(script: Script) -> Playground:
    """A playground on a clock that stands at Monday morning in Chicago."""
    registry = Registry({"alum find": find, "question": question})
    return Playground(script, NoAccounts(), registry, MovableClock(BEGIN), CAST, "spring-cohort")  # ty: ignore[invalid-argument-type]
