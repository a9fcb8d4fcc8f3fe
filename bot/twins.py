"""Somebody of the school's file who also lists themselves: one person, one entry (FEATURES K4, J2).

The same address and name are one at once. A name with the same employer or year, or the same
address under another name, is only asked about: what is typed proves nothing.
"""

from dataclasses import replace
from typing import Final

from bot.domain.asks import Ask
from bot.domain.care import Concern
from bot.domain.pairings import Partnership
from bot.domain.people import Alum, Contact, Volunteer
from bot.domain.tidy import fold
from bot.ports import Store
from bot.volunteering import has_open_concern

REFERRING: Final = (Ask, Concern, Partnership, Contact, Volunteer)
"""The kinds of rows that name somebody of the directory."""
THEIR_WORD: Final = (
    "title", "company", "field", "topics", "email", "city", "channel", "times", "asks_per_month",
    "class_year",
)  # fmt: skip
"""What somebody says of themselves goes before what the file says of them."""


def certain_twin(store: Store, own: Alum) -> Alum | None:
    """The file's entry with the same address and a name that fits; nobody who asked to be left."""
    if not own.email:
        return None
    mine = _words(own)
    for each in _others(store, own, store.find(Alum, email=own.email)):
        theirs = _words(each)
        if mine and (mine <= theirs or theirs <= mine) and not each.do_not_contact:
            return each
    return None


def likely_twins(store: Store, own: Alum) -> list[Alum]:
    """Entries of the file that an organiser can tell apart, and we cannot."""
    found = {each.id: each for each in store.find(Alum, name=own.name) if _fits(each, own)}
    if own.email:
        found |= {each.id: each for each in store.find(Alum, email=own.email)}
    return _others(store, own, list(found.values()))


def _fits(each: Alum, own: Alum) -> bool:
    same_year = own.class_year is not None and own.class_year == each.class_year
    return same_year or (own.company != "" and fold(own.company) == fold(each.company))


def _others(store: Store, own: Alum, found: list[Alum]) -> list[Alum]:
    """Nobody who is in the chat as themselves."""
    return [
        each
        for each in found
        if each.id != own.id and store.first(Volunteer, alum_id=each.id) is None
    ]


def _words(alum: Alum) -> frozenset[str]:
    return frozenset(fold(alum.name).split())


def made_one(store: Store, own: Alum, file: Alum) -> Alum:
    """The file's entry stays, with their own words and wishes; all that named the other names it.

    They listed themselves, so they are listed; a pause of theirs and a concern go on."""
    own, file = store.held(Alum, own.id) or own, store.held(Alum, file.id) or file
    said = {name: getattr(own, name) for name in THEIR_WORD if getattr(own, name)}
    for kind in REFERRING:
        for row in store.find(kind, alum_id=own.id):
            store.save(replace(row, alum_id=file.id))
    store.remove(own)
    one = replace(
        file,
        **said,
        consent=own.consent,
        left=own.left,
        do_not_contact=own.do_not_contact,
        paused=own.paused or has_open_concern(store, file),
        paused_until=own.paused_until,
    )
    store.save(one)
    return one
