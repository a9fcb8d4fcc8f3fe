"""Whom Ana's school knows: a small directory of invented alumni."""

from functools import partial
from typing import Any

from tests.builders import an_alum

GERMANY = "Germany"


def _one(name: str, title: str, company: str, field: str, city: str, year: int, **rest: Any) -> Any:
    about: dict[str, Any] = {
        "title": title, "company": company, "field": field, "city": city, "country": GERMANY,
        "class_year": year, "major": "English", **rest,
    }  # fmt: skip
    return partial(an_alum, name, **about)


ALUMNI = (
    _one("Ines Vogel", "Editor", "Lindenhof Verlag", "Publishing", "Berlin", 2015),
    _one("Jonas Adler", "Rights Manager", "Lindenhof Verlag", "", "Berlin", 2012),
    _one("Priya Nair", "Copy Editor", "Northlight Books", "Publishing", "Hamburg", 2019),
    _one("Marek Dvorak", "Chief Executive", "Northlight Books", "", "Hamburg", 1999),
    _one("Leonie Haas", "Podcast Producer", "Waldfunk", "Radio", "Leipzig", 2018),
    _one("Samir Aziz", "Content Marketing Manager", "Brotzeit", "Marketing", "Berlin", 2016),
    _one("Hanna Brock", "Brand Manager", "Kornblum", "Marketing", "Berlin", 2014),
)  # fmt: skip
"""Each is made for a cohort: ``made(cohort_id=3)``."""
