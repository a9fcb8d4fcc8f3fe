"""Every part of a reply, every widget and every monster goes through every surface's renderer."""

import json

import pytest

from bot.dispatch import NoLimits
from bot.reply import Answer, Mention, Part, answer, from_json, text, to_json
from tests.gallery import EVIL, GALLERY, GIVEN, MONSTERS, WIDGETS, answer_of, field, form, words
from tests.surfaces import rendered

PARTS: dict[str, tuple[Part, ...]] = {
    **{name: (part,) for name, part in GALLERY.items()},
    **MONSTERS,
}


@pytest.mark.parametrize("name", PARTS)
def test_every_surface_renders_it(name: str) -> None:
    """None raises, none comes out empty where there is something to say, and none pings."""
    made = rendered(answer_of(*PARTS[name]))
    assert made.slack_pings == ()
    bodies = json.loads(made.discord)
    assert all(each["allowed_mentions"] == {"parse": []} for each in bodies)
    assert "<script" not in made.page


def test_a_mention_pings_the_one_it_means_and_nobody_else() -> None:
    """Also inside another text; typed words that look like one ping nobody."""
    who = text("{who}", who=Mention("77", "Ana <!here>"))
    made = rendered(answer(text("{who}, {typed} look here", who=who, typed="<@78> @everyone")))
    assert made.slack_pings == ("77",)
    (body,) = json.loads(made.discord)
    assert body["allowed_mentions"] == {"parse": [], "users": ["77"]}
    assert "<@77>" in made.discord
    assert "Ana" in made.page


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("given", GIVEN, ids=lambda each: f"{len(each)} characters")
def test_every_surface_asks_with_every_widget(widget: str, given: str) -> None:
    """A form with each widget, filled with the worst, with an error beside it."""
    made = rendered(form(field(widget, given, words(EVIL))))
    assert made.slack_pings == ()


@pytest.mark.parametrize("name", PARTS)
def test_a_kept_reply_is_the_same_reply(name: str) -> None:
    """What is kept in a row until it is settled comes back as it was."""
    kept = Answer(PARTS[name])
    assert from_json(to_json(kept)) == kept


def test_a_surface_that_holds_everything_splits_nothing() -> None:
    """The terminal and the page scroll."""
    whole = answer_of(*MONSTERS["all at once"])
    assert NoLimits().split(whole) == (whole, ())
