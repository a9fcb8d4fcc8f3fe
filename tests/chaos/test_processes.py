"""The experiments of ``make chaos`` about processes that are killed, in their short form."""

from collections.abc import Callable

import pytest

from tests.chaos.short import PROCESSES, holds


@pytest.mark.parametrize("name", PROCESSES)
def test_what_must_be_shown_is_seen(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    """Each line of its table holds."""
    holds(name, record_property)
