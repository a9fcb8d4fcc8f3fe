"""The search's rules: which tokens an alum has, and what a query looks for."""

import pytest

from bot.content.load_fields import load_fields
from bot.domain.fields import Fields
from bot.domain.search import RANKED, field_token, level_of, plan, tokens_of


@pytest.fixture(scope="module")
def fields() -> Fields:
    """Our own fields."""
    return load_fields()


def test_an_alum_is_found_by_title_employer_place_and_field(fields: Fields) -> None:
    found = tokens_of(
        "Nurses", "Mercy Inc", "São Paulo", "Music", "Care", {"nursing": 0.95}, fields
    )
    assert {"emercy", "psao", "ppaulo", "mmusic", "scare", "fnursing9"} <= found
    assert any(token.startswith("tnurs") for token in found)


def test_surer_fields_have_higher_levels() -> None:
    assert [level_of(weight) for weight in (1.0, 0.8, 0.6, 0.3, 0.0)] == [9, 7, 5, 3, 3]


def test_a_token_has_only_letters_and_digits() -> None:
    """Else it would need quoting in a query, and "R&D (new)" is a field somebody adds."""
    assert field_token("r&d-(new)", 9) == "frdnew9"


def test_the_field_asked_for_comes_before_a_broader_reading(fields: Fields) -> None:
    wanted = plan(fields.understand("marketing"), {})
    assert wanted.ranked[0].tokens == ("fmarketing9",)
    assert all(arm.score >= RANKED for arm in wanted.ranked if arm.any_of)


def test_neighbours_are_never_of_the_field_asked_for(fields: Fields) -> None:
    wanted = plan(fields.understand("actuary"), {})
    assert wanted.adjacent
    assert all("factuarial9" in arm.unless for arm in wanted.adjacent)
    assert all(arm.score % 100 < len(wanted.near) for arm in wanted.adjacent)


def test_words_that_mean_no_field_are_looked_for_as_they_stand(fields: Fields) -> None:
    wanted = plan(fields.understand("zzyzx qwerty"), {})
    assert wanted.ranked[0].tokens == ("tzzyzx", "tqwert")
    assert wanted.adjacent == ()


def test_a_word_taken_for_a_place_is_not_looked_for_in_titles(fields: Fields) -> None:
    meant = fields.understand("nurses in springfieldville", frozenset({"springfieldville"}))
    wanted = plan(meant, {}, [("pspringfieldville",)], ["springfieldville"])
    assert wanted.needed == (("pspringfieldville",),)
    assert not any("springfieldville" in token for arm in wanted.ranked for token in arm.tokens)


def test_titles_of_an_added_field_are_found_without_indexing_anew(fields: Fields) -> None:
    extended = fields.with_extra({"airships": {"titles": ["blimp tender"]}})
    wanted = plan(extended.understand("airships"), {"airships": ("blimp tender",)})
    assert any(arm.tokens == ("tblimp", "ttend") for arm in wanted.ranked)
