"""Whatever a student does with a booked talk, no message about it comes that has lost its point."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.meetings import Meeting, MeetingState
from tests.front_door import House, Person, at, furnish

ACTS = st.sampled_from(
    ["wait", "wait", "wait", "day", "later", "sooner", "cancel", "again", "stop", "start"]
)
LINES = {
    "cancel": "/interview cancel Dana",
    "stop": "/settings stop",
    "start": "/settings start",
}


def acts(house: House, ana: Person, act: str) -> None:
    """One thing that a student does, or time that passes in between."""
    (meeting,) = ana.keeps(Meeting)
    now = house.clock.now()
    if act in ("wait", "day"):
        for _hour in range(24 if act == "day" else 5):
            house.moves_to(house.clock.now().add(hours=1))
            look(ana)
    elif act in ("later", "sooner", "again"):
        hours = {"later": 50, "sooner": 5, "again": 26}[act]
        ana.types(f"/interview move {meeting.id} when: {now.add(hours=hours).format_iso()}")
    else:
        ana.types(LINES[act])


def look(ana: Person) -> None:
    """What came in this hour still had its point when it came."""
    (meeting,) = ana.keeps(Meeting)
    now = ana.house.clock.now()
    for letter in ana.letters:
        words = letter.words
        about = any(each in words for each in ("Thank them, say", "Thank them first"))
        if about or "Did it happen" in words:
            assert meeting.state is MeetingState.BOOKED, words
            assert ana.member.hears, words
            assert (now < meeting.at) == about, words
    ana.letters.clear()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACTS, min_size=3, max_size=12))
def test_no_message_about_a_talk_that_is_off_moved_or_over(template: Path, done: list[str]) -> None:
    """Briefs and last words lie before the talk, questions after it, nothing after a cancel."""
    with tempfile.TemporaryDirectory() as folder:
        house = furnish(template, Path(folder))
        try:
            ana = house.joined("Ana")
            ana.types("/interview book Dana when: tomorrow 3pm")
            assert ana.keeps(Meeting)[0].at == at("2026-11-24 15:00")
            for act in done:
                acts(house, ana, act)
            house.ticks()
            look(ana)
        finally:
            house.database.close()
