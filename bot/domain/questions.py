"""The question bank (FEATURES C1): one that fits the part and the field, and none twice for the
same person until all have been shown.
"""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, get_args

from bot.domain.tidy import fold

Part = Literal["history", "job", "future"]
PARTS: tuple[Part, ...] = get_args(Part)
PART_WORDS: Mapping[Part, str] = {
    "history": "career history",
    "job": "the job",
    "future": "the future",
}
_BY_FIELD = "by-field"
_OF_THE_FIELD = 0.4  # how often a question made for the field is taken while there is one left


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `fields` empty means that it suits every field."""

    key: str
    part: Part
    ask: str
    fields: frozenset[str] = frozenset()
    opener: bool = False
    closer: bool = False


def read_questions(content: Mapping[str, Any]) -> tuple[Question, ...]:
    """The bank as its content file has it: a table a part, with `by-field` tables inside."""
    found: list[Question] = []
    for part in PARTS:
        tables: Mapping[str, Any] = content[part]
        entries = {**tables, **tables.get(_BY_FIELD, {})}
        entries.pop(_BY_FIELD, None)
        for key, entry in entries.items():
            found.append(_read(f"{part}.{key}", part, entry))
    return tuple(found)


def read_own(kept: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[Question, ...]:
    """The questions that a cohort's organiser added."""
    return tuple(
        Question(key=key, part=part, ask=each["ask"][0], fields=frozenset(each["fields"]))
        for key, each in kept.items()
        for part in PARTS
        if part == each["part"][0]
    )


def own_key(part: Part, ask: str) -> str:
    """A short key that the same question has again; no key of the bank looks like it."""
    return f"own.{part}.{sha256(fold(ask).encode()).hexdigest()[:12]}"


def _read(key: str, part: Part, entry: Mapping[str, Any]) -> Question:
    return Question(
        key=key,
        part=part,
        ask=entry["ask"],
        fields=frozenset(entry.get("fields", ())),
        opener=entry.get("opener", False),
        closer=entry.get("closer", False),
    )


def suits(question: Question, field_ids: Iterable[str]) -> bool:
    """Whether it may be put to somebody of these fields."""
    return not question.fields or not question.fields.isdisjoint(field_ids)


def pick(
    questions: Sequence[Question],
    part: Part | None,
    field_ids: Collection[str],
    already: Collection[str],
    seed: int | str,
) -> Question | None:
    """One question not in `already`; None when all that fit have been shown.

    The first of a talk is one to begin with. The same arguments give the same question.
    """
    fitting = [q for q in questions if part in (None, q.part) and suits(q, field_ids)]
    left = [q for q in fitting if q.key not in already]
    if len(left) == len(fitting):
        left = [q for q in left if q.opener] or left
    if not left:
        return None
    chance = random.Random(str(seed))
    made_for_it = [q for q in left if q.fields]
    if made_for_it and chance.random() < _OF_THE_FIELD:
        left = made_for_it
    return chance.choice(left)


def pick_for_talk(
    questions: Sequence[Question],
    field_ids: Collection[str],
    already: Collection[str],
    seed: int | str,
    count: int = 5,
) -> tuple[Question, ...]:
    """Questions for the evening before, in the order of the three parts: an opener first, one
    to end with last.
    """
    closers = [q for q in questions if q.closer]
    last = pick(closers, None, field_ids, already, seed)
    chosen = [last] if last and count > 1 else []
    others = [q for q in questions if not q.closer]
    used = set(already)
    for turn in range(count - len(chosen)):
        part = PARTS[turn % len(PARTS)]
        found = pick(others, part, field_ids, used, f"{seed}/{turn}")
        if found:
            chosen.append(found)
            used.add(found.key)
    order = {part: place for place, part in enumerate(PARTS)}
    return tuple(sorted(chosen, key=lambda q: (q.closer, order[q.part], not q.opener)))
