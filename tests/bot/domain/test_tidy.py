"""What people type becomes one clean line, and what shows nothing becomes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tidy import fold, tidy_line, tidy_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Dana   Reyes ", "Dana Reyes"),
        ("Dana\tReyes\r\nx", "Dana Reyes x"),
        ("Ann\u202egnp.exe", "Anngnp.exe"),
        ("\u2067Ann", "Ann"),
        ("A\u200bnn", "Ann"),
        ("Goo\u00adgle", "Google"),
        ("A\u0085B", "A B"),
        ("abc\b\bx", "abcx"),
        ("\u0301Ann", "Ann"),
        ("Jose\u0301", "José"),
        ("\U000e0041\U000e007f", ""),
        ("\u2060\u2060", ""),
        ("\u2800", ""),
        ("\ufe0f" * 20, ""),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("❤️", "❤️"),
        ("\udfff", ""),
        ("علی‌رضا", "علی‌رضا"),
    ],
)
def test_a_line_is_kept_as_it_looks(typed: str, kept: str) -> None:
    """Hidden characters go, letters and emoji stay."""
    assert tidy_line(typed) == kept


def test_a_tower_of_accents_is_lowered() -> None:
    """No letter keeps more than four marks."""
    assert len(tidy_line("Z" + "\u0335" * 50)) == 5


@given(st.text())
def test_tidying_is_stable_and_leaves_one_line(text: str) -> None:
    """Tidied once is tidied for good: NFC, one line, no control characters."""
    once = tidy_line(text)
    assert tidy_line(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert len(once.splitlines()) <= 1
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in once)


@given(st.text())
def test_text_of_several_lines_keeps_them(text: str) -> None:
    """Tidied text is stable, and has never two empty lines in a row."""
    once = tidy_text(text)
    assert tidy_text(once) == once
    assert "\n\n\n" not in once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "JOSE\u0301"),
        ("ﬁrm STRAßE", "firm strasse"),
        ("Øystein Łukasz", "oystein lukasz"),
        ("O’Neill-Smith", "ONeill Smith"),
        ("\u212aelvin", "kelvin"),
    ],
)
def test_folding_makes_spellings_equal(one: str, other: str) -> None:
    """Case, accents and looks do not matter when comparing."""
    assert fold(one) == fold(other)
