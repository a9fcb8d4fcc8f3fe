"""Every form says who can read what is typed into it (FEATURES H3)."""

import pytest

from bot.command import Command, registry
from bot.domain.cohort import Role
from bot.invocation import Invocation, Place
from tests.front_door import House, Person
from tests.walk_registry import lived_in, required

ASKS = [each for each in registry() if not each.clockwork and any(p.in_form for p in each.visible)]
ORGANISERS = [each for each in registry() if each.who is Role.ORGANISER]


@pytest.mark.parametrize("command", ASKS, ids=lambda each: each.name)
def test_every_form_says_who_can_read_it(command: Command) -> None:
    """In a line that both platforms show, never left to guess."""
    assert command.note
    assert len(command.note) <= 100


def test_every_command_of_organisers_refuses_a_student(house: House) -> None:
    """Typed, pressed, and with everything that it needs: kindly, and nothing is changed."""
    lived_in(house)
    ana: Person = house.joined("Ana")
    otto = house.people["otto"]
    assert len(ORGANISERS) > 25
    for command in ORGANISERS:
        given = required(command, otto)
        for how, arguments in (("typed", {}), ("pressed", given)):
            said = ana.does(
                Invocation(command.name, ana.actor, Place(), house.key(), arguments, how=how)
            )
            assert said is not None
            assert said.words == "Only an organiser of this cohort can do that.", command.name
    assert ana.member.role is Role.STUDENT
