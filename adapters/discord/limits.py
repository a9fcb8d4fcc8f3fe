"""What Discord holds, as numbers (its developer documentation: messages, components, commands)."""

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
UPLOAD = 10 * 1024 * 1024
"""Bytes of a file that a member may send us."""
ANSWER_SECONDS = 3.0
"""An interaction has to be answered in this time; we defer well before."""


def cut(words: str, most: int) -> str:
    """The words, shortened with an ellipsis where there are too many: for labels only."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
