"""A student shows one note to the organisers, and takes it back (FEATURES H3)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.commands.talk_notes import own_talk
from bot.context import Context
from bot.domain.talks import Talk
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import (
    Button,
    Buttons,
    Day,
    Note,
    Paragraph,
    Reply,
    Text,
    answer,
    button,
    joined,
    text,
)


def note_of(talk: Talk) -> Text:
    """What an organiser reads of a note that was shared: takeaways and tip, nothing else."""
    said = [text("{words}", words=talk.takeaways)] if talk.takeaways else []
    if talk.tip:
        said.append(text("Tip: “{tip}”", tip=talk.tip))
    return joined(said, " ") if said else text("nothing written down")


def share_buttons(talk: Talk) -> list[Button]:
    """Beside a logged talk; nothing where there are no words."""
    if talk.shared is not None:
        return [button("Take the note back", call("interview unshare", talk=talk.id))]
    if talk.takeaways or talk.tip:
        return [button("Share this note", call("interview share", talk=talk.id))]
    return []


def no_longer_read() -> Paragraph:
    """After a change of a note that was shared."""
    return Paragraph(
        text(
            "Your organisers no longer read it: you had shared it as it was. “Share this note” in "
            "`/interview list` shows them the new one."
        )
    )


@command("interview share", "Show one note to your organisers.", listed=False)
def share(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    sure: Annotated[bool, "", Ask.HIDDEN] = False,
) -> Reply:
    """First what they would read, word for word; the second press shows it to them."""
    found, person = own_talk(ctx, talk)
    if not (found.takeaways or found.tip):
        raise refuse("There is nothing written down to share.")
    back = Buttons((button("Take the note back", call("interview unshare", talk=talk)),))
    show = call("interview share", talk=talk, sure="yes")
    if found.shared is not None:
        return answer(text("Your organisers can read it already."), back)
    if sure:
        ctx.store.save(replace(found, shared=ctx.now))
        return answer(text("Shared with your organisers. You can take it back any time."), back)
    return answer(
        text("Your organisers would read this:"),
        Paragraph(text("A talk on {day}: {note}", day=Day(found.held), note=note_of(found))),
        Note(
            text(
                "Not with whom it was, unless your words say so: it was {name}. Change a word, and "
                "it is private again.",
                name=person.name,
            )
        ),
        Buttons((button("Share it", show, style="main"),)),
    )


@command("interview unshare", "Take a shared note back.", listed=False)
def unshare(ctx: Context, talk: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """What they have read they have read; from now on they cannot."""
    found, _person = own_talk(ctx, talk)
    ctx.store.save(replace(found, shared=None))
    return answer(text("Taken back: your organisers cannot read it any more."))
