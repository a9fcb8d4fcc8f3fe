"""What Discord holds, as numbers (its developer documentation: messages, components, commands)."""

import unicodedata

TEXT = 4000
"""Characters over all text displays of one message."""
COMPONENTS = 40
"""Components of one message, nested ones too."""
ROW_BUTTONS = 5
BUTTON_LABEL = 80
MENU_OPTIONS = 25
MENU_PLACEHOLDER = 150
OPTION_LABEL = 100
FILES = 10
ALT = 1024
URL = 512
FORM_FIELDS = 5
FORM_TITLE = 45
FIELD_LABEL = 45
FIELD_HINT = 100
INPUT_PLACEHOLDER = 100
INPUT = 4000
CHOICES = 25
CHOICE = 100
DESCRIPTION = 100
NONCE = 25
"""Characters of a message's nonce."""
TOO_MANY = 429
EVENT_NAME, EVENT_PLACE, EVENT_ABOUT = 100, 100, 1000
"""Characters of a scheduled event's name, location and description (reference: its own page)."""
THREAD_NAME = 100
"""Characters of a thread's name: 1 to 100 (reference: channel, start thread without message)."""
UPLOAD = 10 * 1024 * 1024
"""Bytes of a file that a member may send us."""
ANSWER_SECONDS = 3.0
"""An interaction has to be answered in this time; we defer well before."""


JOINS = frozenset("\u200d\ufe0e\ufe0f") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
"""What belongs to the character before it: joiners, emoji styles, skin tones."""


def cut(words: str, most: int) -> str:
    """The words, shortened with an ellipsis where there are too many: for labels only.

    Never within what a reader sees as one character."""
    if len(words) <= most:
        return words
    at = most - 1
    while at > 1 and (_joins(words[at]) or words[at - 1] == "\u200d"):
        at -= 1
    return words[:at].rstrip() + "…"


def _joins(character: str) -> bool:
    return character in JOINS or unicodedata.category(character).startswith("M")
