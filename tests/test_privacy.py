"""What each role can see of another's data: a table, held against everything that can be said.

Every command, typed alone, with fitting values and with the numbers of Ana's rows; what its forms
say, the buttons under it, its suggestions, its files, and the messages of a month.
"""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.command import Command, Parameter, registry
from bot.domain.cohort import Cohort, Role, Workspace
from bot.domain.owed import Owed
from bot.domain.people import Contact
from bot.invocation import Actor, Call, Invocation, Place, write
from bot.parameters import FileKind, ShortText
from bot.plaintext import plain
from bot.reply import Answer, Attachment, Form
from tests.builders import a_contact, an_alum
from tests.front_door import MONDAY, SURFACE, Person, Shown, furnish
from tests.planted import ALUM, ELSEWHERE, MARKS, ORGANISER, OTHERS, PEER, plant
from tests.test_tenancy import takes_number
from tests.walk_registry import calls_of, required

EVERY = [each for each in registry() if not each.clockwork]
ENDS_IT = {"mydata gone", "settings stop", "cohort organiser", "alum admit"}
"""What would leave nothing to look for, or make one role another."""
NUMBERS = {PEER: "124", ALUM: "2", ORGANISER: "12", ELSEWHERE: "1"}
"""Numbers of Ana's contacts, talks and introductions that somebody of a role tries."""


@pytest.fixture(scope="module")
def life(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Person]]:
    """Ana's life, and one person of every role who looks at it."""
    house = furnish(template, tmp_path_factory.mktemp("privacy"))
    ana, ben = house.joined("Ana"), house.joined("Ben")
    vera, otto = house.joined("Vera"), house.joined("Otto", admin=True)
    other = house.database.add_cohort(Cohort(name="Another class", created=MONDAY))
    with house.database.writing(other.id) as store:
        store.add(Workspace(cohort_id=other.id, surface=SURFACE, external_id="elsewhere"))
    theirs = replace(house, cohort=other)
    theirs._keys = house._keys
    zoe = Person(theirs, Actor(SURFACE, "elsewhere", "ana", "Ana", "Europe/Berlin", admin=True))
    zoe.types("/snowball")
    zoe.presses("Opt in")
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(vera.member, role=Role.ALUM))
        store.add(an_alum("Vera", house.cohort.id))
    plant(house, ana, ben)
    people = {"self": ana, PEER: ben, ALUM: vera, ORGANISER: otto, ELSEWHERE: zoe}
    for role in OTHERS:
        who = people[role]
        with who.house.database.writing(who.house.cohort.id) as store:
            store.add(a_contact("Lee Wong", who.house.cohort.id, who.member.id, field="Law"))
    yield people
    house.database.close()


def seen(shown: Shown | None) -> str:
    """All of it: words, what buttons carry, and what stands in its files."""
    if shown is None:
        return ""
    said = plain(shown.reply, shown.zone) + repr(shown.reply)
    parts = shown.reply.parts if isinstance(shown.reply, Answer) else ()
    return said + "".join(_unpacked(each) for each in parts if isinstance(each, Attachment))


def _unpacked(file: Attachment) -> str:
    if not file.name.endswith(".zip"):
        return file.content.decode(errors="replace")
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    return "".join(archive.read(name).decode() for name in archive.namelist())


def runs(who: Person, command: str, given: dict[str, str], how: str = "pressed") -> Shown | None:
    """One event of theirs."""
    return who.does(
        Invocation(command, who.actor, Place(), who.house.key(), given, how=how)  # ty: ignore[invalid-argument-type]
    )


def all_of(who: Person, command: Command, given: dict[str, str], *, deeper: bool) -> str:
    """What it says, what its form says, and what the buttons below lead to."""
    shown = runs(who, command.name, given)
    said = seen(shown)
    if shown is not None and isinstance(shown.reply, Form):
        shown = who.fills_in(shown)
        said += seen(shown)
    if shown is not None and deeper and isinstance(shown.reply, Answer):
        for each in itertools.islice(calls_of(shown.reply), 4):
            if each.command not in ENDS_IT:
                said += seen(runs(who, each.command, dict(each.arguments)))
    return said


def plain_values(command: Command, who: Person) -> dict[str, str]:
    """What it cannot do without; files are left to other tests."""
    given = required(command, who)
    return {name: value for name, value in given.items() if isinstance(value, str)}


def leaked(role: str, said: str) -> list[str]:
    """The things that this role was not to read, and did."""
    return [each.what for each in MARKS if role not in each.may and each.word in said]


