"""The thirty seconds that open a talk: who I am, why this field, what I hope to learn (C2)."""

from bot.domain.cohort import Member

WORDS_A_MINUTE = 150
"""An easy pace of speech; thirty seconds are half of it."""


def thirty_seconds(member: Member) -> str:
    """Spoken words from what the member said of themselves; "" while there is too little."""
    if not (member.why_field or member.hope):
        return ""
    said = [f"Hi, I’m {member.name}.", *_of_themselves(member)]
    if member.hope:
        said.append(f"Today I hope to learn {_inside(member.hope)}")
    return " ".join(said)


def in_writing(member: Member) -> str:
    """The same to be read by somebody they have not met; at least their name."""
    said = [f"I’m {member.name}.", *_of_themselves(member)]
    if member.hope:
        said.append(f"I hope to learn {_inside(member.hope)}")
    return " ".join(said)


def seconds(words: str) -> int:
    """How long it takes to say them."""
    return round(len(words.split()) * 60 / WORDS_A_MINUTE)


def missing(member: Member) -> tuple[str, ...]:
    """What the introduction would still gain from."""
    parts = {
        "what you study": member.major,
        "when you graduate": member.graduates,
        "why this field": member.why_field,
        "a class, job or project that led you here": member.experience,
        "what you hope to learn": member.hope,
    }
    return tuple(name for name, value in parts.items() if not value)


def _of_themselves(member: Member) -> list[str]:
    said = [_studies(member)] if _studies(member) else []
    return said + [_sentence(each) for each in (member.why_field, member.experience) if each]


def _studies(member: Member) -> str:
    at = f" at {member.school}" if member.school else ""
    done = f" and graduate in {member.graduates}" if member.graduates else ""
    if member.major:
        return f"I study {member.major}{at}{done}."
    return f"I graduate in {member.graduates}." if member.graduates else ""


_HOPE_BEGINS = ("i hope to learn ", "i want to learn ", "to learn ", "learn ")


def _inside(words: str) -> str:
    """Their hope as the end of our sentence: "how you got in."."""
    words = " ".join(words.split())
    for begin in _HOPE_BEGINS:
        if words.casefold().startswith(begin):
            words = words[len(begin) :]
    if not words:
        return "about your work."
    # "I", a name or an abbreviation keeps its capital.
    first = words.split()[0]
    if first[1:].islower() and first not in ("I’m", "I'm"):
        words = words[0].lower() + words[1:]
    return _closed(words)


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return _closed(words[:1].upper() + words[1:])


def _closed(words: str) -> str:
    return words if words[-1:] in ".!?…" else f"{words}."
