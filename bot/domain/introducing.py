"""The moves of an introduction, who may know what of it, and when an owner may be asked. Pure.

Two live yeses, the owner's and the contact's, and until then the asker knows of neither. A refusal
and silence read alike: both are told when the days are over, in the same words.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from whenever import Instant, TimeDelta

from bot.domain.introductions import Introduction, IntroState

WEEK = TimeDelta(hours=24 * 7)
OUTCOME_AFTER = WEEK
"""After being brought together, until the asker is asked what came of it."""


class Move(StrEnum):
    """What can happen to an introduction."""

    TAKE = "take"
    """The one to whom it was offered says yes."""
    PASS = "pass"  # noqa: S105 - they let it pass
    OWNER_YES = "owner yes"
    OWNER_NO = "owner no"
    CONTACT_YES = "contact yes"
    CONTACT_NO = "contact no"
    TELL = "tell"
    """The asker tells what came of it."""
    TAKE_BACK = "take back"
    """The asker does not need it any more."""
    LEAVE = "leave"
    """Somebody left, or something felt wrong."""
    LAPSE = "lapse"
    """Its days are over."""


_S, _M = IntroState, Move
MOVES: Mapping[IntroState, Mapping[Move, IntroState]] = {
    _S.OFFERED: {
        _M.TAKE: _S.OWNER_YES,
        _M.PASS: _S.DECLINED,
        _M.LEAVE: _S.WITHDRAWN,
        _M.LAPSE: _S.EXPIRED,
    },
    _S.ASKED: {
        _M.OWNER_YES: _S.OWNER_YES,
        _M.OWNER_NO: _S.DECLINED,
        _M.TAKE_BACK: _S.TAKEN_BACK,
        _M.LEAVE: _S.WITHDRAWN,
        _M.LAPSE: _S.EXPIRED,
    },
    _S.OWNER_YES: {
        _M.CONTACT_YES: _S.CONNECTED,
        _M.CONTACT_NO: _S.DECLINED,
        _M.TAKE_BACK: _S.TAKEN_BACK,
        _M.LEAVE: _S.WITHDRAWN,
        _M.LAPSE: _S.EXPIRED,
    },
    _S.CONNECTED: {_M.TELL: _S.MET, _M.LEAVE: _S.WITHDRAWN, _M.LAPSE: _S.EXPIRED},
    _S.MET: {},
    _S.DECLINED: {_M.TAKE_BACK: _S.TAKEN_BACK},
    _S.EXPIRED: {},
    _S.WITHDRAWN: {_M.TAKE_BACK: _S.TAKEN_BACK},
    _S.TAKEN_BACK: {},
}
"""Who does not know of a no may still take back what they asked."""
BEFORE_BOTH = (_S.OFFERED, _S.ASKED, _S.OWNER_YES)
"""The states in which a yes is still missing."""
LIVE = (*BEFORE_BOTH, _S.CONNECTED)
"""The states in which something is still to come."""
_WHEN = {_M.OWNER_YES: "owner_said", _M.CONTACT_NO: "contact_said"}


def may_move(state: IntroState, move: Move) -> bool:
    """Whether this may happen from here."""
    return move in MOVES[state]


def moved(intro: Introduction, move: Move, now: Instant) -> Introduction | None:
    """The introduction after it; None where that may not happen from here."""
    to = MOVES[intro.state].get(move)
    if to is None:
        return None
    changed: dict[str, Any] = {"state": to}
    if move in _WHEN:
        changed[_WHEN[move]] = now
    if move is Move.CONTACT_YES:
        changed |= {"contact_said": now, "connected": now}
    if to not in LIVE:
        changed["closed"] = intro.closed or now
    return replace(intro, **changed)


def ends(intro: Introduction, days: int) -> Instant:
    """When it lapses. The same whatever was said, so that the end tells nothing."""
    if intro.connected is not None:
        return intro.connected + OUTCOME_AFTER + TimeDelta(hours=24 * days)
    return intro.asked + TimeDelta(hours=24 * days)


def was_offered(intro: Introduction) -> bool:
    """Whether it began with the owner, who named themselves by it."""
    return intro.owner_said is not None and intro.put is None and intro.who_knows_id is None


class Seen(StrEnum):
    """What the asker is told of an introduction."""

    YOURS = "waits for you"
    WAITING = "waiting"
    TOGETHER = "brought together"
    OVER = "no introduction this time"
    TAKEN_BACK = "taken back"


def seen_by_asker(intro: Introduction, now: Instant, days: int) -> Seen:
    """What the asker may know: nothing of a yes, a no or a departure before its end."""
    if intro.connected is not None:
        return Seen.TOGETHER
    if intro.state is IntroState.TAKEN_BACK:
        return Seen.TAKEN_BACK
    if intro.state is IntroState.OFFERED:
        return Seen.YOURS
    if now >= ends(intro, days):
        return Seen.OVER
    return Seen.WAITING


def asker_knows_owner(intro: Introduction) -> bool:
    """Openly shared, offered by them, or both have said yes."""
    return intro.openly or was_offered(intro) or intro.connected is not None


def asker_knows_contact(intro: Introduction) -> bool:
    """Openly shared, or both have said yes."""
    return intro.openly or intro.connected is not None


def may_be_put(put: Iterable[Instant], now: Instant, most: int) -> Instant:
    """From when one more may be put before an owner: so many in any seven days."""
    recent = sorted(each for each in put if now - each < WEEK)
    if len(recent) < most:
        return now
    return recent[-most] + WEEK if most else now + WEEK


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact to whom somebody could be introduced, and how much its owner was asked lately."""

    owner_id: int
    contact_id: int
    near: bool = False
    """Of a neighbouring field only."""
    load: int = 0
    last: Instant | None = None


def fairest(candidates: Collection[Candidate]) -> Candidate | None:
    """Of the field itself, then whose owner was asked least and longest ago."""
    return min(
        candidates,
        key=lambda each: (each.near, each.load, each.last or Instant.MIN, each.contact_id),
        default=None,
    )
