"""Stored values with sane defaults, so that a test names only what it is about."""

from typing import Any

from whenever import Date, Instant

from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.people import Alum, Contact
from bot.domain.talks import Talk
from tests.front_door import MONDAY

NOW = MONDAY


def a_cohort(name: str = "Class of 2027", **rest: Any) -> Cohort:
    """A class."""
    made: dict[str, Any] = {"name": name, "created": NOW, **rest}
    return Cohort(**made)


def a_workspace(cohort_id: int = 1, external_id: str = "T1", **rest: Any) -> Workspace:
    """A chat workspace."""
    made: dict[str, Any] = {"surface": "paper", "external_id": external_id, **rest}
    return Workspace(cohort_id=cohort_id, **made)


def a_member(cohort_id: int = 1, name: str = "Ana", **rest: Any) -> Member:
    """A student in Berlin who has opted in."""
    defaults: dict[str, Any] = {"zone": "Europe/Berlin", "joined": NOW, "opted_in": NOW}
    return Member(cohort_id=cohort_id, name=name, **{**defaults, **rest})


def an_account(cohort_id: int = 1, member_id: int = 1, **rest: Any) -> Account:
    """A member's account in the first workspace."""
    defaults: dict[str, Any] = {
        "workspace_id": 1,
        "surface": "paper",
        "external_id": "ana",
        "last_used": NOW,
    }
    return Account(cohort_id=cohort_id, member_id=member_id, **{**defaults, **rest})


def an_alum(name: str = "Dana Whitfield", cohort_id: int = 1, **rest: Any) -> Alum:
    """Somebody of the directory, in marketing in Chicago."""
    defaults: dict[str, Any] = {
        "title": "Marketing Manager",
        "company": "Calloway Foods",
        "field": "Marketing",
        "city": "Chicago",
        "country": "United States",
        "class_year": 2014,
        "major": "English",
        "imported": NOW,
    }
    return Alum(name=name, cohort_id=cohort_id, **{**defaults, **rest})


def a_contact(name: str = "Dana", cohort_id: int = 1, owner_id: int = 1, **rest: Any) -> Contact:
    """Somebody on the first member's list."""
    made: dict[str, Any] = {"added": NOW, **rest}
    return Contact(name=name, cohort_id=cohort_id, owner_id=owner_id, **made)


def a_talk(contact_id: int = 1, cohort_id: int = 1, member_id: int = 1, **rest: Any) -> Talk:
    """A talk held today."""
    held = rest.pop("held", Date(2026, 11, 23))
    logged: Instant = rest.pop("logged", NOW)
    return Talk(
        cohort_id=cohort_id, member_id=member_id, contact_id=contact_id, held=held, logged=logged,
        **rest,
    )  # fmt: skip
