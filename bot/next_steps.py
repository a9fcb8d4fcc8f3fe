"""What can be done next, for a small screen: a button or two, and the rest in one menu.

A menu of one is no shorter than its button, so it stays one; so does what replaces its message.
"""

from collections.abc import Sequence

from bot.reply import Button, Buttons, Menu, Option, Part, text

SHOWN = 2
"""Buttons beside which the rest waits in the menu."""


def next_steps(buttons: Sequence[Button], shown: int = SHOWN) -> tuple[Part, ...]:
    """The buttons, likeliest first, as parts of an answer; nothing for none."""
    later = [each for each in buttons[shown:] if not each.replaces]
    if len(later) < 2:
        return (Buttons(tuple(buttons)),) if buttons else ()
    first = tuple(each for each in buttons if each not in later)
    options = tuple(Option(each.label, each.call) for each in later)
    return (Buttons(first), Menu(text("More…"), options))
