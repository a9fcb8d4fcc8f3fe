"""What the cohort does together: the shared goal, and whether a win can be posted (G3)."""

from bot.channel import channels
from bot.context import Context
from bot.domain.weeks import team_bar
from bot.invocation import Call, call
from bot.overviews import lines
from bot.parameters import ShortText
from bot.ports import Store
from bot.reply import Button, Text, button, text

LENGTH = ShortText(300)
"""A win is a sentence or two."""


COUNTED = text("what students log, and what they tell me in check-ins")
"""What every count of talks is made of, the channel's as well as the organiser's."""


def together(ctx: Context) -> Text | None:
    """The way to the shared goal, as a bar; None where there is none. Nobody's share is in it.

    The same count as the organiser's brief has."""
    goal = ctx.cohort.team_goal
    if not goal:
        return None
    count = sum(each.talks for each in lines(ctx) if each.joined)
    bar = team_bar(count, goal)
    if count >= goal:
        return text("{bar} {count} talks together: the goal of {goal} is reached.",
                    bar=bar, count=count, goal=goal)  # fmt: skip
    return text("{bar} {count} of {goal} talks together", bar=bar, count=count, goal=goal)


def win_buttons(store: Store, words: str | None = None) -> tuple[Button, ...]:
    """[Share as a win], where there is a channel to share it in; nothing is posted by itself."""
    does: Call = call("win write", words=words)
    return (button("Share as a win", does),) if channels(store) else ()
