"""The wish list and the card of one person: where they stand, what happened, what comes next."""

from typing import Any

import pytest
from whenever import Date

from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.meetings import Meeting
from bot.domain.people import Contact, ContactKind, Standing
from bot.domain.talks import Promise, Talk
from tests.builders import a_talk, an_alum
from tests.front_door import House, Person, at


def knows(house: House, ana: Person, name: str, **rest: Any) -> Contact:
    """Somebody on Ana's list."""
    made = Contact(
        cohort_id=house.cohort.id, owner_id=ana.member.id, name=name, added=house.clock.now(),
        **rest,
    )  # fmt: skip
    return house.add(made)[0]


def test_who_comes_next_is_first_on_the_list(house: House, ana: Person) -> None:
    """To ask before asked before met, whatever their names."""
    knows(house, ana, "Ada", standing=Standing.MET)
    knows(house, ana, "Ben", standing=Standing.ASKED)
    knows(house, ana, "Zoe")
    assert ana.types("/contact list").people == ["Zoe", "Ben", "Ada"]


def test_the_list_narrows_to_one_standing_and_widens_again(house: House, ana: Person) -> None:
    """A menu with counts, and a word that can be typed."""
    knows(house, ana, "Ada", standing=Standing.MET)
    knows(house, ana, "Ben", standing=Standing.MET)
    knows(house, ana, "Zoe")
    ana.types("/contact list")
    assert ana.picks("met (2)").people == ["Ada", "Ben"]
    assert ana.picks("all").people == ["Zoe", "Ada", "Ben"]
    assert ana.types("/contact list standing: to ask").people == ["Zoe"]


def test_nobody_at_a_standing_says_so(house: House, ana: Person) -> None:
    """An empty filter is no dead end."""
    knows(house, ana, "Zoe")
    assert "Nobody stands at “booked”" in ana.types("/contact list standing: booked").words
    assert ana.presses("Show all").people == ["Zoe"]


def test_pages_keep_the_filter(house: House, ana: Person) -> None:
    """The second page of those to ask is still of those to ask."""
    for number in range(12):
        knows(house, ana, f"Zoe {number:02}")
    knows(house, ana, "Ada", standing=Standing.MET)
    ana.types("/contact list standing: to ask")
    assert ana.presses("Next").people == ["Zoe 10", "Zoe 11"]


def test_the_card_is_a_timeline_with_the_newest_first(house: House, ana: Person) -> None:
    """Ask, meeting, talk with tip and promise, touch: each at its time, nothing of anybody else."""
    dana = knows(
        house, ana, "Dana", standing=Standing.THANKED, facts="She wrote about tides.",
        kind=ContactKind.ALUM,
    )  # fmt: skip
    mine: dict[str, Any] = {
        "cohort_id": house.cohort.id,
        "member_id": ana.member.id,
        "contact_id": dana.id,
    }
    sent = at("2026-10-01 10:00")
    held = Date(2026, 10, 12)
    talk, *_ = house.add(
        a_talk(dana.id, tip="Learn SQL first.", held=held, member_id=ana.member.id),
        Ask(**mine, drafted=sent, sent=sent, answered=sent.add(hours=48), outcome="replied"),
        Meeting(**mine, at=at("2026-10-11 15:00"), made=sent),
        Touch(**mine, at=at("2026-11-02 09:00"), words="Sent the article."),
    )
    assert isinstance(talk, Talk)
    house.add(
        Promise(
            cohort_id=house.cohort.id, talk_id=talk.id, member_id=ana.member.id,
            words="send my CV", due=Date(2026, 10, 20),
        )
    )  # fmt: skip
    words = ana.types("/contact show person: Dana").words
    order = [
        "In touch", "Sent the article.", "Talk on", "Learn SQL first.", "Promised: send my CV",
        "Meeting", "Asked", "She wrote about tides.",
    ]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "replied" in words
    assert "Write again: Friday 1 January" in words


def test_the_card_shows_who_led_to_whom(house: House, ana: Person) -> None:
    """Referred by, and led to."""
    dana = knows(house, ana, "Dana")
    kim = knows(house, ana, "Kim", referred_by=dana.id)
    knows(house, ana, "Lee", referred_by=kim.id)
    words = ana.types("/contact show person: Kim").words
    assert "Suggested by: Dana" in words
    assert "Led you to: Lee" in words


