"""The kinds of parameters: how each is read from what was typed, suggested, and asked for.

A kind raises BadValueError with a sentence that says what would do, or AmbiguousError to ask which.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from whenever import Time

from bot.domain.tidy import fold, tidy_line, tidy_text
from bot.invocation import Upload
from bot.refusal import unfit
from bot.reply import Choice, Choose, Line, LongLine, PickFile, Widget

if TYPE_CHECKING:
    from bot.context import Context

T = TypeVar("T")
LONG_TEXT = 3000
"""Characters of long text everywhere: a Slack section holds 3,000 (Block Kit reference)."""
SHORT_TEXT = 200
MOST_SUGGESTIONS = 25
"""Discord shows at most 25 choices (docs: application command autocomplete)."""


class LongText(str):
    """Several sentences, at most 3,000 characters."""

    __slots__ = ()


class FieldWords(str):
    """A field of work, in the student's own words."""

    __slots__ = ()


class ZoneName(str):
    """An IANA time zone."""

    __slots__ = ()


class Kind(Generic[T]):
    """One kind of value. ``word`` names it in help."""

    word: str = "text"
    suggests: bool = False

    def parse(self, given: str, ctx: "Context") -> T:
        """The value that was typed. Raises BadValueError or AmbiguousError."""
        raise NotImplementedError

    def write(self, value: T) -> str:
        """The value as :meth:`parse` reads it."""
        return str(value)

    def show(self, value: T, ctx: "Context") -> str:
        """The value as a person reads and would type it."""
        del ctx
        return self.write(value)

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        """Up to 25 values that begin like, or mean, what was typed so far. Read-only."""
        del typed, ctx
        return []

    def widget(self) -> Widget:
        """What asks for it in a form."""
        return Line(suggests=self.suggests)


class ShortText(Kind[str]):
    """One line of text."""

    def __init__(self, limit: int = SHORT_TEXT) -> None:
        self.limit = limit

    def parse(self, given: str, ctx: "Context") -> str:
        del ctx
        line = tidy_line(given)
        if len(line) > self.limit:
            raise unfit(
                "That is {long} characters; up to {limit} fit here. Shorten it a little.",
                long=len(line),
                limit=self.limit,
            )
        return line

    def widget(self) -> Widget:
        return Line(max_length=self.limit)


class LongTextKind(Kind[LongText]):
    """Several sentences."""

    word = "long text"

    def parse(self, given: str, ctx: "Context") -> LongText:
        del ctx
        words = tidy_text(given)
        if len(words) > LONG_TEXT:
            raise unfit(
                "That is {long} characters; up to {limit} fit here. Shorten it a little.",
                long=len(words),
                limit=LONG_TEXT,
            )
        return LongText(words)

    def widget(self) -> Widget:
        return LongLine()


class NumberKind(Kind[int]):
    """A whole number between two bounds."""

    word = "number"

    def __init__(self, least: int = 0, most: int = 1_000_000) -> None:
        self.least = least
        self.most = most

    def parse(self, given: str, ctx: "Context") -> int:
        del ctx
        try:
            number = int(given.strip())
        except ValueError:
            raise unfit("I need a number here, such as {example}.", example=self.least) from None
        if not self.least <= number <= self.most:
            raise unfit(
                "A number from {least} to {most} fits here.", least=self.least, most=self.most
            )
        return number

    def widget(self) -> Widget:
        return Line(max_length=12)


YES = frozenset({"yes", "y", "true", "1", "on", "ja", "oui", "si"})
NO = frozenset({"no", "n", "false", "0", "off", "nein", "non"})


class YesNo(Kind[bool]):
    """Yes or no."""

    word = "yes/no"

    def parse(self, given: str, ctx: "Context") -> bool:
        del ctx
        word = fold(given)
        if word in YES:
            return True
        if word in NO:
            return False
        raise unfit("Yes or no?")

    def write(self, value: bool) -> str:
        return "yes" if value else "no"

    def widget(self) -> Widget:
        return Choose((Choice("yes", "Yes"), Choice("no", "No")))


class OneOf(Kind[str]):
    """One of a closed few, given as value → words. Values or words may be typed."""

    word = "choice"
    suggests = True

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def parse(self, given: str, ctx: "Context") -> str:
        del ctx
        typed = fold(given)
        for value, words in self.words.items():
            if typed in (fold(value), fold(words)):
                return value
        near = [value for value, words in self.words.items() if typed and typed in fold(words)]
        if len(near) == 1:
            return near[0]
        raise unfit("One of these fits here: {choices}.", choices=", ".join(self.words.values()))

    def show(self, value: str, ctx: "Context") -> str:
        del ctx
        return self.words[value]

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        del ctx
        return [
            Choice(value, words)
            for value, words in self.words.items()
            if fold(typed) in fold(words) or fold(typed) in fold(value)
        ][:MOST_SUGGESTIONS]

    def widget(self) -> Widget:
        return Choose(tuple(Choice(value, words) for value, words in self.words.items()))


class EnumKind(Kind[StrEnum]):
    """One member of an enumeration."""

    word = "choice"
    suggests = True

    def __init__(self, of: type[StrEnum], words: dict[Any, str] | None = None) -> None:
        self.of = of
        self.choices = OneOf(
            {each.value: (words or {}).get(each, each.value.replace("-", " ")) for each in of}
        )

    def parse(self, given: str, ctx: "Context") -> StrEnum:
        return self.of(self.choices.parse(given, ctx))

    def write(self, value: StrEnum) -> str:
        return value.value

    def show(self, value: StrEnum, ctx: "Context") -> str:
        return self.choices.show(value.value, ctx)

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        return self.choices.suggest(typed, ctx)

    def widget(self) -> Widget:
        return self.choices.widget()


class FieldKind(Kind[FieldWords]):
    """A field of work; anything may be typed, known fields are suggested."""

    word = "field"
    suggests = True

    def parse(self, given: str, ctx: "Context") -> FieldWords:
        return FieldWords(ShortText().parse(given, ctx))

    def suggest(self, typed: str, ctx: "Context") -> list[Choice]:
        labels = ctx.content.fields_for(ctx.cohort).suggest(typed)
        return [Choice(label, label) for label in labels[:MOST_SUGGESTIONS]]


class ClockTime(Kind[Time]):
    """An hour of the day: "9", "9:30", "6 pm"."""

    word = "time"

    def parse(self, given: str, ctx: "Context") -> Time:
        del ctx
        from bot.domain.dates import understand_time  # noqa: PLC0415 - its libraries load slowly

        found = understand_time(given)
        if found is None:
            raise unfit("I could not read that time. “9:30” or “6 pm” would do.")
        return found

    def write(self, value: Time) -> str:
        return value.format_iso()[:5]


class FileKind(Kind[Upload]):
    """A file from the chat."""

    word = "file"

    def parse(self, given: str, ctx: "Context") -> Upload:
        del given, ctx
        raise unfit("I need a file here: attach one, please.")

    def widget(self) -> Widget:
        return PickFile()
