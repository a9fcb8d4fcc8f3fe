"""A search of the alumni directory as it is asked, and the page of it that is found."""

from dataclasses import dataclass

from whenever import Instant

from bot.domain.people import Alum


@dataclass(frozen=True, slots=True)
class AlumQuery:
    """A search of the directory, in the student's own words; ``page`` begins at 1."""

    field: str = ""
    place: str = ""
    company: str = ""
    major: str = ""
    year: int | None = None
    page: int = 1
    per_page: int = 10
    default_asks: int = 1
    """Asks a month of alumni who named no number."""
    now: Instant | None = None
    """From when the days are counted back; None: nobody's asks are counted."""
    cool_down_days: int = 30
    """Days that an ask counts."""


@dataclass(frozen=True, slots=True)
class AlumHit:
    """One alum found. ``near``: the neighbouring field's label when it is not the field asked for.

    ``free``: how many more asks this month."""

    alum: Alum
    near: str = ""
    free: int = 1


@dataclass(frozen=True, slots=True)
class AlumHits:
    """A page of a search. ``understood``: the field label(s) that the words were taken for.

    ``mended``: words read differently than typed, as (typed, read)."""

    ranked: tuple[AlumHit, ...]
    adjacent: tuple[AlumHit, ...]
    total: int
    total_adjacent: int
    understood: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
