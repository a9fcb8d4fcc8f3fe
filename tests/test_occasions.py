"""An occasion on every surface: its name, when, where and what about, whatever they hold."""

import pytest
from whenever import Instant

from adapters.slack.surface import SlackSurface
from bot.reply import Answer, Occasion, answer, described, from_json, text, to_json
from tests.surfaces import rendered
from tests.test_hostile import OURS

AT = Instant.from_utc(2027, 3, 1, 17)
FAIR = Occasion("Careers fair", AT, 90, "Room 12", "Bring questions.")


def test_everybody_shows_all_of_it() -> None:
    """The moment in the reader's own zone, or as the platform shows it."""
    shown = rendered(answer(FAIR))
    for words in ("Careers fair", "Room 12", "Bring questions."):
        assert all(
            words in each for each in (shown.terminal, shown.slack, shown.discord, shown.page)
        )
    assert "Monday 1 March, 18:00" in shown.terminal
    assert f'"timestamp": {AT.timestamp()}' in shown.slack
    assert f"<t:{AT.timestamp()}:" in shown.discord


def test_what_is_not_known_is_left_out() -> None:
    """No empty place, no empty paragraph."""
    assert len(described(Occasion("Careers fair", AT))) == 2
    assert "Where" not in rendered(answer(Occasion("Careers fair", AT))).terminal


def test_a_cancelled_one_is_left_to_the_words_around_it() -> None:
    """It only takes it out of a calendar."""
    off = Occasion("Careers fair", AT, cancelled=True)
    assert described(off) == ()
    shown = rendered(answer(text("Called off."), off))
    assert "Careers fair" not in shown.terminal + shown.slack + shown.discord + shown.page


def test_it_is_kept_with_the_reply_until_that_is_settled() -> None:
    """As text and back."""
    assert from_json(to_json(answer(FAIR))) == answer(FAIR)


@pytest.mark.parametrize("words", [each for each in OURS if each.isprintable()])
def test_hostile_words_are_words(words: str) -> None:
    """Nobody is pinged, nothing becomes markup of the page."""
    shown = rendered(answer(Occasion(words, AT, 60, words, words)))
    assert shown.slack_pings == ()
    assert "<script" not in shown.page


def test_a_long_one_is_split_like_the_rest() -> None:
    """Within what one Slack message holds, nothing is lost."""
    many = Answer(tuple(Occasion(f"Fair {n}", AT, 60, "Hall", "x" * 900) for n in range(20)))
    head, rest = SlackSurface().split(many)
    assert [*head.parts, *rest] == [*many.parts]
    assert rest
