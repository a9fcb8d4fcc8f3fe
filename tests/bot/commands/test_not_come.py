"""What did not come and where nothing goes, as students and organisers see it."""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.cohort import Workspace
from bot.domain.owed import Owed, OwedState
from bot.invocation import call
from bot.plaintext import plain
from bot.reply import Answer, Paragraph, text, to_json
from tests.front_door import SURFACE, House, Person, at

MONDAY = at("2026-11-23 10:00")


def lost(house: House, person: Person, settled: Instant, reply: str = "", **about: object) -> Owed:
    """A message of theirs that nobody knows of."""
    member = person.member
    row = Owed(
        cohort_id=house.cohort.id, member_id=member.id, to=f"member:{member.id}",
        command="thanks remind", occurrence=settled.format_iso(), call="question",
        due=settled, first_try=settled, settled=settled, state=OwedState.UNKNOWN, reply=reply,
    )  # fmt: skip
    (made,) = house.add(replace(row, **about))
    return made


def test_the_due_list_shows_it_by_its_kind_and_the_press_its_words(
    house: House, ana: Person
) -> None:
    """For a month; not what is older, not the line about it, not to somebody else."""
    words = to_json(Answer((Paragraph(text("Thank Dana.")),)))
    lost(house, ana, MONDAY - TimeDelta(hours=20), words)
    lost(house, ana, MONDAY - TimeDelta(hours=31 * 24), words)
    lost(house, ana, MONDAY, command="missed unsure")
    due = ana.types("/network due")
    assert due.words.count("may not have come") == 1
    assert "thank-you reminder" in due.words
    shown = ana.presses("Show it", due)
    assert "Thank Dana." in shown.words
    ben = house.joined("Ben")
    assert "too old" in ben.presses("Show it", due).words


def test_without_the_words_it_is_made_anew_once(house: House, ana: Person) -> None:
    """As things stand now, and one press is enough."""
    lost(house, ana, MONDAY - TimeDelta(hours=20))
    due = ana.types("/network due")
    for _ in range(2):
        assert "write it again" in ana.presses("Show it", due).words
    assert house.ticks() == 1


def test_organisers_see_where_nothing_goes(house: House) -> None:
    """In the overview and in Monday's brief, until it works again; students do not."""
    olga = house.joined("Olga", admin=True)
    house.joined("Ben")
    assert "cannot send" not in olga.types("/cohort overview").words
    (space,) = house.rows(Workspace, surface=SURFACE)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(space, stopped=house.clock.now(), trouble="token_revoked", name="Class"))
    seen = olga.types("/cohort overview").words
    assert "I cannot send anything in Class" in seen
    assert "token_revoked" in seen
    with house.database.reading(house.cohort.id) as store:
        brief = house.dispatcher.run_owed(store, olga.member, call("cohort brief"))
    assert brief is not None
    assert "I cannot send anything in Class" in plain(brief)
