"""Talks that were had, what was promised in them, questions used, and weekly check-ins."""

from dataclasses import dataclass, replace
from typing import Annotated

from whenever import Date, Instant

from bot.domain.marks import ContactId, MemberId, Ref, Secret, TalkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk with a contact: what was learned, the tip, and whether thanks were sent."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    contact_id: ContactId
    held: Date
    logged: Instant
    takeaways: Secret = ""
    tip: Secret = ""
    intended: Secret = ""
    """What the student means to do with the tip; quoted in the thank-you."""
    fit: str = ""
    """"nearer", "further" or "unsure" (FEATURES D5); "" when not said."""
    fit_because: Secret = ""
    thanked: Instant | None = None
    advice_used: Instant | None = None
    """When the student said that the tip was put to use (FEATURES D6)."""
    shared: Instant | None = None
    """When the student showed this note to the organiser (FEATURES H3)."""

    def rewritten(self, **words: str) -> "Talk":
        """With other words. A note was shared as it read then, so it is private again."""
        new = replace(self, **words)
        same = (new.takeaways, new.tip) == (self.takeaways, self.tip)
        return new if same else replace(new, shared=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something the student said they would do."""

    cohort_id: int
    id: int = 0
    talk_id: TalkId
    member_id: MemberId
    words: Secret
    due: Date | None = None
    done: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUse:
    """A question shown to a member, for a person or in general; ``saved``: on their list."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    contact_id: Annotated[int | None, Ref("Contact")] = None
    question: str
    shown: Instant
    saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One member's week, in their own words; editable."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    week: Date
    """The Monday it begins with."""
    asks: int = 0
    talks: int = 0
    mood: str = ""
    words: Secret = ""
    skipped: bool = False
    answered: Instant
