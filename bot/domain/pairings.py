"""Practice partners of a week, and alumni partnered with a student for a term (E5, K5)."""

from dataclasses import dataclass
from typing import Annotated

from whenever import Date, Instant

from bot.domain.marks import MemberId, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two or three students who practise together. With neither partner: who was left out once."""

    cohort_id: int
    id: int = 0
    week: Date
    """The Monday of its week."""
    first_id: MemberId
    second_id: Annotated[int | None, Ref("Member", forget=True)] = None
    third_id: Annotated[int | None, Ref("Member", forget=True)] = None
    made: Instant
    met: Instant | None = None
    """When one of them said that they practised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """A student and an alum for a term; it stands when both have said yes."""

    cohort_id: int
    id: int = 0
    student_id: MemberId
    alum_id: Annotated[int, Ref("Alum")]
    field: str = ""
    """The field that joined them."""
    proposed: Instant
    student_said: str = ""
    """"yes" or "no"; "" until said."""
    alum_said: str = ""
    until: Date | None = None
    closed: Instant | None = None
