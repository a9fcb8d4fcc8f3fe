"""What the cohort does together: the shared goal, and whether a win can be posted (G3)."""

from whenever import Date

from bot.channel import channels
from bot.domain.cohort import Cohort
from bot.domain.talks import Talk
from bot.domain.weeks import team_bar
from bot.invocation import Call, call
from bot.parameters import ShortText
from bot.ports import AtLeast, Store
from bot.reply import Button, Text, button, text

LENGTH = ShortText(300)
"""A win is a sentence or two."""


def together(store: Store, cohort: Cohort) -> Text | None:
    """The way to the shared goal, as a bar; None where there is none. Nobody's share is in it."""
    if not cohort.team_goal:
        return None
    begins = cohort.starts or Date.MIN
    count = store.count(Talk, held=AtLeast(begins))
    bar, goal = team_bar(count, cohort.team_goal), cohort.team_goal
    if count >= goal:
        return text("{bar} {count} talks together: the goal of {goal} is reached.",
                    bar=bar, count=count, goal=goal)  # fmt: skip
    return text("{bar} {count} of {goal} talks together", bar=bar, count=count, goal=goal)


def win_buttons(store: Store, words: str | None = None) -> tuple[Button, ...]:
    """[Share as a win], where there is a channel to share it in; nothing is posted by itself."""
    does: Call = call("win write", words=words)
    return (button("Share as a win", does),) if channels(store) else ()
