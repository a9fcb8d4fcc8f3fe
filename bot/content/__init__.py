"""What Snowball knows by heart: fields of work and questions, as data files, loaded once."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from bot.content.load_fields import load_fields
from bot.domain.cohort import Cohort
from bot.domain.field_extras import with_extra
from bot.domain.fields import Fields
from bot.domain.questions import Question, read_own, read_questions


@dataclass(frozen=True, slots=True)
class Content:
    """The fields and the questions."""

    fields: Fields = field(repr=False)  # hundreds of fields: seconds to write out, nothing to read
    questions: tuple[Question, ...] = field(repr=False)

    def fields_for(self, cohort: Cohort) -> Fields:
        """Our fields with those that the cohort's organiser added."""
        return with_extra(self.fields, cohort.extra_fields) if cohort.extra_fields else self.fields

    def questions_for(self, cohort: Cohort) -> tuple[Question, ...]:
        """The bank with the questions that the cohort's organiser added."""
        return (*self.questions, *read_own(cohort.questions))


@lru_cache(maxsize=1)
def load() -> Content:
    """Reads the data files, once."""
    bank = files("bot.content").joinpath("questions.toml").read_text(encoding="utf-8")
    return Content(load_fields(), read_questions(tomllib.loads(bank)))
