"""What is said when nothing was done: it names all that was typed, and promises nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from bot.dispatch import NoLimits
from bot.domain.drafts import Draft
from bot.invocation import Actor, Invocation, Place, Upload
from bot.undone import failed
from tests.front_door import House, Shown

ANA = Actor("paper", "T1", "ana", "Ana")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"typed": "Dana Ortiz"}, "/contact add Dana Ortiz"),
        ({"arguments": {"name": "Dana"}}, "/contact add name: Dana"),
        ({"typed": "<!channel> *x*"}, "/contact add <!channel> *x*"),
    ],
)  # fmt: skip
def test_what_was_typed_is_said_back(house: House, how: Any, words: str) -> None:
    """To be sent again in a minute."""
    said = house.dispatcher.too_busy(Invocation("contact add", ANA, Place(), "k", **how))
    shown = Shown(said.reply, 0)
    assert said.undone
    assert shown.words.splitlines()[-1] == words
    assert "nothing you typed is lost" in shown.words


def test_what_only_looks_was_not_to_be_saved(house: House) -> None:
    """A question that broke is asked again; nothing of it could have been kept."""
    command = house.dispatcher.registry.get("network due")
    said = failed(Invocation("network due", ANA, Place(), "k"), command)
    shown = Shown(said, 0).words
    assert shown.splitlines()[-1] == "/network due"
    assert "saved" not in shown


def test_a_press_is_asked_for_again(house: House) -> None:
    """There is nothing typed to be said back."""
    said = house.dispatcher.too_busy(Invocation("contact show", ANA, Place(), "k", how="pressed"))
    assert Shown(said.reply, 0).words == (
        "I’m rather busy just now: please press that again in a minute."
    )


def test_plain_words_are_said_back_as_they_are(house: House) -> None:
    """Words in a DM are no command."""
    said = house.dispatcher.too_busy(
        Invocation("snowball", ANA, Place(), "k", typed="talked to Dana", how="said")
    )
    assert Shown(said.reply, 0).words.endswith("\ntalked to Dana")


def test_a_form_is_said_back_field_by_field(house: House) -> None:
    """Long answers whole, a file by its name, and the form one press away."""
    given = {"name": "Dana", "best_tip": "x" * 3000, "notes": "", "file": Upload("a.csv", b"a")}
    said = house.dispatcher.too_busy(
        Invocation("contact add", ANA, Place(), "k", given, draft="key", cohort=1, how="form")
    )
    shown = Shown(said.reply, said.cohort)
    assert shown.words.splitlines()[1:4] == ["Name: Dana", f"Best tip: {'x' * 3000}", "File: a.csv"]
    assert [each.label.template for each in shown.buttons] == ["Open the form"]


def test_a_form_that_breaks_the_database_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be kept in the draft is said back."""
    ana = house.member("Ana")
    ana.types("/contact add")
    draft = house.rows(Draft)[-1]

    def refuses(*_: object) -> None:
        raise OSError("locked")

    monkeypatch.setattr(house.database, "writing", refuses)
    given = {"name": "Dana"}
    submitted = Invocation("?", ana.actor, Place(), "k", given, draft=draft.key, how="form")
    said = house.dispatcher(submitted, NoLimits())
    assert said is not None
    assert said.undone
    assert "Name: Dana" in Shown(said.reply, 0).words


def test_it_is_counted_by_its_command_and_never_by_what_was_typed(house: House) -> None:
    """A name that is no command's is somebody's words."""
    seen: list[tuple[str, str]] = []

    def noticed(invocation: Invocation, ended: str, _: float) -> None:
        seen.append((invocation.command, ended))

    door = replace(house.dispatcher, noticed=noticed)
    door.too_busy(Invocation("snowball", ANA, Place(), "", typed="contact add Dana"))
    door.too_busy(Invocation("my secret", ANA, Place(), ""))
    assert seen == [("contact add", "shed"), ("?", "shed")]
