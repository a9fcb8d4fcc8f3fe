"""Wins and the shared goal: only what somebody chose to post, as a sum and never a ranking (G3)."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Cohort, Workspace
from bot.domain.events import Win
from bot.domain.weeks import team_bar
from tests.builders import a_contact, a_talk
from tests.front_door import SURFACE, House, Person


@pytest.fixture
def channel(house: House) -> None:
    """The cohort has a channel."""
    with house.database.writing(house.cohort.id) as store:
        workspace = store.first(Workspace)
        assert workspace is not None
        store.save(replace(workspace, channel="c"))


def logs_a_talk(who: Person) -> None:
    """A talk with Dana, as the form has it."""
    who.types("/interview log Dana")
    who.fills_in(takeaways="Much")


@pytest.mark.usefixtures("channel")
def test_a_win_is_previewed_and_posted_once(ana: Person, house: House) -> None:
    """In the student's own words, with the name they go by; pressed twice it is one."""
    logs_a_talk(ana)
    assert ana.last is not None
    share = ana.picks("Share as a win") if "Share as a win" in ana.last.options else ana.presses(
        "Share as a win"
    )  # fmt: skip
    note = share.form.note
    assert note is not None
    assert "Your class reads this in the channel, with your name." in note.template
    preview = ana.fills_in(words="My first talk, and I was not even nervous")
    house.ticks()
    assert house.posts == []
    assert "Ana: My first talk, and I was not even nervous" in preview.words
    assert ana.presses("Post it", on=preview).words == "Posted. Well done, Ana."
    assert "posted already" in ana.presses("Post it", on=preview).words
    house.ticks()
    (post,) = house.posts
    assert post.words == "Ana: My first talk, and I was not even nervous"
    assert len(house.rows(Win)) == 1


@pytest.mark.usefixtures("channel")
def test_what_is_not_posted_stays_mine(ana: Person, house: House) -> None:
    """Changed before it is posted, or not posted at all."""
    ana.types("/win write")
    ana.fills_in(words="Hoorey")
    ana.presses("Change it")
    assert ana.last is not None
    assert ana.last.given["words"] == "Hoorey"
    ana.fills_in(words="Hooray")
    ana.presses("Rather not")
    house.ticks()
    assert (house.posts, house.rows(Win)) == ([], [])


def test_without_a_channel_nothing_is_offered(ana: Person, house: House) -> None:
    """Neither after a talk nor by hand."""
    logs_a_talk(ana)
    assert ana.last is not None
    assert "Share as a win" not in (*ana.last.labels, *ana.last.options)
    ana.types("/win write")
    assert "no channel yet" in ana.fills_in(words="Hooray").words
    assert house.rows(Win) == []


@pytest.mark.usefixtures("channel")
def test_the_shared_goal_is_a_sum(ana: Person, house: House) -> None:
    """Set by an organiser, in everybody's progress and below a win; nobody's share is said."""
    otto = house.joined("Otto", admin=True)
    settings = otto.types("/cohort settings")
    assert "None yet." in settings.words
    otto.presses("Set it")
    said = otto.fills_in(talks="4")
    assert "▱▱▱▱▱▱▱▱▱▱ 0 of 4 talks together" in said.words
    logs_a_talk(ana)
    assert "Your class: ▰▰▱▱▱▱▱▱▱▱ 1 of 4 talks together" in otto.types("/network progress").words
    ana.types("/win write")
    assert "1 of 4 talks together" in ana.fills_in(words="One down").words
    otto.types("/cohort goal")
    assert "No shared goal now" in otto.fills_in(talks="0").words
    assert "together" not in ana.types("/network progress").words
    assert "Only an organiser" in ana.types("/cohort goal").words


def test_the_goal_counts_no_other_cohort(ana: Person, house: House) -> None:
    """Talks of another class bring nothing nearer."""
    other = house.database.add_cohort(Cohort(name="Another", created=house.clock.now()))
    with house.database.writing(other.id) as store:
        store.add(Workspace(cohort_id=other.id, surface=SURFACE, external_id="elsewhere"))
        zoe = store.add(replace(ana.member, cohort_id=other.id, id=0, name="Zoe"))
        dana = store.add(a_contact("Dana", other.id, zoe.id))
        store.add(a_talk(dana.id, other.id, zoe.id))
    otto = house.joined("Otto", admin=True)
    otto.types("/cohort goal")
    assert "0 of 10 talks" in otto.fills_in(talks="10").words


def test_a_bar_is_full_only_at_the_goal() -> None:
    """Nearly there is not there."""
    assert team_bar(99, 100) == "▰" * 9 + "▱"
    assert team_bar(120, 100) == "▰" * 10
    assert team_bar(0, 100) == "▱" * 10


@pytest.mark.usefixtures("channel")
def test_three_wins_a_day_are_enough_for_a_channel(ana: Person, house: House) -> None:
    """Everybody reads each of them."""
    for number in range(4):
        ana.types("/win write")
        ana.fills_in(words=f"Win {number}")
        ana.presses("Post it")
    assert ana.last is not None
    assert "3 wins in a day" in ana.last.words
    assert len(house.rows(Win)) == 3


@pytest.mark.usefixtures("channel")
def test_the_channel_and_the_brief_count_the_same_talks(ana: Person, house: House) -> None:
    """Logged ones, and as many more as a check-in told; and both say what they count."""
    otto = house.joined("Otto", admin=True)
    logs_a_talk(ana)
    ana.types("/checkin")
    for tap in ("2", "3", "😕 stuck"):
        ana.presses(tap)
    otto.types("/cohort goal")
    said = otto.fills_in(talks="10").words
    (seen,) = [row for row in otto.types("/cohort overview").words.splitlines() if "Ana" in row]
    talks = seen.split(" talk")[0].split()[-1]
    assert f"{talks} of 10 talks together" in said
    assert "what students log, and what they tell me in check-ins" in said
    house.passes("2026-11-30 12:00", hours=24)
    (brief,) = [each.words for each in otto.letters if "Your class this week" in each.words]
    assert f"{talks} talks" in brief
    assert "what students log, and what they tell me in check-ins" in brief
