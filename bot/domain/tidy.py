"""Text as people and files bring it, made fit to keep on one line: NFC, no control or hidden
formatting characters, no leading accents; what shows nothing at all becomes the empty string.
"""

import re
import unicodedata

# Line and tab characters part words, so they become spaces; the others simply go.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # hyphen, bidi, joiners
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"  # lone surrogates, annotation marks
    "\U000e0000-\U000e0fff]"  # tags
)
_REPEATED_SELECTORS = re.compile("([\ufe00-\ufe0f])[\ufe00-\ufe0f]+")
# Letters that take room and show nothing; a name made only of these is no name.
_BLANKS = frozenset("\u115f\u1160\u200c\u200d\u2800\u3164\uffa0")
MOST_MARKS = 4  # accents on one letter that any living spelling needs, with room to spare


def tidy_line(text: str) -> str:
    """`text` as one clean line, or "" when it shows nothing."""
    if text.isascii() and text.isprintable():  # nearly always, and imports ask a million times
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    text = _BREAKS.sub(" ", unicodedata.normalize("NFC", text))
    text = _REPEATED_SELECTORS.sub(r"\1", _HIDDEN.sub("", text))
    text = " ".join(_calm_marks(text).split())
    return text if any(map(_shows, text)) else ""


def tidy_text(text: str) -> str:
    """`text` of several lines: every line tidied, at most one empty line in a row."""
    lines = [tidy_line(line) for line in text.splitlines()]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """For comparing only: no case, no accents, no look (ﬁ = fi, ß = ss), words apart by spaces."""
    if text.isascii() and text.isprintable():
        spread = text.lower()
    else:
        spread = unicodedata.normalize("NFKD", tidy_line(text).casefold())
        spread = "".join(c for c in spread if not unicodedata.combining(c)).translate(_PLAIN)
    return " ".join(_NOT_WORD.sub(" ", _IN_WORD.sub("", spread)).split())


_IN_WORD = re.compile("['’ʼ`´]")  # O'Neill and O’Neill are ONeill
_NOT_WORD = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def _shows(character: str) -> bool:
    return (
        character not in _BLANKS
        and not character.isspace()
        and not unicodedata.category(character).startswith("M")
    )


def _calm_marks(text: str) -> str:
    """Accents need a letter to stand on, and no letter carries a tower of them."""
    kept: list[str] = []
    marks = MOST_MARKS  # so that a mark at the very beginning is dropped
    for character in text:
        if unicodedata.combining(character):
            marks += 1
            if marks > MOST_MARKS:
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)
