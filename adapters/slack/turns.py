"""In which order an answer's parts reach somebody on Slack: words to copy stand alone in the DM.

So what can be done with them comes after them, in a message of its own.
"""

from collections.abc import Iterable

from bot.reply import Attachment, Copyable, Part, Picture

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
