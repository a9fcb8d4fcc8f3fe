"""Where each person stands on the way from a wish to a contact, and the legal moves (FEATURES A7).

to ask → asked → replied → booked → met → thanked → in touch; besides, no reply and declined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.people import Contact, Standing

_S = Standing
MOVES: Mapping[Standing, frozenset[Standing]] = {
    _S.TO_ASK: frozenset({_S.ASKED, _S.REPLIED, _S.BOOKED, _S.MET, _S.DECLINED}),
    _S.ASKED: frozenset({_S.REPLIED, _S.BOOKED, _S.MET, _S.NO_REPLY, _S.DECLINED}),
    _S.REPLIED: frozenset({_S.BOOKED, _S.MET, _S.DECLINED, _S.NO_REPLY}),
    _S.BOOKED: frozenset({_S.MET, _S.REPLIED, _S.DECLINED}),
    _S.MET: frozenset({_S.THANKED, _S.BOOKED}),
    _S.THANKED: frozenset({_S.IN_TOUCH, _S.ASKED, _S.BOOKED, _S.MET}),
    _S.IN_TOUCH: frozenset({_S.ASKED, _S.BOOKED, _S.MET, _S.THANKED}),
    _S.NO_REPLY: frozenset({_S.TO_ASK, _S.ASKED, _S.REPLIED, _S.BOOKED, _S.MET, _S.DECLINED}),
    _S.DECLINED: frozenset({_S.TO_ASK, _S.REPLIED, _S.BOOKED, _S.MET}),
}
"""A talk may always be logged, so all leads to met; nobody is thanked before they were met."""

KNOWN_TALKED = frozenset({_S.MET, _S.THANKED, _S.IN_TOUCH})


def may_move(now: Standing, to: Standing) -> bool:
    """Whether this step is legal. Standing still always is."""
    return now is to or to in MOVES[now]


def moved(contact: Contact, to: Standing) -> Contact:
    """The contact one step on, or as it was where the step is not legal.

    Events come late and twice ("they answered", after the talk was logged); they never throw
    anybody back."""
    return replace(contact, standing=to) if may_move(contact.standing, to) else contact


def in_order(contacts: Iterable[Contact]) -> list[Contact]:
    """The wish list: who comes next first, then who is under way, then who was met."""
    places = {standing: place for place, standing in enumerate(Standing)}
    return sorted(contacts, key=lambda each: (places[each.standing], each.added, each.id))
