"""Small numbers, days and hours as a sentence says them."""

from bot.domain.cohort import Numbers

_WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
    9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 15: "fifteen", 20: "twenty",
    25: "twenty-five", 30: "thirty", 40: "forty", 45: "forty-five", 50: "fifty", 60: "sixty",
}  # fmt: skip
DAY = 24


def spelled(number: int) -> str:
    """Seven, twenty; what is no everyday number stays in digits."""
    return _WORDS.get(number, str(number))


def minutes(numbers: Numbers) -> str:
    """How long a talk is, in passing: "twenty minutes"."""
    return f"{spelled(numbers.ask_minutes)} minutes"


def minutes_asked(numbers: Numbers) -> str:
    """What a note asks for, in words: "twenty to thirty minutes"."""
    least, most = numbers.ask_minutes, numbers.ask_minutes_most
    return minutes(numbers) if most <= least else f"{spelled(least)} to {spelled(most)} minutes"


def some_names(numbers: Numbers) -> str:
    """How many a student asks for before they leave: "one or two names"."""
    most = numbers.names_to_ask
    return "one name" if most == 1 else f"{spelled(most - 1)} or {spelled(most)} names"


def times(number: int) -> str:
    """Once, twice; then so many times."""
    return {1: "once", 2: "twice"}.get(number, f"{spelled(number)} times")


def days(number: int) -> str:
    """A day, a week, two weeks; else so many days."""
    if number == 1:
        return "a day"
    weeks, left = divmod(number, 7)
    if weeks and not left:
        return "a week" if weeks == 1 else f"{spelled(weeks)} weeks"
    return f"{spelled(number)} days"


def hours(number: int) -> str:
    """As days where they are whole; else so many hours."""
    whole, left = divmod(number, DAY)
    if whole and not left:
        return days(whole)
    return "an hour" if number == 1 else f"{spelled(number)} hours"
