"""Bad input as sentences: what cannot be done, said kindly, with what to do instead."""

from typing import LiteralString

from bot.reply import Buttons, Part, Text, Value, text


class RefusalError(Exception):
    """A handler's kind no. ``parts`` are shown after the sentence (usually buttons)."""

    def __init__(self, said: Text, *parts: Part) -> None:
        super().__init__(said.template)
        self.said = said
        self.parts = parts


class BadValueError(Exception):
    """A value that a parameter cannot take; the sentence says what would do."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.template)
        self.said = said


class AmbiguousError(Exception):
    """Several things fit what was typed; ``choices`` are (value as it would be typed, label)."""

    parameter = ""
    """Which parameter asked; set by the reader of arguments."""

    def __init__(self, said: Text, choices: tuple[tuple[str, Text], ...]) -> None:
        super().__init__(said.template)
        self.said = said
        self.choices = choices


def refuse(template: LiteralString, /, *parts: Buttons, **values: Value) -> RefusalError:
    """A refusal to raise."""
    return RefusalError(text(template, **values), *parts)


def unfit(template: LiteralString, /, **values: Value) -> BadValueError:
    """A bad value to raise."""
    return BadValueError(text(template, **values))