def test_a_directory_person_shows_how_they_like_to_be_asked_and_no_address(
    house: House, ana: Person
) -> None:
    """Topics, channel and what is free this month; an ask by a classmate counts, unnamed."""
    alum = house.add(
        an_alum(
            "Dana Whitfield", email="dana@alumni.test", topics="brand work", channel="LinkedIn",
            asks_per_month=2,
        )
    )[0]  # fmt: skip
    ben = house.joined("Ben")
    theirs = knows(house, ben, "Dana Whitfield", alum_id=alum.id)
    house.add(
        Ask(
            cohort_id=house.cohort.id, member_id=ben.member.id, contact_id=theirs.id,
            alum_id=alum.id, drafted=house.clock.now(), sent=house.clock.now(),
        )
    )  # fmt: skip
    knows(house, ana, "Dana Whitfield", alum_id=alum.id)
    words = ana.types("/contact show person: Dana").words
    assert "Glad to talk about: brand work" in words
    assert "Likes to be asked by: LinkedIn" in words
    assert "free to be asked: 1 this month" in words
    assert "dana@alumni.test" not in words
    assert "Ben" not in words


@pytest.mark.parametrize("met", [Standing.MET, Standing.THANKED, Standing.IN_TOUCH])
def test_who_was_met_is_not_free_to_be_asked(house: House, ana: Person, met: Standing) -> None:
    """Their topics still help; their asks a month are over with."""
    alum = house.add(an_alum("Dana Whitfield", topics="brand work", asks_per_month=2))[0]
    knows(house, ana, "Dana Whitfield", alum_id=alum.id, standing=met)
    words = ana.types("/contact show person: Dana").words
    assert "brand work" in words
    assert "free to be asked" not in words


def test_who_was_asked_has_the_request(house: House, ana: Person) -> None:
    """However many they still take of others."""
    alum = house.add(an_alum("Dana Whitfield", asks_per_month=2))[0]
    knows(house, ana, "Dana Whitfield", alum_id=alum.id, standing=Standing.ASKED)
    words = ana.types("/contact show person: Dana").words
    assert "has your request" in words
    assert "free to be asked" not in words


def test_somebody_paused_takes_no_requests(house: House, ana: Person) -> None:
    """The card says so before anybody drafts."""
    alum = house.add(an_alum("Dana Whitfield", paused=True))[0]
    knows(house, ana, "Dana Whitfield", alum_id=alum.id)
    assert "takes no requests just now" in ana.types("/contact show person: Dana").words


def test_somebody_asked_by_a_classmate_shows_from_when(house: House, ana: Person) -> None:
    """The hold, without whose it is."""
    alum = house.add(an_alum("Dana Whitfield"))[0]
    ben = house.joined("Ben")
    theirs = knows(house, ben, "Dana Whitfield", alum_id=alum.id)
    house.add(
        Ask(
            cohort_id=house.cohort.id, member_id=ben.member.id, contact_id=theirs.id,
            alum_id=alum.id, drafted=house.clock.now(), sent=house.clock.now(),
        )
    )  # fmt: skip
    knows(house, ana, "Dana Whitfield", alum_id=alum.id)
    words = ana.types("/contact show person: Dana").words
    assert "can be asked from Wednesday 23 December; it isn’t about you" in words
    assert "Ben" not in words
    assert "has your request" in ben.types("/contact show person: Dana").words


def test_only_legal_moves_are_offered(house: House, ana: Person) -> None:
    """Nobody who was not met can be thanked."""
    knows(house, ana, "Dana")
    options = ana.types("/contact show person: Dana").options
    assert "I asked them" in options
    assert "I thanked them" not in options
    assert "We’re in touch" not in options
    ana.picks("They wrote back")
    assert ana.keeps(Contact)[0].standing is Standing.REPLIED


def test_a_press_that_comes_late_throws_nobody_back(house: House, ana: Person) -> None:
    """The card was open while a talk was logged."""
    dana = knows(house, ana, "Dana", standing=Standing.ASKED)
    old = ana.types("/contact show person: Dana")
    ana.types("/interview log person: Dana")
    ana.fills_in()
    shown = ana.picks("No answer came", old)
    assert "does not follow from there" in shown.words
    assert house.rows(Contact, id=dana.id)[0].standing is Standing.MET
