"""An alum in the workspace, and a student who has them asked: for tests of both."""

from tests.front_door import House, Person


def an_alum_here(house: House) -> Person:
    """An alum in the workspace who has listed themselves in nursing."""
    dana = house.joined("Dana")
    dana.types("/alum volunteer")
    dana.fills_in(field="nursing", title="Nurse", topics="night shifts", asks_per_month="1")
    return dana


def asks(ana: Person) -> None:
    """Ana has us put her note to Dana."""
    found = ana.types("/alum find nursing")
    ana.presses("Draft an ask", on=found)
    if ana.last is not None and "I’ll do it this way" in ana.last.labels:
        ana.presses("I’ll do it this way")
    ana.presses("Let me ask them")
    ana.fills_in(words="Dear Dana, may I ask you about night shifts for 20 minutes? Ana")
