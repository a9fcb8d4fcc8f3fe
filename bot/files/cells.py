"""What stands in one cell → a value of ours, or None when it cannot be read as one.

`NOTHING` words ("n/a", "-", "none") count as empty everywhere.
"""

import re

from bot.domain.tidy import fold, tidy_line


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split(", "))


NOTHING = _listed(
    "-, --, —, –, n/a, na, none, null, nil, nan, #n/a, ?, ., tbd, unknown, not available, "
    "not provided, keine angabe, k. a., k.a."
)

_YES = _listed(
    "yes, y, true, t, 1, x, ok, okay, agreed, agree, i agree, granted, given, signed, accepted, "
    "opted in, opt in, opt-in, optin, in, on, checked, yes please, ✓, ✔, ☑, ✅, ja, j, oui, o, "
    "daccord, vrai, wahr, si, s, de acuerdo, verdadero"
)
_NO = _listed(
    "no, n, false, f, 0, off, unchecked, declined, refused, withdrawn, revoked, denied, never, "
    "opted out, opt out, opt-out, optout, do not contact, dnc, not agreed, no thanks, "
    "unsubscribed, ✗, ✘, ❌, ☐, nein, non, faux, falsch, falso"
)

# One @; a dotted domain; none of what breaks a header line. Letters of any script are legal.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[\w\-]+(?:\.[\w\-]+)*\.[^\W\d_][\w\-]{1,62}")
_LONGEST_EMAIL = 254
_EMAIL_PARTS = re.compile(r"[\s;,<>|]+|mailto:")
_FOUR_DIGITS = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_TWO_DIGITS = re.compile(
    r"(?:class of|cohort|jahrgang|promotion|promo)?\s*['’‘`´]?(\d\d)", re.IGNORECASE
)
_SPAN = re.compile(r"(?<!\d)(\d{4})\s*(?:-|–|—|/|to|bis)\s*(\d{4}|\d{2})(?!\d)", re.IGNORECASE)
_OLDEST_CLASS = 1900
_LATEST_CLASS_AHEAD = 10
_NUMBER = re.compile(r"(?<![\d.,\-])(\d{1,4})(?:[.,]0+)?(?![\d.,])")
_WORDED = {"zero": 0, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5}
_MOST_ASKS = 31
_LINKEDIN = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?(linkedin\.com/[^\s<>\"]{2,200})", re.IGNORECASE
)
_WEB = re.compile(r"https?://[^\s<>\"@]{4,300}", re.IGNORECASE)


def read_yes_no(value: str) -> bool | None:
    """Yes and no in the words people tick boxes with; None for anything else."""
    word = value.casefold().strip(" .!")
    word = word if word in _YES or word in _NO else fold(value)
    return True if word in _YES else False if word in _NO else None


def is_email(value: str) -> bool:
    """Whether `value` is one whole address."""
    return (
        len(value) <= _LONGEST_EMAIL
        and _EMAIL.fullmatch(value) is not None
        and ".." not in value
        and not value.startswith(".")
        and ".@" not in value
    )


def read_email(value: str) -> str | None:
    """The first whole address in `value` ("Ana <ana@x.org>", "a@x.org; b@y.org")."""
    if is_email(value):
        return value
    return next((part for part in _EMAIL_PARTS.split(value) if is_email(part)), None)


def read_class_year(value: str, this_year: int) -> int | None:
    """The graduation year in "2019", "'19", "Class of 2019", "2015–19" or "May 2019"."""
    if span := _SPAN.search(value):
        start, end = span.groups()
        year = int(end) if len(end) == 4 else int(start[:2] + end)
        return _sane_year(year if year >= int(start) else int(start), this_year)
    if full := _FOUR_DIGITS.search(value):
        return _sane_year(int(full[1]), this_year)
    if short := _TWO_DIGITS.fullmatch(value.strip()):
        year = this_year - this_year % 100 + int(short[1])
        return _sane_year(year - 100 if year > this_year + _LATEST_CLASS_AHEAD else year, this_year)
    return None


def _sane_year(year: int, this_year: int) -> int | None:
    return year if _OLDEST_CLASS <= year <= this_year + _LATEST_CLASS_AHEAD else None


def read_asks(value: str) -> int | None:
    """Requests a month: "2", "2 per month", "one"."""
    if found := _NUMBER.search(value):
        number = int(found[1])
        return number if number <= _MOST_ASKS else None
    return next((_WORDED[word] for word in fold(value).split() if word in _WORDED), None)


def read_profile(value: str) -> str | None:
    """A link to a profile page that is safe to show as a link."""
    if found := _LINKEDIN.fullmatch(value):
        return f"https://www.{found[1][:12].lower()}{found[1][12:]}"
    if re.fullmatch(r"/?in/[\w%\-]{2,100}/?", value):
        return f"https://www.linkedin.com/{value.lstrip('/')}"
    return value if _WEB.fullmatch(value) else None


_NOT_A_FIRST_NAME = _listed(
    "jr, sr, ii, iii, iv, v, phd, md, dds, dmd, jd, esq, mba, ma, ms, msc, bsc, ba, bs, cpa, rn, "
    "pe, pmp, cfa, dr, prof, edd, dvm, od, do, np, pa, lpn, llm, mph, mfa, msw, lcsw, aia, faia, "
    "cissp, shrm, sphr, ret, retired"
)


def turn_name(name: str) -> str:
    """“Reyes, Dana” → “Dana Reyes”; “Dana Reyes, PhD” stays."""
    last, comma, first = name.partition(", ")
    if not comma or "," in first or not first or len(last.split()) > 2 or len(first.split()) > 3:
        return name
    if any(fold(word.replace(".", "")) in _NOT_A_FIRST_NAME for word in first.split()):
        return name
    return tidy_line(f"{first} {last}")
