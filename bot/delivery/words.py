"""What delivery itself says: how to stop, that it is late, and whether to write less often."""

from whenever import Date, Instant

from bot.invocation import call
from bot.reply import Answer, Buttons, Moment, Note, Paragraph, Part, answer, button, text

LESS = call("settings less")
USUAL = call("settings resume")
STOP = call("settings stop")


def stop_any_time() -> Note:
    """The foot of every message that nobody asked for (FEATURES I6)."""
    return Note(text("Stop any time: `/settings stop`"))


def between() -> Note:
    """Keeps two messages in one apart."""
    return Note(text("· · ·"))


def late(meant: Instant) -> Note:
    """For what was due while nothing could be sent (FEATURES F10)."""
    return Note(text("This was meant for {when}; I was away then.", when=Moment(meant)))


def less_often() -> tuple[Part, ...]:
    """After two messages that nobody reacted to."""
    return (
        Paragraph(
            text(
                "You’ve let two of these pass, which is fine. Less often, or not at all?"
                " Everything stays where you left it."
            )
        ),
        Buttons((button("Less often", LESS), button("As now", USUAL), button("Stop", STOP))),
    )


def resting(later: Date) -> Answer:
    """After three: the last one until the member says something."""
    return answer(
        text(
            "I’ll be quiet now, so that I’m not one more thing to ignore."
            " Everything stays where you left it, and any word from you starts me again."
        ),
        Buttons(
            (
                button("Keep writing", USUAL),
                button("Ask me later", call("settings pause", until=later.format_iso())),
                button("Stop", STOP),
            )
        ),
    )
