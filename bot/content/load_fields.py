"""Reads the fields of work from their files, once."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from bot.domain.field_words import lexicon
from bot.domain.fields import Field, Fields

LISTS = ("titles", "words", "short", "asked", "wishes", "near")


@lru_cache(maxsize=1)
def load_fields() -> Fields:
    """Our own fields, of every file in ``fields/``."""
    content = files("bot.content")
    words = tomllib.loads(content.joinpath("words.toml").read_text(encoding="utf-8"))
    read: list[Field] = []
    for each in sorted(content.joinpath("fields").iterdir(), key=lambda file: file.name):
        if each.name.endswith(".toml"):
            area = each.name.removesuffix(".toml")
            for key, listed in tomllib.loads(each.read_text(encoding="utf-8")).items():
                read.append(_field(key, area, listed))
    return Fields(tuple(read), lexicon(words))


def _field(key: str, area: str, listed: Mapping[str, str]) -> Field:
    lists = {
        name: tuple(part.strip() for part in listed.get(name, "").split(",") if part.strip())
        for name in LISTS
    }
    return Field(id=key, label=listed["label"], area=area, **lists)
