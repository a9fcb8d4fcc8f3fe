"""Two cohorts in one database, with the same people's names: nobody reads or changes the other's.

A whole cohort is lived in first; then every command and every button of it is tried by somebody of
another cohort, with the first one's numbers. So is a classmate with the first member's numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import structlog
from sqlalchemy import text

from bot.command import Command, Parameter, registry
from bot.domain.cohort import Cohort, Workspace
from bot.domain.people import Contact
from bot.invocation import Actor, Call, Given, Invocation, Place, Upload, read, write, write_id
from bot.parameters import FileKind, NumberKind
from bot.plaintext import plain
from bot.reply import Form
from storage.tables import SHAPES
from tests.builders import a_contact, a_talk, an_alum
from tests.front_door import MONDAY, SURFACE, House, Person, Shown
from tests.walk_registry import calls_of, fitting, required

SECRET = "Zyxwort"
"""Stands in everything that the first cohort keeps, and nowhere else."""
EVERY = [each for each in registry() if not each.clockwork]
ENDS_IT = {"mydata gone"}
"""What would leave nothing to look for."""
CSV = f"name,company,email\n{SECRET} Rao,{SECRET} Inc,{SECRET}@example.org\n".encode()
NUMBERS = re.compile(r"[0-9]{1,18}")


@dataclass
class Two:
    """Ana and Ben of the first cohort, Zoe of the second, and all buttons that Ana was shown."""

    house: House
    ana: Person
    ben: Person
    zoe: Person
    buttons: list[str]


def somebody(house: House, cohort: Cohort, user: str, name: str) -> Person:
    """Who acts in this cohort's own workspace."""
    place = SURFACE if cohort is house.cohort else "elsewhere"
    theirs = replace(house, cohort=cohort)
    theirs._keys = house._keys
    actor = Actor(SURFACE, place, user, name, "Europe/Berlin", admin=True)
    return Person(theirs, actor)


def secretly(parameter: Parameter, who: Person) -> Given:
    """Fitting, and with the secret in it wherever words may stand."""
    given = (
        Upload("a.csv", CSV) if isinstance(parameter.kind, FileKind) else fitting(parameter, who)
    )
    return f"{SECRET} words" if given == "marketing" else given


def lives(who: Person, buttons: list[str]) -> None:
    """Runs every command with everything given, fills in what opens, and keeps what it shows."""
    for command in EVERY:
        if command.name in ENDS_IT:
            continue
        given = {each.name: secretly(each, who) for each in command.parameters}
        said = Invocation(command.name, who.actor, Place(), who.house.key(), given, how="pressed")
        shown = who.does(said)
        assert shown is not None
        if isinstance(shown.reply, Form):
            buttons.append(write(Call("~", {"d": shown.reply.draft})))
            shown = who.fills_in(shown)
        buttons += [write(each) for each in calls_of(shown.reply)]


@pytest.fixture(scope="module")
def two(template_of_two: House) -> Two:
    """Both cohorts, the first one lived in."""
    house = template_of_two
    other = house.database.add_cohort(Cohort(name="Another class", created=MONDAY))
    with house.database.writing(other.id) as store:
        store.add(Workspace(cohort_id=other.id, surface=SURFACE, external_id="elsewhere"))
    ana = somebody(house, house.cohort, "u1", "Ana")
    ben = somebody(house, house.cohort, "u2", "Ben")
    zoe = somebody(house, other, "u1", "Ana")
    for each in (ana, ben, zoe):
        each.types("/snowball")
        each.presses("Opt in")
    buttons: list[str] = []
    _furnish(ana, SECRET)
    lives(ana, buttons)
    _furnish(zoe, "Plain")
    # A button that carries the words itself brings them wherever it is pressed: those aside.
    return Two(house, ana, ben, zoe, sorted(each for each in set(buttons) if SECRET not in each))


