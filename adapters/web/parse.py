"""What somebody did on the page, as an invocation. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from adapters.web.cast import SURFACE, Persona
from adapters.web.transcript import DM, people_in
from bot.command import Registry
from bot.invocation import Given, Invocation, Place, Upload, read_id
from bot.typed import take_apart

PLAIN_WORDS = "snowball"
"""The command that understands plain words (FEATURES I8)."""


@dataclass(frozen=True, slots=True)
class Done:
    """An event of the page: who, where, and its id, which is the same when it is sent again."""

    me: Persona
    place: str
    key: str

    def invocation(
        self,
        command: str,
        arguments: Mapping[str, Given] | None = None,
        *,
        typed: str = "",
    ) -> Invocation:
        """An invocation by this person, here."""
        barred = "Only some of the class read this room." if people_in(self.place) else ""
        return Invocation(
            command,
            self.me.actor,
            Place(self.place, private=self.place == DM, barred=barred),
            f"{SURFACE}:{self.key}",
            arguments or {},
            typed,
        )


@dataclass(frozen=True, slots=True)
class Picked:
    """A suggestion that was picked: its label stands in the text, its value is meant."""

    parameter: str
    label: str
    value: str


def typed(done: Done, words: str, picked: tuple[Picked, ...], registry: Registry) -> Invocation:
    """A typed command, its picked suggestions taken for what they stand for."""
    command, rest = registry.match(words.removeprefix("/"))
    if command is None:
        return done.invocation(" ".join(words.removeprefix("/").split()[:2]))
    given = take_apart(rest, command)
    meant = {
        each.parameter: each.value for each in picked if given.get(each.parameter) == each.label
    }
    if not meant:
        return done.invocation(command.name, typed=rest)
    return done.invocation(command.name, {**given, **meant})


def said(done: Done, words: str, file: Upload | None = None) -> Invocation:
    """Plain words, said to Snowball, or a file with them."""
    files = {"file": file} if file is not None else {}
    return replace(done.invocation(PLAIN_WORDS, files, typed=words), how="said")


def pressed(done: Done, button: str) -> tuple[Invocation, bool]:
    """A pressed button or a picked option, and whether its reply replaces the message."""
    press = read_id(button)
    made = done.invocation(press.call.command, press.call.arguments)
    return replace(made, how="pressed", cohort=press.cohort), press.replaces


def submitted(
    done: Done, command: str, draft: str, cohort: int, fields: Mapping[str, Given]
) -> Invocation:
    """A form that was filled in."""
    return replace(done.invocation(command, fields), how="form", draft=draft, cohort=cohort)


def form_fields(posted: Mapping[str, Given]) -> dict[str, Given]:
    """A form's answers: ``f.NAME``; where a suggestion's label was left as picked, its value.

    A file input without a file says nothing, so that a file given before is kept."""
    fields: dict[str, Given] = {}
    for name, given in posted.items():
        if not name.startswith("f."):
            continue
        parameter = name.removeprefix("f.")
        if isinstance(given, Upload):
            if given.name:
                fields[parameter] = given
            continue
        label, value = posted.get(f"label.{parameter}"), posted.get(f"value.{parameter}")
        fields[parameter] = value if label == given and isinstance(value, str) else given
    return fields
