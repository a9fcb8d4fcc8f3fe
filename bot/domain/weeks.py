"""Which week a check-in is about, and how its history looks in text (FEATURES F6)."""

from collections.abc import Sequence

from whenever import Date

from bot.domain.talks import CheckIn

MOODS = {"up": "🙂 good", "so": "😐 so-so", "down": "😕 stuck"}
NEW_WEEK_SETTLES = 4
"""Until Thursday a check-in is about the week before; then about the one that is under way."""


def monday_of(day: Date) -> Date:
    """The Monday of a day's week."""
    return day.subtract(days=day.day_of_week().value - 1)


def week_asked(today: Date) -> Date:
    """The Monday of the week that a check-in made today is about."""
    monday = monday_of(today)
    return monday if today.day_of_week().value >= NEW_WEEK_SETTLES else monday.subtract(days=7)


def bar(talks: int, goal: int) -> str:
    """Talks as filled circles, up to the goal as empty ones."""
    return "●" * min(talks, 12) + "○" * max(0, min(goal, 12) - talks)


def team_bar(count: int, goal: int, cells: int = 10) -> str:
    """The way to a shared goal: full only when it is reached."""
    full = min(cells, count * cells // goal) if goal > 0 else 0
    return "▰" * full + "▱" * (cells - full)


def streak(weeks: Sequence[CheckIn], goal: int) -> int:
    """How many of the last weeks, newest first, reached the goal without a gap."""
    reached = 0
    for each in weeks:
        if each.talks < goal:
            break
        reached += 1
    return reached
