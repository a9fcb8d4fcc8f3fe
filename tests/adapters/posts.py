"""Commands for tests of channels and group conversations, the same on every platform."""

import threading
from typing import Annotated

from whenever import Instant

from bot.command import Ask, Command, Registry, command, reminder
from bot.commands.cohort_channel import channel, hello, unposted
from bot.context import Context
from bot.domain.cohort import Member
from bot.invocation import call
from bot.reply import Answer, Buttons, Occasion, Reply, answer, button, text
from bot.together import common_ground

GATE = threading.Event()
"""What answers slowly waits for it."""
FAIR = Occasion(
    "Careers fair of <!channel> & @everyone",
    Instant.from_utc(2027, 3, 1, 17),
    90,
    "Room 12",
    "Bring questions.",
)


@command("snowball", "The menu, or what your words mean.", reads=True)
def menu(ctx: Context, words: Annotated[str | None, "any words"] = None) -> Reply:
    """Says what it was told."""
    return answer(text("Menu for {words}", words=words or "nobody"))


@command("share this", "Post something to the channel.")
def share(ctx: Context, what: Annotated[str, "what to post"] = "a win") -> Reply:
    """What somebody chose to post."""
    owed = ctx.owe_channel(call("share said", what=what), subject=what, occurrence="once")
    return answer(text("Posted to {n}.", n=len(owed)))


@reminder("share said")
def said(ctx: Context, what: Annotated[str, "", Ask.HIDDEN]) -> Answer:
    """A post with a button that would replace, were it allowed to."""
    parts = [FAIR] if what == "fair" else []
    mine = button("I do", call("share mine"), replaces=True)
    form = button("Tell me more", call("share form"), replaces=True)
    slow = button("Slowly", call("share slow"), replaces=True)
    return answer(text("{what} for all", what=what), *parts, Buttons((mine, form, slow)))


@command("share mine", "Answer a post.")
def mine(ctx: Context) -> Reply:
    """For whoever pressed alone."""
    return answer(text("Only for {name}", name=ctx.member.name))


@command("share slow", "Answer a post when the gate is open.")
def slowly(ctx: Context) -> Reply:
    """Later than a platform waits."""
    GATE.wait(10)
    return answer(text("At last"))


@command("share form", "Answer a post with words.")
def form(ctx: Context, words: Annotated[str, "what you want to say", Ask.FORM]) -> Reply:
    """A form behind a post."""
    return answer(text("Kept {words}", words=words))


@command("bring us", "Bring everybody together.")
def bring(ctx: Context, about: Annotated[str, "what about"] = "plums") -> Reply:
    """All members there are, in one conversation."""
    ids = [each.id for each in ctx.store.find(Member)]
    ground = common_ground(ctx.store, ids)
    ctx.owe_together(call("bring said", about=about), ids, subject=about, occurrence="once")
    return answer(text("In {where}", where=ground.surface if ground else "no place"))


@reminder("bring said")
def brought(ctx: Context, about: Annotated[str, "", Ask.HIDDEN]) -> Answer:
    """Names them all."""
    names = ", ".join(sorted(each.name for each in ctx.store.find(Member)))
    return answer(
        text("{names}: talk about {about}", names=names, about=about),
        Buttons((button("I do", call("share mine"), replaces=True),)),
    )


COMMANDS: tuple[Command, ...] = (
    menu, share, said, mine, slowly, form, bring, brought, channel, hello, unposted,
)  # fmt: skip
REGISTRY = Registry({each.name: each for each in COMMANDS})
