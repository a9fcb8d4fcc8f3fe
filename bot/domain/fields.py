"""Fields of work: what a student's words mean, what a job title means, and what lies next to it.

Made once from content; everything here is looked up, nothing is guessed from the directory.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.field_titles import Phrases, Titles, bare
from bot.domain.field_typos import Mender
from bot.domain.field_words import LONGEST, Lexicon, singular, split, stem

LABEL, SHORT, TITLE, ASKED, WORD = 1.0, 1.0, 0.95, 0.85, 0.7
"""How surely a phrase means the field, by where the content lists it."""
MOST_MEANT = 6
ENOUGH = 0.34
"""A wish must share this much of its meaning with a field."""
CLOSE = 0.66
"""Fields this near to the best one are meant too."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work, as the content has it."""

    id: str
    label: str
    titles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A field that words mean: how surely (0 to 1), and by what: phrase, title, wish or near."""

    id: str
    label: str
    weight: float
    how: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of somebody's words."""

    fields: tuple[Meant, ...] = ()
    near: tuple[Meant, ...] = ()
    words: tuple[str, ...] = ()
    """The words that say something, as job titles would have them."""
    left: tuple[str, ...] = ()
    """Of these, the ones that no field explains: a place or an employer, perhaps."""
    mended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Fields:
    """All fields of a cohort: ours and the organiser's."""

    fields: tuple[Field, ...]
    lexicon: Lexicon = field(default_factory=Lexicon)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        return {each.id: each for each in self.fields}

    @cached_property
    def _asked(self) -> dict[str, dict[str, float]]:
        """What is typed → the fields it means. Broad names are listed under several fields."""
        index: dict[str, dict[str, float]] = defaultdict(dict)
        for each in self.fields:
            for phrases, weight in (
                ((each.label,), LABEL), (each.short, SHORT), (each.wishes, LABEL),
                (each.titles, TITLE), (each.asked, ASKED), (each.words, WORD),
            ):  # fmt: skip
                for at, phrase in enumerate(phrases):
                    key = " ".join(self.lexicon.words(phrase))
                    less = min(at, 10) * 0.01 if weight == ASKED else 0
                    index[key][each.id] = max(index[key].get(each.id, 0), weight - less)
        return dict(index)

    @cached_property
    def _titles(self) -> Titles:
        index: Phrases = defaultdict(dict)
        for each in self.fields:
            for phrases, weight in (
                ((each.label,), 0.8), (each.titles, 1.0), (each.short, 0.85), (each.words, 0.6)
            ):  # fmt: skip
                for phrase in phrases:
                    key = " ".join(bare(self.lexicon.words(phrase)))
                    if len(key) > 1 and key not in self.lexicon.noise | self.lexicon.filler:
                        sure = 0.8 if weight == 0.6 and " " in key else weight
                        index[key][each.id] = max(index[key].get(each.id, 0), sure)
        known = {word for phrase in index for word in phrase.split()}
        return Titles(dict(index), self.lexicon, Mender(known))

    @cached_property
    def _senses(self) -> dict[str, dict[str, float]]:
        """Stem → the fields whose phrases have it, and how central it is there."""
        index: dict[str, dict[str, float]] = defaultdict(dict)
        for each in self.fields:
            for phrases, weight in (
                (each.wishes, 1.0), ((each.label,), 1.0), (each.asked, 0.9), (each.words, 0.7),
                (each.titles, 0.45),
            ):  # fmt: skip
                for phrase in phrases:
                    for word in self.lexicon.senses(self.lexicon.words(phrase, spelled_out=False)):
                        index[word][each.id] = max(index[word].get(each.id, 0), weight)
        return dict(index)

    @cached_property
    def _wishes(self) -> dict[str, list[frozenset[str]]]:
        return {
            each.id: [
                frozenset(self.lexicon.senses(self.lexicon.words(phrase, spelled_out=False)))
                for phrase in (*each.wishes, *each.asked)
            ]
            for each in self.fields
        }

    @cached_property
    def mender(self) -> Mender:
        """Mends what students type: knows the words of the content, as they are written."""
        known = {
            word
            for each in self.fields
            for phrases in ((each.label,), each.titles, each.words, each.asked, each.wishes)
            for phrase in phrases
            for word in split(phrase)
        }
        return Mender(known | set(self.lexicon.short) | self.lexicon.noise | self.lexicon.filler)

    def classify(self, title: str, field_text: str = "", note: str = "") -> dict[str, float]:
        """The fields of somebody with this job, and how surely each is theirs.

        The directory's own column helps where the title leaves it open; a note only where there is
        nothing else, and then for little."""
        found = self._titles.fields_of(title)
        if field_text and len(found) != 1:
            hinted = self._hinted(field_text)
            if found:
                return (
                    {
                        key: weight if key in hinted else weight * 0.9
                        for key, weight in found.items()
                    }
                    if hinted.keys() & found.keys()
                    else found
                )
            return {key: 0.45 * weight for key, weight in hinted.items()}
        if not found and note:
            said = self._titles.fields_of(note)
            return {key: 0.3 for key, weight in said.items() if weight > 0.9}
        return found

    def _hinted(self, text: str) -> dict[str, float]:
        known = self._hints.get(text)
        if known is None:
            known = {each.id: each.weight for each in self.understand(text).fields}
            if len(self._hints) < 5_000:
                self._hints[text] = known
        return known

    @cached_property
    def _hints(self) -> dict[str, dict[str, float]]:
        return {}

    def understand(self, text: str, also_known: frozenset[str] = frozenset()) -> Understanding:
        """The fields that somebody's words mean, and their neighbours."""
        text = text[:200]
        words, mended = self._mended(text, also_known)
        spelled = [each for word in words for each in self.lexicon.words(word)]
        meant, how = self._by_phrase(text, words, spelled)
        if not meant:
            meant, how = self._by_parts(words, spelled)
        best = sorted(meant.items(), key=lambda item: -item[1])[:MOST_MEANT]
        fields = tuple(
            Meant(key, self.by_id[key].label, round(weight, 3), how) for key, weight in best
        )
        said = tuple(
            dict.fromkeys(
                word for word in spelled
                if word not in self.lexicon.filler and word not in self.lexicon.noise
            )
        )  # fmt: skip
        left = () if how == "phrase" else tuple(word for word in said if self._unknown(word))
        return Understanding(fields, self.near(fields), said, left, mended)

    def _unknown(self, word: str) -> bool:
        return stem(self.lexicon.same.get(word, word)) not in self._senses

    def near(self, fields: tuple[Meant, ...], most: int = 12) -> tuple[Meant, ...]:
        """The neighbours of fields, nearest first; of several, by turns."""
        taken = {each.id for each in fields}
        found: dict[str, float] = {}
        for each in fields:
            for at, key in enumerate(self.by_id[each.id].near):
                if key in self.by_id and key not in taken:
                    closeness = each.weight * (0.9 - 0.06 * min(at, 10))
                    found[key] = max(found.get(key, 0), closeness)
        best = sorted(found.items(), key=lambda item: -item[1])[:most]
        return tuple(Meant(key, self.by_id[key].label, round(w, 3), "near") for key, w in best)

    def ids_of(self, words: str) -> tuple[str, ...]:
        """The fields that words mean, surest first; () when they mean none."""
        return tuple(each.id for each in self.understand(words).fields)

    def suggest(self, typed: str, most: int = 25) -> list[str]:
        """Labels to complete what is typed: those that begin so, have a word so, or mean it."""
        typed = " ".join(split(typed))
        if not typed:
            return sorted(each.label for each in self.fields)[:most]
        ranked: dict[str, int] = {}
        for each in self.fields:
            label = " ".join(split(each.label))
            others = (*each.asked, *each.short, *each.titles)
            if label.startswith(typed):
                ranked[each.label] = 0
            elif f" {typed}" in label:
                ranked[each.label] = 1
            elif any(other.casefold().startswith(typed) for other in others):
                ranked[each.label] = 2
        if not ranked:
            ranked = {each.label: 3 for each in self.understand(typed).fields}
        return sorted(ranked, key=lambda label: (ranked[label], label))[:most]

    def with_extra(self, extra: Mapping[str, Mapping[str, Iterable[str]]]) -> "Fields":
        """These fields with an organiser's merged over them: new ones, or more words for ours."""
        merged = dict(self.by_id)
        for key, more in extra.items():
            merged[key] = _merged(merged.get(key), key, more)
        return Fields(tuple(merged.values()), self.lexicon)

    def _mended(
        self, text: str, also_known: frozenset[str]
    ) -> tuple[list[str], tuple[tuple[str, str], ...]]:
        words: list[str] = []
        mended: list[tuple[str, str]] = []
        for word in split(text):
            parts = [word]
            known = word in self.mender.known or word in also_known or len(word) < 4
            if not known and self._unknown(singular(word)):
                better = self.mender.best(word)
                parts = [better] if better else list(self.mender.parts(word) or [word])
            if parts != [word]:
                mended.append((word, " ".join(parts)))
            words += parts
        return words, tuple(mended)

    def _by_phrase(
        self, text: str, words: list[str], spelled: list[str]
    ) -> tuple[dict[str, float], str]:
        """The whole of it is a phrase we know, with or without the filler around it."""
        del text
        tries = [" ".join(spelled)]
        bare = [w for w in words if w not in self.lexicon.filler]
        tries.append(" ".join(each for word in bare for each in self.lexicon.words(word)))
        tries.append(tries[0].replace(" ", ""))
        for key in tries:
            if key in self._asked:
                return self._asked[key], "phrase"
        return {}, ""

    def _by_parts(self, words: list[str], spelled: list[str]) -> tuple[dict[str, float], str]:
        """Read as a job title, and as a wish; the two add up."""
        senses = self.lexicon.senses(
            each for word in words for each in self.lexicon.words(word, spelled_out=False)
        )
        wish = self._by_wish(senses)
        content = [word for word in spelled if word not in self.lexicon.filler]
        title = self._titles.fields_of_words(content) if len(content) <= LONGEST else {}
        trust = 0.9 if len(content) <= 3 and len(words) <= 4 else 0.5
        meant = dict(wish)
        for key, weight in title.items():
            meant[key] = max(meant.get(key, 0) * (1 + 0.3 * weight), weight * trust)
        top = max(meant.values(), default=0)
        if top < ENOUGH:
            return {}, ""
        kept = {key: min(weight, 1.0) for key, weight in meant.items() if weight >= CLOSE * top}
        return kept, "wish" if wish else "title"

    def _by_wish(self, senses: list[str]) -> dict[str, float]:
        """Share of the wish's meaning that a field's words cover, rare words counting more."""
        rarity = {word: self._rarity(word) for word in set(senses)}
        whole = sum(rarity.values())
        if not whole:
            return {}
        covered: dict[str, float] = defaultdict(float)
        for word, rare in rarity.items():
            for key, weight in self._senses.get(word, {}).items():
                covered[key] += rare * weight / whole
        best = sorted(covered, key=lambda key: -covered[key])[:40]
        return {key: 0.55 * covered[key] + 0.45 * self._likest(key, rarity) for key in best}

    def _likest(self, key: str, rarity: dict[str, float]) -> float:
        """How much the likest wish of a field has in common with this one."""
        best = 0.0
        for phrase in self._wishes[key]:
            common = sum(rarity[word] for word in phrase if word in rarity)
            if common:
                other = sum(self._rarity(word) for word in phrase)
                best = max(best, 2 * common / (sum(rarity.values()) + other))
        return best

    def _rarity(self, word: str) -> float:
        known = self._senses.get(word)
        if known is None:
            return 1.5
        return math.log(1 + len(self.fields) / len(known)) if known else 0.0


def _merged(ours: Field | None, key: str, more: Mapping[str, Iterable[str]]) -> Field:
    base = ours or Field(key, key.replace("-", " ").capitalize())
    label = next(iter(more.get("label", ())), base.label)
    added = {
        name: tuple(dict.fromkeys((*getattr(base, name), *more.get(name, ()))))
        for name in ("titles", "words", "short", "asked", "wishes", "near")
    }
    return Field(id=key, label=label, area=base.area, **added)
