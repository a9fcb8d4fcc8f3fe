"""People from a file against a student's own list: who is new, who is there already (J2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from bot.domain.names import Known, find_twins, words_of

MOST = 500
"""New people at once: so many can still be looked through, and taken back."""


class Named(Protocol):
    """A row of a file."""

    @property
    def line(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


R = TypeVar("R", bound=Named)


@dataclass(slots=True)
class Bringing(Generic[R]):
    """What bringing these people in would do; nothing of it is done yet."""

    new: list[R] = field(default_factory=list)
    there: list[R] = field(default_factory=list)
    """The same e-mail, or the same name."""
    alike: list[tuple[R, str]] = field(default_factory=list)
    """Much like the name of somebody on the list: for the student to add by hand, or not."""
    over: int = 0
    """New ones beyond what is taken at once."""


class MyPeople:
    """A student's list, found by e-mail, by name, and by each word of a name."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._emails: set[str] = set()
        self._names: set[tuple[str, ...]] = set()
        self._by_word: dict[str, list[Known]] = defaultdict(list)
        for each in people:
            if each.email:
                self._emails.add(each.email.casefold())
            words = words_of(each.name)
            self._names.add(words)
            for word in set(words):
                self._by_word[word].append(each)

    def has(self, row: Named) -> bool:
        """Whether this person is there already."""
        same_name = words_of(row.name) in self._names
        return same_name or bool(row.email and row.email.casefold() in self._emails)

    def like(self, row: Named) -> str:
        """The name of somebody who may be the same person; "" when nobody is."""
        near = {each.id: each for word in words_of(row.name) for each in self._by_word[word]}
        twins = find_twins(row.name, row.email, near.values()) if near else []
        return twins[0].known.name if twins and twins[0].duplicate else ""


def plan(people: MyPeople, rows: Iterable[R], most: int = MOST) -> Bringing[R]:
    """Sorts the rows; at most so many are new at once."""
    found: Bringing[R] = Bringing()
    for row in rows:
        if people.has(row):
            found.there.append(row)
        elif like := people.like(row):
            found.alike.append((row, like))
        elif len(found.new) < most:
            found.new.append(row)
        else:
            found.over += 1
    return found