def _furnish(who: Person, word: str) -> None:
    cohort, me = who.house.cohort.id, who.member.id
    with who.house.database.writing(cohort) as store:
        alum = store.add(an_alum(f"{word} Kim", cohort_id=cohort, company=f"{word} Foods"))
        dana = store.add(
            a_contact(
                f"{word} Dana", cohort, me, email=f"{word}@example.org", notes=word, field=word,
                company=word, alum_id=alum.id,
            )
        )  # fmt: skip
        store.add(a_contact(f"{word} Lee", cohort, me, referred_by=dana.id))
        store.add(a_talk(dana.id, cohort, me, takeaways=word, tip=word))


@pytest.fixture(scope="module")
def template_of_two(
    template: "object", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house that lasts for this file: living in it takes a while."""
    from tests.front_door import furnish  # noqa: PLC0415 - named like a helper here

    made = furnish(template, tmp_path_factory.mktemp("two"))  # ty: ignore[invalid-argument-type]
    yield made
    made.database.close()


def kept(house: House, cohort_id: int) -> dict[str, list[str]]:
    """Every row of a cohort, but for who used what last and what was typed into a form."""
    found: dict[str, list[str]] = {}
    with house.database.transaction() as connection:
        for shape in SHAPES:
            if shape.table in ("cohorts", "seen", "accounts", "drafts"):
                continue
            rows = connection.execute(
                text(f"SELECT * FROM {shape.table} WHERE cohort_id = :c ORDER BY id"),
                {"c": cohort_id},
            )
            found[shape.table] = [str(tuple(row)) for row in rows]
    return found


def numbers_of(house: House, cohort_id: int) -> list[str]:
    """The ids that rows of a cohort have, some of every table."""
    found: set[int] = set()
    with house.database.transaction() as connection:
        for shape in SHAPES:
            if shape.table == "cohorts":
                continue
            ids = connection.execute(
                text(f"SELECT id FROM {shape.table} WHERE cohort_id = :c ORDER BY id"),
                {"c": cohort_id},
            ).scalars()
            every = list(ids)
            found |= {*every[:2], *every[-1:]}
    return [str(each) for each in sorted(found)]


def tries(who: Person, invocation: Invocation) -> str:
    """What it says, and what its form would say."""
    with structlog.testing.capture_logs() as logged:
        shown = who.does(invocation)
        words = "" if shown is None else _all_of(shown)
        if shown is not None and isinstance(shown.reply, Form):
            words += _all_of(who.fills_in(shown))
    assert logged == [], (invocation.command, dict(invocation.arguments), logged)
    return words


def _all_of(shown: Shown) -> str:
    return plain(shown.reply, shown.zone) + repr(shown.reply)


def takes_number(parameter: Parameter) -> bool:
    """Whether a row's number may be given for it."""
    kind = parameter.kind
    return kind.word in ("contact", "person", "alum", "member", "talk") or (
        isinstance(kind, NumberKind) or type(kind).__module__ != "bot.parameters"
    )


PLACES = [(c, p) for c in EVERY if c.name not in ENDS_IT for p in c.parameters if takes_number(p)]


@pytest.mark.parametrize(
    ("command", "parameter"), PLACES, ids=lambda each: each.name.replace(" ", ".")
)
def test_another_cohorts_numbers_open_nothing(
    two: Two, command: Command, parameter: Parameter
) -> None:
    """Every command, with each number that a row of the first cohort has."""
    zoe, first = two.zoe, two.house.cohort.id
    before = kept(two.house, first)
    for number in numbers_of(two.house, first):
        given = {**required(command, zoe), parameter.name: number}
        said = Invocation(command.name, zoe.actor, Place(), zoe.house.key(), given, how="pressed")
        assert SECRET not in tries(zoe, said), number
    assert kept(two.house, first) == before


def test_another_cohorts_buttons_open_nothing(two: Two) -> None:
    """Every button that Ana was shown, pressed in the other workspace, with her cohort in its id
    and without."""
    first = two.house.cohort.id
    before = kept(two.house, first)
    assert len(two.buttons) > 50
    for written in two.buttons:
        for cohort in (first, two.zoe.house.cohort.id, 999, None):
            called = read(written)
            if called.command in ENDS_IT:
                continue
            said = Invocation(
                called.command, two.zoe.actor, Place(), two.zoe.house.key(), called.arguments,
                cohort=cohort, how="pressed",
            )  # fmt: skip
            assert SECRET not in tries(two.zoe, said), written
    assert kept(two.house, first) == before


def test_a_classmate_reads_nothing_that_is_mine(two: Two) -> None:
    """The same cohort, another member: contacts, talks and notes stay their owner's."""
    house, ben, ana = two.house, two.ben, two.ana
    mine = {each.id for each in house.rows(Contact, owner_id=ana.member.id)}
    for command, parameter in PLACES:
        if command.who.value != "student" or command.family in ("alum", "cohort"):
            continue
        for number in map(str, sorted(mine)[:4]):
            given = {parameter.name: number}
            said = Invocation(
                command.name, ben.actor, Place(), ben.house.key(), given, how="pressed"
            )
            words = tries(ben, said)
            assert f"{SECRET} Dana" not in words, (command.name, parameter.name)
            assert f"{SECRET}@" not in words, (command.name, parameter.name)


def test_search_and_lists_stay_inside(two: Two) -> None:
    """Nothing of the first cohort is found, listed or counted in the second; a word of theirs that
    was typed is only said back."""
    for line in (
        f"/alum find company: {SECRET} Foods", "/alum find field: marketing", "/contact list",
        f"/contact show {SECRET} Dana", "/interview list", "/snowball today", "/thanks",
        f"/interview log {SECRET} Dana", "/checkin", "/mydata delete", "/cohort settings",
    ):  # fmt: skip
        seen = _all_of(two.zoe.types(line))
        assert f"{SECRET} Kim" not in seen
        assert f"{SECRET}@" not in seen
        assert SECRET in line or SECRET not in seen, line


def test_suggestions_stay_inside(two: Two) -> None:
    """Completion proposes nobody of the other cohort, however much is typed."""
    asked = [(c, p) for c in EVERY for p in c.parameters if p.kind.suggests]
    assert len(asked) > 10
    for command, parameter in asked:
        said = Invocation(command.name, two.zoe.actor, Place(), "")
        for typed in ("", SECRET[:3], SECRET, "Ben"):
            offered = two.house.dispatcher.suggest(said, parameter.name, typed)
            assert SECRET not in repr(offered)
            assert "Ben" not in [each.label for each in offered]


def test_a_dm_is_about_the_cohort_used_last_and_a_button_about_its_own(two: Two) -> None:
    """On a surface whose direct messages name no workspace, one account in two cohorts."""
    direct = replace(two.ana.actor, workspace="")
    for person in (two.ana, two.zoe):
        cohort = person.house.cohort.id
        said = Invocation(
            "contact list", direct, Place(), two.house.key(), cohort=cohort, how="pressed"
        )
        answered = two.house.dispatcher(said, two.house.surface)
        assert answered is not None
        assert answered.cohort == cohort
        assert (SECRET in repr(answered.reply)) == (cohort == two.house.cohort.id)
    stranger = replace(two.ben.actor, workspace="", user="nobody")
    said = Invocation(
        "contact list", stranger, Place(), "", cohort=two.house.cohort.id, how="pressed"
    )
    answered = two.house.dispatcher(said, two.house.surface)
    assert answered is not None
    assert "don’t know this place" in plain(answered.reply, "UTC")


def test_a_button_of_another_cohort_pressed_by_its_written_id(two: Two) -> None:
    """The number in the id is a wish, not a right."""
    written = write_id(Call("contact list"), two.house.cohort.id, 1)
    assert SECRET not in _all_of(two.zoe.presses_id(written))
