"""What a field of a stored value is besides its type: secret, matched, or a reference.

Storage makes its columns, and the privacy sheet its sentences, from these marks.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, TypeAlias


class Mark(Enum):
    """How a text is kept at rest."""

    SECRET = auto()
    """Encrypted: phone numbers, notes, takeaways, reflections, tokens."""
    MATCHED = auto()
    """Encrypted, with a keyed hash beside it so that equal values can be found: e-mail."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of a row of another kind in the same cohort."""

    kind: str
    forget: bool = False
    """True: deleting that row empties this field; false: it deletes this row too."""


Secret: TypeAlias = Annotated[str, Mark.SECRET]
Matched: TypeAlias = Annotated[str, Mark.MATCHED]
MemberId: TypeAlias = Annotated[int, Ref("Member")]
ContactId: TypeAlias = Annotated[int, Ref("Contact")]
TalkId: TypeAlias = Annotated[int, Ref("Talk")]
