"""Who organises: by right, because they run the workspace, or because they were named."""

from dataclasses import replace

from bot.domain.cohort import Role
from bot.invocation import call
from tests.front_door import House, Person


def otto_of(house: House) -> Person:
    """Who runs the workspace."""
    return house.joined("Otto", admin=True)


def test_an_organiser_names_another(house: House, ana: Person) -> None:
    """At once, and for good: nothing the chat says of her rights takes it away."""
    otto = otto_of(house)
    assert "Ana organises this class now" in otto.types("/cohort organiser Ana").words
    assert "Import alumni" in ana.types("/snowball").labels
    ana.types("/snowball")
    assert ana.member.role is Role.ORGANISER
    said = otto.types("/cohort organiser Ana").words
    assert "already" in said
    assert "Ana — was named" in said
    assert "Otto — runs the workspace" in said


def test_naming_is_taken_back(house: House, ana: Person) -> None:
    """She is a student again; what was hers is still hers."""
    otto = otto_of(house)
    otto.types("/cohort organiser Ana")
    assert "no longer organises" in otto.presses("Remove").words
    assert ana.member.role is Role.STUDENT
    assert "Only an organiser" in ana.types("/cohort overview").words
    assert "was not named" in otto.calls(call("cohort unname", person=ana.member.id)).words


def test_who_runs_the_workspace_cannot_be_unnamed(house: House) -> None:
    """Named besides, and then not: the right remains."""
    otto = otto_of(house)
    otto.types("/cohort organiser Otto")
    said = otto.calls(call("cohort unname", person=otto.member.id)).words
    assert "stays an organiser" in said
    assert otto.member.role is Role.ORGANISER


def test_the_last_organiser_stays(house: House, ana: Person) -> None:
    """A class is never left without one: neither of herself nor by a slip."""
    otto_of(house).types("/cohort organiser Ana")
    house.member("Otto").types("/snowball")  # runs the workspace no more
    said = ana.calls(call("cohort unname", person=ana.member.id)).words
    assert "the last organiser" in said
    assert ana.member.role is Role.ORGANISER


def test_a_right_counts_on_the_account_that_has_it(house: House, ana: Person) -> None:
    """Where an event names no workspace it tells nothing of rights, so a DM takes none away."""
    otto = otto_of(house)
    direct = replace(otto.actor, workspace="", admin=False)
    otto.actor = direct
    assert "Overview" not in otto.types("/cohort organiser").labels
    assert otto.member.role is Role.ORGANISER
    assert ana.member.role is Role.STUDENT


def test_a_chat_that_does_not_answer_takes_no_right_away(house: House, ana: Person) -> None:
    """Not asked is not denied; nor does it make anybody an organiser."""
    otto = otto_of(house)
    otto.actor = replace(otto.actor, admin=None)
    assert "Otto — runs the workspace" in otto.types("/cohort organiser").words
    ana.actor = replace(ana.actor, admin=None)
    assert "Only an organiser" in ana.types("/cohort organiser").words
    eve = house.member("Eve")
    eve.actor = replace(eve.actor, admin=None)
    assert "Only an organiser" in eve.types("/cohort organiser").words
    eve.actor = replace(eve.actor, admin=True)
    assert "Eve — runs the workspace" in eve.types("/cohort organiser").words


def test_a_student_names_nobody(house: House, ana: Person) -> None:
    """Rights are checked from who acts, typed or pressed."""
    otto_of(house)
    for said in (
        ana.types("/cohort organiser Ana"),
        ana.calls(call("cohort organiser", person=ana.member.id)),
        ana.calls(call("cohort unname", person=1)),
    ):
        assert "Only an organiser" in said.words
    assert ana.member.role is Role.STUDENT
