"""Column types: how each type of a frozen value's field is kept."""

from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Boolean, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from whenever import Date, Instant, Time

from storage.cipher import Cipher

BigInt = BigInteger().with_variant(Integer, "sqlite")


class InstantColumn(TypeDecorator[Instant]):
    """A UTC instant as microseconds since 1970: the same order and type on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Instant | None, dialect: Any) -> int | None:
        del dialect
        return None if value is None else value.timestamp(unit="microsecond")

    def process_result_value(self, value: int | None, dialect: Any) -> Instant | None:
        del dialect
        return None if value is None else Instant.from_timestamp(value, unit="microsecond")


class DateColumn(TypeDecorator[Date]):
    """A calendar day as ISO text, which sorts as days do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Date | None, dialect: Any) -> str | None:
        del dialect
        return None if value is None else value.format_iso()

    def process_result_value(self, value: str | None, dialect: Any) -> Date | None:
        del dialect
        return None if value is None else Date.parse_iso(value)


class TimeColumn(TypeDecorator[Time]):
    """An hour of the day as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Time | None, dialect: Any) -> str | None:
        del dialect
        return None if value is None else value.format_iso()

    def process_result_value(self, value: str | None, dialect: Any) -> Time | None:
        del dialect
        return None if value is None else Time.parse_iso(value)


class EnumColumn(TypeDecorator[StrEnum]):
    """An enumeration as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[StrEnum]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: StrEnum | None, dialect: Any) -> str | None:
        del dialect
        return None if value is None else self.of(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        del dialect
        return None if value is None else self.of(value)


class JsonColumn(TypeDecorator[Any]):
    """A tuple, a dict or a nested frozen value as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, hint: Any) -> None:
        super().__init__()
        self.hint = hint

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """What reads and writes this type; made once for each."""
        return _adapter(self.hint)

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        del dialect
        return None if value is None else self.adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        del dialect
        return None if value is None else self.adapter.validate_json(value)


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


class SecretColumn(TypeDecorator[str]):
    """A text that is encrypted at rest."""

    impl = Text
    cache_ok = True

    def __init__(self, cipher: Cipher) -> None:
        super().__init__()
        self.cipher = cipher

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        del dialect
        return None if value is None else self.cipher.encrypt(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        del dialect
        return None if value is None else self.cipher.decrypt(value)


PLAIN: dict[Any, TypeEngine[Any]] = {
    int: BigInt,
    str: Text(),
    bool: Boolean(),
    Instant: InstantColumn(),
    Date: DateColumn(),
    Time: TimeColumn(),
}
