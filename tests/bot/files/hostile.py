"""Hostile inputs by area: the shared collection where it is there, or a reason to skip."""

import json
from pathlib import Path
from typing import Any

import pytest

_SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "hostile.json"
_BUILT = {
    "I05": 'a,"b' + "x" * 100_000,
    "I06": "x" * 131_073,
    "I08": ",".join("a" * 1000),
}


def hostile(area: str) -> list[tuple[str, Any]]:
    """(id, sample) of every text sample of `area`; those that need building are built here."""
    if not _SHARED.exists():
        return []
    items = [i for i in json.loads(_SHARED.read_text("utf-8")) if i["area"] == area]
    return [(i["id"], i["sample"] or _BUILT.get(i["id"])) for i in items if _is_text(i)]


def _is_text(item: dict[str, Any]) -> bool:
    return isinstance(item["sample"] or _BUILT.get(item["id"]), str)


def cases(area: str) -> list[Any]:
    """The samples of `area` as pytest parameters."""
    found = [pytest.param(sample, id=id_) for id_, sample in hostile(area)]
    missing = pytest.mark.skip(reason="../shared/data/hostile.json is not beside the project")
    return found or [pytest.param("", marks=missing, id="absent")]
