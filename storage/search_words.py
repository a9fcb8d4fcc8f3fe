"""The words of a cohort's places and employers, and the one that was meant by a mistyped one."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, bindparam, text


class DirectoryWords:
    """The words of a cohort's places and employers."""

    def __init__(self, connection: Connection, cohort_id: int) -> None:
        self.connection = connection
        self.cohort_id = cohort_id

    def known(self, words: Sequence[str], kinds: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Of these words the ones that occur, and as what."""
        found: dict[str, tuple[str, ...]] = {}
        rows = self.connection.execute(
            text(
                "SELECT kind, word FROM alumni_words WHERE cohort_id = :cohort"
                " AND kind IN :kinds AND word IN :words"
            ).bindparams(bindparam("kinds", expanding=True), bindparam("words", expanding=True)),
            {"cohort": self.cohort_id, "kinds": list(kinds), "words": list(words)},
        )
        for kind, word in rows:
            found[word] = (*found.get(word, ()), kind)
        return found

    def nearest(self, word: str, kind: str) -> tuple[str, ...]:
        """The word itself where it occurs, else what begins with it, else the likeliest meant."""
        if self.known([word], (kind,)):
            return (word,)
        same_start = self._like(kind, f"{word[:1]}%")
        begun = tuple(each for each in same_start if len(word) > 2 and each.startswith(word))
        if begun:
            return begun[:20]
        most = 1 if len(word) < 6 else 2
        if len(word) < 4:
            return ()
        for words in (same_start, self._like(kind, "%")):
            likest = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=most)
            if likest:
                return (likest[0],)
        return ()

    def _like(self, kind: str, like: str) -> list[str]:
        rows = self.connection.execute(
            text(
                "SELECT word FROM alumni_words"
                " WHERE cohort_id = :cohort AND kind = :kind AND word LIKE :like"
            ),
            {"cohort": self.cohort_id, "kind": kind, "like": like},
        )
        return list(rows.scalars())
