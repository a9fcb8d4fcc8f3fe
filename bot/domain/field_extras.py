"""Fields that an organiser taught, merged over ours; made once for the same additions."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.domain.fields import Fields


def with_extra(fields: Fields, extra: Mapping[str, Mapping[str, Sequence[str]]]) -> Fields:
    """Fields with a cohort's own merged over them."""
    return _extended(fields, json.dumps(extra, sort_keys=True)) if extra else fields


@lru_cache(maxsize=16)
def _extended(fields: Fields, extra: str) -> Fields:
    return fields.with_extra(json.loads(extra))
