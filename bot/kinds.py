"""Which kind reads values of a type: every kind there is, gathered for the declarations."""

from enum import StrEnum
from typing import Any, get_args, get_origin

from whenever import Time

from bot import people_kinds, time_kinds
from bot.invocation import Upload
from bot.parameters import (
    ClockTime,
    EnumKind,
    FieldKind,
    FieldWords,
    FileKind,
    Kind,
    LongText,
    LongTextKind,
    NumberKind,
    OneOf,
    ShortText,
    YesNo,
)


def kind_of(hint: Any) -> Kind[Any]:
    """The kind that reads values of this type.

    Raises TypeError at declaration, so that an unknown type never reaches a user."""
    plain: dict[Any, Kind[Any]] = {
        str: ShortText(),
        LongText: LongTextKind(),
        int: NumberKind(),
        bool: YesNo(),
        FieldWords: FieldKind(),
        Time: ClockTime(),
        Upload: FileKind(),
        **people_kinds.KINDS,
        **time_kinds.KINDS,
    }
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return EnumKind(hint)
    if get_origin(hint) is not None and all(isinstance(each, str) for each in get_args(hint)):
        return OneOf({each: each.replace("-", " ") for each in get_args(hint)})
    raise TypeError(f"no parameter kind reads {hint!r}")
