"""Two cards of one person become one, and nothing that was written on either is lost (FEATURES A5).

What both cards say stays as the kept card has it; the other's words go into its notes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.people import KIND_WORDS, Contact, ContactKind, Sharing, Standing

_S = Standing
FURTHEST = (
    _S.IN_TOUCH, _S.THANKED, _S.MET, _S.BOOKED, _S.REPLIED, _S.ASKED, _S.DECLINED, _S.NO_REPLY,
    _S.TO_ASK,
)  # fmt: skip
"""What has happened with either card has happened with the person."""
LABELS: Mapping[str, str] = {
    "name": "Also called",
    "email": "Also e-mail",
    "phone": "Also phone",
    "company": "Also at",
    "title": "Also works as",
    "field": "Also in the field",
    "city": "Also in",
    "link": "Also on",
    "facts": "Also read",
    "kind": "Also known as",
    "alum_id": "Also in the directory, number",
    "referred_by": "Also told about by",
    "will_introduce": "Also offered to introduce",
    "touch_days": "Also to be written to every so many days:",
}
EMPTY: tuple[object, ...] = ("", None)


@dataclass(frozen=True, slots=True)
class Merged:
    """The card that stays, and what of the other went into its notes."""

    card: Contact
    noted: tuple[str, ...]


def merge(kept: Contact, other: Contact, name_of: Callable[[int], str] = str) -> Merged:
    """One card of two. ``name_of`` names the people that a card refers to by number."""
    values: dict[str, Any] = {}
    noted: list[str] = []
    for field, label in LABELS.items():
        mine, theirs = _said(kept, other, field), _said(other, kept, field)
        values[field] = theirs if mine in EMPTY else mine
        if mine not in EMPTY and theirs not in EMPTY and not _same(mine, theirs):
            noted.append(f"{label} {_written(field, theirs, name_of)}")
    card = replace(
        kept,
        **values | {"kind": values["kind"] or ContactKind.HEARD_OF},
        standing=min(kept.standing, other.standing, key=FURTHEST.index),
        sharing=min(kept.sharing, other.sharing, key=list(Sharing).index),
        do_not_contact=kept.do_not_contact or other.do_not_contact,
        notes=_joined(kept.notes, other.notes, *noted),
        added=min(kept.added, other.added),
    )
    return Merged(card, tuple(noted))


def _said(card: Contact, twin: Contact, field: str) -> Any:
    """What a card says in a field; "heard of" says nothing, nor does a card about its own twin."""
    value = getattr(card, field)
    if field == "kind":
        return None if value is ContactKind.HEARD_OF else value
    if field in ("referred_by", "will_introduce") and value in (card.id, twin.id):
        return None
    return value


def _same(mine: object, theirs: object) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.strip().casefold() == theirs.strip().casefold()
    return mine == theirs


def _written(field: str, value: Any, name_of: Callable[[int], str]) -> str:
    if field == "kind":
        return KIND_WORDS[value]
    return name_of(value) if field in ("referred_by", "will_introduce") else str(value)


def _joined(*lines: str) -> str:
    """Each once, a line or more each."""
    return "\n".join(dict.fromkeys(line for line in lines if line.strip()))
