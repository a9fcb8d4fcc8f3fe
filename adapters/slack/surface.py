"""What one Slack message holds; the rest of an answer is paged behind a button by the core.

Slack takes 50 blocks (reference: blocks). It also refuses messages whose blocks are too long
together without publishing the number, so ``MOST_CHARACTERS`` stays well below what was seen taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adapters.slack.render import IN_ONE_BLOCK, Pen
from adapters.slack.words import plain
from bot.reply import Answer, Facts, Listing, Paragraph, Part, text

MOST_BLOCKS = 50
MOST_CHARACTERS = 10_000
_LEFT_FOR_MORE = 2


@dataclass(frozen=True, slots=True)
class SlackSurface:
    """What one Slack message holds; a modal asks everything at once."""

    form_fields: int | None = None

    def split(self, whole: Answer) -> tuple[Answer, tuple[Part, ...]]:
        """What fits into one message, and the parts that do not."""
        blocks, characters = MOST_BLOCKS - _LEFT_FOR_MORE, MOST_CHARACTERS
        parts = [small for part in whole.parts for small in _small(part)]
        for at, part in enumerate(parts):
            drawn = [*Pen(0).blocks(part)]
            blocks -= len(drawn)
            characters -= sum(_length(block) for block in drawn)
            if at and (blocks < 0 or characters < 0):
                return Answer(_whole(parts[:at])), _whole(parts[at:])
        return whole, ()


def _small(part: Part) -> Iterator[Part]:
    """A part as pieces that may go to different messages."""
    match part:
        case Listing(rows):
            yield from (Listing((row,)) for row in rows)
        case Facts(rows):
            yield from (Facts((row,)) for row in rows)
        case Paragraph(words) if len(said := plain(words)) > MOST_CHARACTERS:
            for begin in range(0, len(said), IN_ONE_BLOCK):
                yield Paragraph(text("{words}", words=said[begin : begin + IN_ONE_BLOCK]))
        case _:
            yield part


def _whole(parts: list[Part]) -> tuple[Part, ...]:
    """Pieces of one list or card put together again."""
    done: list[Part] = []
    for part in parts:
        last = done[-1] if done else None
        if isinstance(part, Listing) and isinstance(last, Listing):
            done[-1] = Listing(last.rows + part.rows)
        elif isinstance(part, Facts) and isinstance(last, Facts):
            done[-1] = Facts(last.rows + part.rows)
        else:
            done.append(part)
    return tuple(done)


def _length(block: Any) -> int:
    if isinstance(block, dict):
        return sum(_length(each) for each in block.values())
    if isinstance(block, list):
        return sum(_length(each) for each in block)
    return len(block) if isinstance(block, str) else 5
