"""An event comes before a cold note: the next one, where a student is about to write (G4)."""

from bot.context import Context
from bot.domain.people import Contact, ContactKind, Standing
from bot.going import next_event, said_by
from bot.invocation import call
from bot.reply import Button, Moment, Note, Part, Text, button, text

COLD = (ContactKind.ALUM, ContactKind.HEARD_OF)
"""Whom one knows from a list or by name alone."""


def event_fact(ctx: Context) -> Text | None:
    """The next event in a line; None where there is none."""
    found = next_event(ctx)
    if found is None:
        return None
    said = said_by(ctx, found)
    line = text("{name}, {at}", name=found.name, at=Moment(found.at))
    return text("{line}; you’re going", line=line) if said is not None else line


def event_button(ctx: Context) -> Button | None:
    """To say that one goes, for whoever has not."""
    found = next_event(ctx)
    if found is None or said_by(ctx, found) is not None:
        return None
    label = text("Going to {name}", name=found.name[:40])
    return button(label, call("event going", event=found.id))


def event_first(ctx: Context, whom: Contact | None = None) -> list[Part]:
    """Said before a note to somebody whom one does not know; nothing for anybody else."""
    if whom is not None and not _is_cold(whom):
        return []
    found = next_event(ctx)
    if found is None:
        return []
    said = text(
        "An event first: *{name}*, {at}. Talking is easier there than by a cold note: "
        "`/event going` says that you come.",
        name=found.name,
        at=Moment(found.at),
    )
    if said_by(ctx, found) is not None:
        said = text(
            "An event first: *{name}*, {at}. You’re going, and a face from there answers sooner.",
            name=found.name,
            at=Moment(found.at),
        )
    return [Note(said)]


def _is_cold(whom: Contact) -> bool:
    fresh = whom.standing is Standing.TO_ASK and whom.kind in COLD
    return fresh and not (whom.referred_by or whom.will_introduce)
