"""The palette is readable: words against their ground in light and in dark (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest

STATIC = Path("adapters/web/static")
WORDS = 4.5
EDGES = 3.0
PAIRS = [
    ("ink", "page", WORDS), ("ink", "paper", WORDS), ("ink", "card", WORDS), ("ink", "tint", WORDS),
    ("ink", "hover", WORDS), ("ink", "warm-tint", WORDS), ("soft", "page", WORDS),
    ("soft", "paper", WORDS), ("soft", "card", WORDS), ("soft", "hover", WORDS),
    ("soft", "tint", WORDS), ("soft", "warm-tint", WORDS), ("main", "page", WORDS),
    ("main", "card", WORDS), ("main", "tint", WORDS), ("main", "hover", WORDS),
    ("on-main", "main", WORDS), ("on-main", "main-deep", WORDS), ("warm", "warm-tint", WORDS),
    ("warm", "page", WORDS), ("danger", "card", WORDS), ("danger", "page", WORDS),
    ("danger", "danger-tint", WORDS), ("ink", "danger-tint", WORDS), ("page", "ink", WORDS),
    ("edge", "page", EDGES), ("edge", "card", EDGES), ("focus", "page", EDGES),
    ("focus", "paper", EDGES), ("focus", "card", EDGES), ("warm", "paper", EDGES),
]  # fmt: skip


def palettes() -> dict[str, dict[str, str]]:
    css = (STATIC / "base.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    read = {"light": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))}
    read["dark"] = {**read["light"], **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))}
    return read


def brightness(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_words_stand_out_from_their_ground(
    scheme: str, words: str, ground: str, least: float
) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[words], palette[ground]) >= least


def test_initials_stand_out_from_every_avatar() -> None:
    css = (STATIC / "chat.css").read_text(encoding="utf-8")
    tones = re.findall(r"\.tone-\d \{ background: (#[0-9a-f]{6})", css)
    assert len(tones) == 6
    assert min(contrast("#ffffff", tone) for tone in tones) >= WORDS


def test_both_palettes_name_the_same_colours() -> None:
    css = (STATIC / "base.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    names = [set(re.findall(r"--([\w-]+): #", part)) for part in (light, dark)]
    assert names[0] == names[1]
