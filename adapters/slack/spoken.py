"""A reply's parts for notifications and screen readers, as plain text."""

from typing import assert_never

from adapters.slack.words import plain
from bot.reply import (
    Attachment,
    Buttons,
    Copyable,
    Facts,
    Listing,
    Menu,
    Note,
    Occasion,
    Paragraph,
    Part,
    Picture,
    Title,
    described,
)


def spoken(part: Part, zone: str) -> str:
    """A part for notifications and screen readers; buttons are read out by themselves."""
    match part:
        case Title(words) | Paragraph(words) | Note(words):
            return plain(words, zone)
        case Facts(rows):
            return "\n".join(f"{plain(r.label, zone)}: {plain(r.value, zone)}" for r in rows)
        case Listing(rows):
            shown = [(r.title, r.detail) for r in rows]
            return "\n".join(
                ": ".join(plain(words, zone) for words in pair if words) for pair in shown
            )
        case Picture(alt=alt):
            return plain(alt, zone)
        case Attachment(name=name):
            return name
        case Occasion():
            return "\n".join(spoken(each, zone) for each in described(part))
        case Buttons() | Menu() | Copyable():
            return ""
        case _:
            assert_never(part)