@pytest.mark.parametrize("role", OTHERS)
def test_every_command_shows_a_role_what_it_may_see_and_no_more(
    life: dict[str, Person], role: str
) -> None:
    """Alone, with fitting values, and with each number that a row of Ana's has."""
    who, found = life[role], {}
    for command in EVERY:
        if command.name in ENDS_IT:
            continue
        given = plain_values(command, who)
        said = all_of(who, command, {}, deeper=role == PEER)
        if given:
            said += all_of(who, command, given, deeper=False)
        taken = [each.name for each in command.parameters if takes_number(each)]
        for name, number in itertools.product(taken[: 9 if role == PEER else 1], NUMBERS[role]):
            said += all_of(who, command, {**given, name: number}, deeper=False)
        if whats := leaked(role, said):
            found[command.name] = whats
    assert found == {}


@pytest.mark.parametrize("role", OTHERS)
def test_suggestions_show_a_role_what_it_may_see(life: dict[str, Person], role: str) -> None:
    """However much of a secret word is typed."""
    who, said = life[role], ""
    asked = [(c, p) for c in EVERY for p in c.parameters if p.kind.suggests]
    for command, parameter in asked:
        event = Invocation(command.name, who.actor, Place(), "")
        for typed in ("", "Quor", "Tand"):
            said += repr(who.house.dispatcher.suggest(event, parameter.name, typed))
    assert leaked(role, said) == []


DECOY = "Zzubkin"


@pytest.mark.parametrize("role", OTHERS)
def test_a_secret_word_is_answered_like_any_other(life: dict[str, Person], role: str) -> None:
    """Whoever guesses a name, an employer or a town cannot tell whether it is there."""
    who = life[role]
    reads = [each for each in EVERY if (each.reads or each.name in ASKS) and each.name != BY_LOT]
    for mark in (each for each in MARKS[:5] if role not in each.may):
        for command in reads:
            for parameter in (each for each in command.parameters if _takes_words(each)):
                secret = _answer(who, command, parameter, mark.word)
                assert secret == _answer(who, command, parameter, DECOY), (mark, command.name)


BY_LOT = "network unsure"
"""Any word leads to fields of its own."""
ASKS = {"intro request", "intro offer", "contact share", "contact remove", "ask draft"}


def _takes_words(parameter: Parameter) -> bool:
    kind = parameter.kind
    words = isinstance(kind, ShortText) or kind.word in ("contact", "person", "field")
    return words and not isinstance(kind, FileKind)


def _answer(who: Person, command: Command, parameter: Parameter, word: str) -> str:
    given = {**plain_values(command, who), parameter.name: word}
    said = seen(runs(who, command.name, given))
    said = re.sub(word, "W", said, flags=re.IGNORECASE)
    return re.sub(r"draft='[^']*'|'d': '[^']*'", "", said)


@pytest.mark.parametrize("role", OTHERS)
def test_only_a_reminder_that_was_ones_own_comes_again(life: dict[str, Person], role: str) -> None:
    """Some are for several or for the channel, and say what one of them alone was never told."""
    who = life[role]
    mine = {each.call for each in who.house.rows(Owed, member_id=who.member.id)}
    for command in (each for each in registry() if each.clockwork):
        for number in NUMBERS[role]:
            again = write(Call(command.name, dict.fromkeys(_names(command), number)))
            if again not in mine:
                given = {"what": again, "about": "guessed", "when": "1h"}
                assert "not there any more" in seen(runs(who, "later", given)), again
    assert who.house.rows(Owed, subject="guessed") == []


def _names(command: Command) -> list[str]:
    return [each.name for each in command.parameters]


@pytest.mark.parametrize("role", OTHERS)
def test_a_month_of_messages_tells_a_role_what_it_may_know(
    life: dict[str, Person], role: str
) -> None:
    """Whatever was set going above comes due; the channel is read by everybody in the class."""
    house = life["self"].house
    for _ in range(4):
        house.moves_to(house.clock.now().add(hours=24 * 9))
    letters = life[role].letters if role != ELSEWHERE else []
    said = "".join(seen(each) for each in (*letters, *house.posts))
    assert leaked(role, said) == []


def test_ana_herself_sees_all_of_it(life: dict[str, Person]) -> None:
    """The marks are still there, so that what was not seen above was there to be seen."""
    ana = life["self"]
    said = seen(runs(ana, "mydata export", {}))
    missing = {each.what for each in MARKS if each.word not in said}
    his = {"a blurb that waits for its owner", "what came of an introduction"}
    assert missing - his == {"the calendar's address"}
    assert len(ana.keeps(Contact)) >= 4


def test_the_table_names_what_may_be_seen_because_it_is(life: dict[str, Person]) -> None:
    """Who may see something does see it somewhere: an empty cell is a promise, a full one too."""
    ben = life[PEER]
    assert "Yzmarra" in seen(runs(ben, "alum find", {"field": "publishing"}))
    assert "Drellick" in seen(runs(ben, "intro list", {}))
    assert "Yzmarra" not in seen(runs(life[ALUM], "alum find", {"field": "publishing"}))
    assert "Yzmarra" not in seen(runs(life[ELSEWHERE], "alum find", {"field": "publishing"}))
