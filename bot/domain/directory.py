"""An alumni file against the directory: who is new, who has changed, who is the same (A2, J2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from whenever import Instant

from bot.domain.people import Alum
from bot.domain.tidy import fold


@dataclass(slots=True)
class ImportPlan:
    """What an import would do; nothing of it is done yet."""

    new: list[Alum] = field(default_factory=list)
    changed: list[Alum] = field(default_factory=list)
    same: int = 0
    doubled: list[int] = field(default_factory=list)
    """Lines that name somebody whom an earlier line names."""
    unsaid: int = 0
    """New ones of whom the file does not say whether they agreed."""


class Known:
    """The people of the directory, found by office number, e-mail, or name with class or work."""

    def __init__(self, alumni: Iterable[Alum]) -> None:
        self._by: dict[tuple[str, ...], Alum] = {}
        for alum in alumni:
            self.learn(alum)

    def learn(self, alum: Alum) -> None:
        """Somebody more."""
        for key in _keys(alum):
            self._by.setdefault(key, alum)

    def like(self, alum: Alum) -> Alum | None:
        """The same person, if there already.

        An office number decides: two numbers are two people, whatever their names."""
        for key in _keys(alum):
            found = self._by.get(key)
            if found is not None and not _two_numbers(found, alum):
                return found
        return None


def _keys(alum: Alum) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if alum.external_id:
        keys.append(("id", alum.external_id))
    if alum.email:
        keys.append(("email", alum.email.casefold()))
    name = fold(alum.name) or alum.name
    if alum.class_year:
        keys.append(("year", name, str(alum.class_year)))
    elif alum.company:
        keys.append(("company", name, fold(alum.company)))
    else:
        keys.append(("name", name, fold(alum.title)))
    return keys


def _two_numbers(one: Alum, other: Alum) -> bool:
    return bool(one.external_id and other.external_id and one.external_id != other.external_id)


FROM_FILE = (
    "external_id",
    "name",
    "email",
    "title",
    "company",
    "field",
    "city",
    "country",
    "class_year",
    "major",
    "linkedin",
    "topics",
    "channel",
    "times",
    "asks_per_month",
    "notes",
)
"""What a file may bring; a pause is never ended by one."""
WISHES = frozenset({"topics", "channel", "times", "asks_per_month"})
"""What alumni change themselves, in the chat or on their page: a file only fills what is empty."""


def merged(there: Alum, fresh: Alum, says: bool | None) -> Alum:
    """The directory's person with what the file says; an empty cell says nothing.

    A clear yes lists who was kept hidden until they agree, but nobody who left."""
    said = {
        name: getattr(fresh, name)
        for name in FROM_FILE
        if getattr(fresh, name) and not (name in WISHES and getattr(there, name))
    }
    now = there.consent if says is None else says and (there.consent or there.left is None)
    return replace(there, **said, consent=now)


def plan_import(known: Known, rows: Iterable[tuple[int, Alum, bool | None]]) -> ImportPlan:
    """What importing these (line, alum, what it says of consent) would do."""
    plan = ImportPlan()
    taken: dict[int, int] = {}
    for line, fresh, says in rows:
        there = known.like(fresh)
        if there is None:
            known.learn(fresh)
            plan.new.append(fresh)
            plan.unsaid += says is None
        elif there.id == 0 or there.id in taken:
            plan.doubled.append(line)
        else:
            taken[there.id] = line
            now = merged(there, fresh, says)
            if now == there:
                plan.same += 1
            else:
                plan.changed.append(now)
    return plan


def as_alum(
    values: Mapping[str, object], cohort_id: int, now: Instant, *, agreed: bool = True
) -> Alum:
    """An alum from a row's values. ``agreed``: what holds where the row does not say, which is the
    organiser's to answer."""
    consent = values.get("consent")
    kept = {name: values[name] for name in FROM_FILE}
    return Alum(
        cohort_id=cohort_id,
        imported=now,
        consent=agreed if consent is None else consent is True,
        **kept,  # ty: ignore[invalid-argument-type]
    )
