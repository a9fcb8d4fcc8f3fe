"""How ``make chaos`` goes on, and that ``make test`` leaves none of its experiments out."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.chaos.__main__ import main
from tests.chaos.experiments import Run, names, run_all
from tests.chaos.short import DELIVERY, EVENTS, PROCESSES
from tests.chaos.table import Shown, as_markdown


def breaks(_long: bool) -> Iterator[Shown]:
    """An experiment that comes to no end; what it has shown is not forgotten."""
    yield Shown("b", "0 lost", "0 lost", holds=True)
    raise ConnectionError("the server\nis gone")


KNOWN: dict[str, Run] = {
    "first": lambda long: [Shown("a | b", "0 lost", f"long: {long}", holds=True)],
    "second": breaks,
    "third": lambda _: [],
    "last": lambda _: [Shown("c", "0 doubled", "1 doubled", holds=False)],
}


def test_every_short_form_runs_in_one_file() -> None:
    """None is forgotten, none runs twice."""
    assert sorted([*DELIVERY, *PROCESSES, *EVENTS]) == names()


def test_what_breaks_is_a_line_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The error's name is in its line, its traceback apart, and each says when it began."""
    seen = run_all(KNOWN, KNOWN.__getitem__, long=True, now=lambda: datetime(2026, 11, 22, 14, 5))  # noqa: DTZ001
    assert [(name, each.holds) for name, each in seen] == [
        ("first", True), ("second", True), ("second", False), ("third", False), ("last", False),
    ]  # fmt: skip
    said = capsys.readouterr()
    assert "22 November 14:05:00  first\nok   a | b: long: True\n" in said.out
    assert "FAIL the experiment itself: ConnectionError: the server\n" in said.out
    assert "Traceback" in said.err
    assert "Traceback" not in said.out


def pid(name: str) -> Run:
    """Shows the process it ran in."""
    return lambda _: [Shown(name, "", str(os.getpid()), holds=True)]


def test_the_soak_goes_beside_what_judges_no_seconds_and_keeps_its_place() -> None:
    """In a process of its own, in the long form only, and only where there is something beside."""

    def apart(asked: list[str], *, long: bool) -> list[str]:
        seen = run_all(asked, pid, long=long)
        assert [name for name, _ in seen] == asked
        return [name for name, each in seen if each.counts != str(os.getpid())]

    assert apart(["kills", "load", "soak", "times"], long=True) == ["soak"]
    assert apart(["kills", "load", "soak", "times"], long=False) == []
    assert apart(["load", "soak"], long=True) == []


def test_the_table_is_one_of_markdown() -> None:
    """A line each, of three cells, whatever is in them."""
    shown = [
        ("kills", Shown("a | b", "0\nlost", "1 lost", holds=False)),
        *[("x", Shown("a | b", "0 lost", "long: True", holds=True))],
    ]
    assert as_markdown(shown).splitlines() == [
        "| experiment | must show | seen |",
        "|---|---|---|",
        "| `kills`: a \\| b | 0 lost | **Does not hold.** 1 lost |",
        "| `x`: a \\| b | 0 lost | long: True |",
    ]


def test_the_names_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Without running any; a wrong one is told, before an hour has gone by."""
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.split() == names()
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "there is no nothing" in capsys.readouterr().err
