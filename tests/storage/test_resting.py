"""A workspace that is stopped, as both databases see it: others first, and a trial an hour."""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.cohort import Workspace
from bot.domain.owed import Owed, OwedState
from bot.domain.recipients import ToChannel, ToMember, together, written
from bot.stopping import may_probe, resume, stop
from storage.claims import Claims
from storage.database import Database
from tests.builders import NOW
from tests.storage.test_ways import Places, waiting, way

HOUR = TimeDelta(hours=1)


def stopped(database: Database, workspace: Workspace, at: Instant = NOW) -> None:
    """From then on."""
    with database.writing(workspace.cohort_id) as store:
        assert stop(store, workspace.id, "token_revoked", at)
        assert not stop(store, workspace.id, "again", at), "once"


def test_what_goes_elsewhere_does_and_the_rest_is_not_found(
    database: Database, cohort_id: int
) -> None:
    """Neither whom only it reaches, nor its channel, for an hour; others as ever."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        first, second = places.workspace("a", channel="c"), places.workspace("b", "slate")
        ana, ben = places.member("ana", first, second), places.member("ben", first)
        carl = places.member("carl", first, second)
        everybody = (ToMember(ana.id), ToMember(ben.id), together([ana.id, carl.id]),
                     ToChannel(first.id))  # fmt: skip
        for each in everybody:
            places.owe(each)
    stopped(database, first)
    assert waiting(database).keys() == {written(everybody[0]), written(everybody[2])}
    for to in (everybody[0], everybody[2]):
        assert way(database, to) == second
    later = {each.to for each in Claims(database).waiting(NOW + HOUR, ("paper", "slate"), (), 9)}
    assert later == {written(each) for each in everybody}


def test_one_trial_an_hour(database: Database, cohort_id: int) -> None:
    """Who takes it leaves none to the others; a trial that is to come was another clock's."""
    with database.writing(cohort_id) as store:
        homes = [Places(store).workspace(name) for name in "abc"]
        assert all(may_probe(store, home, NOW) for home in homes)
    for home, minutes in zip(homes, (0, 54, 56), strict=True):
        stopped(database, home)
        now = NOW + TimeDelta(minutes=minutes)
        with database.writing(cohort_id) as store:
            found = store.get(Workspace, home.id)
            assert found is not None
            assert may_probe(store, found, now) is (minutes > 55)
            assert not may_probe(store, found, now)
            assert may_probe(store, found, NOW - HOUR)


def test_back_is_noted_where_it_works(database: Database, cohort_id: int) -> None:
    """For all after an absence, but for those that are stopped; for one when it works again."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        first, second = places.workspace("a"), places.workspace("b")
    stopped(database, first)
    assert Claims(database).returned(NOW + HOUR) == 1
    with database.writing(cohort_id) as store:
        assert resume(store, first.id, NOW + 2 * HOUR)
        assert not resume(store, second.id, NOW + 2 * HOUR)
        found = {each.id: each for each in store.find(Workspace)}
    assert (found[first.id].back, found[second.id].back) == (NOW + 2 * HOUR, NOW + HOUR)
    assert (found[first.id].stopped, found[first.id].trouble) == (None, "")


def test_words_that_may_not_have_come_are_forgotten_in_time(
    database: Database, cohort_id: int
) -> None:
    """Of those alone: what is on its way keeps its words."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        home = places.workspace("a")
        for name in ("ana", "ben", "carl"):
            places.owe(ToMember(places.member(name, home).id))
        old, fresh, going = store.find(Owed)
        unknown = OwedState.UNKNOWN
        store.save(replace(old, state=unknown, settled=NOW - HOUR, reply="old"))
        store.save(replace(fresh, state=unknown, settled=NOW, reply="fresh"))
        store.save(replace(going, state=OwedState.SENDING, reply="going"))
    Claims(database).tidy(NOW, NOW)
    with database.reading(cohort_id) as store:
        assert [each.reply for each in store.find(Owed)] == ["", "fresh", "going"]
