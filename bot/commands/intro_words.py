"""The thirty-second introduction: said once, kept, and shown before each talk (FEATURES C2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command
from bot.context import Context
from bot.domain.intro_words import missing, seconds, thirty_seconds
from bot.invocation import call
from bot.reply import Buttons, Copyable, Paragraph, Part, Reply, answer, button, text


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    me = ctx.member
    return {
        "why": me.why_field,
        "link": me.experience,
        "hope": me.hope,
        "major": me.major,
        "graduates": me.graduates,
    }


@command(
    "interview intro",
    "Your thirty seconds: who you are and why you came.",
    listed=False,
    title="Your thirty seconds",
    note="Only you can read this. You’ll find it in each brief.",
    prefill=_present,
)
def intro(
    ctx: Context,
    why: Annotated[str | None, "“Nursing draws me because…”", Ask.FORM] = None,
    link: Annotated[str | None, "a class, job or project that led you here", Ask.FORM] = None,
    hope: Annotated[str | None, "what you hope to learn", Ask.FORM] = None,
    major: Annotated[str | None, "what you study", Ask.FORM] = None,
    graduates: Annotated[str | None, "when you graduate, such as “2028”", Ask.FORM] = None,
) -> Reply:
    """Everything but one sentence may stay open; what is left out is offered again."""
    typed = {
        "why_field": why,
        "experience": link,
        "hope": hope,
        "major": major,
        "graduates": graduates,
    }
    names = {"why_field": "why", "experience": "link"}
    changed: dict[str, Any] = {
        field: value or "" for field, value in typed.items() if names.get(field, field) in ctx.given
    }
    member = replace(ctx.member, **changed)
    ctx.store.save(member)
    said = thirty_seconds(member)
    if not said:
        return answer(
            text("Kept. One sentence on why this field, or what you hope to learn, begins it."),
            Buttons((button("Add it", call("interview intro"), style="main"),)),
        )
    parts: list[Part] = [
        Paragraph(text("About {n} seconds. Say it aloud twice, in your words:", n=seconds(said))),
        Copyable(said),
    ]
    if open_ := missing(member):
        parts.append(Paragraph(text("It would gain from {what}.", what=" and ".join(open_[:2]))))
    parts.append(Buttons((button("Change it", call("interview intro")),)))
    return answer(*parts)
