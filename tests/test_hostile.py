"""Whatever is typed goes through every command and every renderer, and harms nothing.

Each text parameter gets its own share of the samples, so that together they get them all.
"""

import json
from pathlib import Path

import pytest
import structlog

from bot.command import Command, Parameter, registry
from bot.invocation import Invocation, Place, Upload
from bot.parameters import FileKind, NumberKind, OneOf, YesNo
from bot.reply import Form
from tests.front_door import House, Person
from tests.surfaces import rendered
from tests.walk_registry import lived_in, required

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
OURS = [
    "<!channel>",
    "@everyone",
    "\ud83d half",
    "\x00\x07",
    "a" * 10_000,
    "new: ",
    "9" * 40,
    "name: x person: y tip:",
    "<@U0000001> <#C0000001> <!subteam^S1>",
    "[x](https://evil.example) ](",
    "*bold* _it_ ~no~ `code` {name} {0} %s",
    "</script><img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE contacts;--",
    "\u202egnp.exe\u202c",
    "مرحبا بكم في الجامعة",
    "👩🏽‍🚀🇪🇺 h̷̨͝e̸",
    "名前",
    "new:",
    "-1",
    "٣",
    '"',
    "%00?&#=+",
]


def shared_samples() -> list[str]:
    """The collections beside the project, where they are there."""
    found: list[str] = []
    if (SHARED / "blns.json").exists():
        found += json.loads((SHARED / "blns.json").read_text("utf-8"))
    if (SHARED / "hostile.json").exists():
        kept = json.loads((SHARED / "hostile.json").read_text("utf-8"))
        found += [each["sample"] for each in kept if isinstance(each["sample"], str)]
    return found


SAMPLES = shared_samples()


def takes_words(parameter: Parameter) -> bool:
    """Whether anything may be typed for it."""
    return not isinstance(parameter.kind, FileKind | NumberKind | OneOf | YesNo)


PLACES = [
    (command, parameter)
    for command in registry()
    if not command.clockwork
    for parameter in command.parameters
    if takes_words(parameter)
]


WORST = 8
"""So many of ours are the worst."""
SHARE = max(16, len(PLACES) // 3)
"""Every so many samples go to one parameter; the next parameter gets the next ones."""


@pytest.fixture
def otto(house: House) -> Person:
    """An organiser who has been here for a while."""
    return lived_in(house)


def harmless(otto: Person, command: Command, parameter: Parameter, typed: str) -> None:
    """It is answered, nothing breaks, nobody is pinged, every renderer can show the answer."""
    given = {**required(command, otto), parameter.name: typed}
    how = "form" if parameter.in_form else "typed"
    invocation = Invocation(command.name, otto.actor, Place(), otto.house.key(), given, how="typed")
    with structlog.testing.capture_logs() as logged:
        shown = otto.does(invocation)
        if shown is not None and how == "form" and isinstance(shown.reply, Form):
            shown = otto.fills_in(shown)
    assert logged == [], (typed, logged)
    assert shown is not None
    assert rendered(shown.reply).slack_pings == (), typed


@pytest.mark.parametrize(
    ("command", "parameter"), PLACES, ids=lambda each: each.name.replace(" ", ".")
)
def test_naughty_words_harm_no_command(
    otto: Person, command: Command, parameter: Parameter
) -> None:
    """The worst go everywhere; of the others each parameter gets its share."""
    mine = PLACES.index((command, parameter))
    others = [*OURS[WORST:][mine % 3 :: 3], *SAMPLES[mine % SHARE :: SHARE]]
    for typed in [*OURS[:WORST], *others]:
        harmless(otto, command, parameter, typed)


@pytest.mark.skipif(not SAMPLES, reason="../shared/data is not beside the project")
def test_the_shared_samples_are_many_enough_to_reach_everybody() -> None:
    """Every share is somebody's."""
    assert len(PLACES) >= SHARE
    assert len(SAMPLES) > 700


def test_naughty_plain_words_are_answered(otto: Person) -> None:
    """In a direct message and after /snowball, whatever the words are."""
    for typed in [*OURS, *SAMPLES[::4]]:
        with structlog.testing.capture_logs() as logged:
            said = otto.says(typed)
            typed_too = otto.types(f"/snowball {typed}")
            gone = otto.types(f"/{typed}")
        assert logged == [], typed
        for each in (said, typed_too, gone):
            assert rendered(each.reply).slack_pings == (), typed


def test_naughty_names_of_files_and_their_bytes(otto: Person) -> None:
    """A file may be called and hold anything."""
    for content in (b"", b"\x00" * 100, b"\xff\xfe\x00", b"PK\x03\x04", b"name\n" + b"x" * 200_000):
        for name in ("", "../../etc/passwd", "<!channel>.csv", "a" * 3000):
            with structlog.testing.capture_logs() as logged:
                shown = otto.types("/cohort import", file=Upload(name, content))
            assert logged == []
            assert rendered(shown.reply).slack_pings == ()


def test_a_hostile_name_is_shown_as_typed(otto: Person) -> None:
    """A contact may be called anything that shows; it comes back as typed and is never markup."""
    for name in ("<!channel>", "@everyone", "[x](https://evil.example)", "*bold* _it_", "{name}"):
        otto.types("/contact add", name=name)
        card = otto.last
        assert card is not None
        assert f"{name} is on your list." in card.words
        made = rendered(card.reply)
        assert made.slack_pings == ()
        assert "<!channel>" not in made.page
        assert '"parse": []' in made.discord
