"""In which order an answer's parts reach somebody on Slack: words to copy stand alone in the DM.

So what can be done with them comes after them, in a message of its own.
"""

from collections.abc import Callable, Iterable, Iterator

from adapters.slack.words import Json
from bot.reply import Attachment, Buttons, Copyable, Menu, Part, Picture

Gone = Copyable | Picture | Attachment | list[Part]


def in_turn(parts: Iterable[Part]) -> tuple[list[Part], list[Gone]]:
    """The first message, and what follows it; after words to copy a new message begins."""
    head: list[Part] = []
    apart: list[Gone] = []
    copied = False
    for part in parts:
        if isinstance(part, Copyable | Picture | Attachment):
            apart.append(part)
            copied = copied or (isinstance(part, Copyable) and bool(head))
        elif not copied:
            head.append(part)
        elif apart and isinstance(apart[-1], list):
            apart[-1].append(part)
        else:
            apart.append([part])
    return head, apart


def laid_out(
    parts: Iterable[Part], draw: Callable[[Part], Iterator[Json]], most: int
) -> list[Json]:
    """All blocks; a menu stands in the row of the buttons before it, one line on a phone, not two.

    ``most``: elements that a row holds."""
    blocks: list[Json] = []
    before: Part | None = None
    for part in parts:
        drawn = [*draw(part)]
        beside = isinstance(part, Menu) and isinstance(before, Buttons | Menu) and blocks
        if beside and len(drawn) == 1 and len(blocks[-1]["elements"]) < most:
            blocks[-1]["elements"] += drawn[0]["elements"]
        else:
            blocks += drawn
        before = part if drawn else before
    return blocks
