"""Slack's limits as the stand-in enforces them: one number, one source, one row.

Source "types" is the comment of @slack/types 3.2 that publishes the number (and the schemas made
from it, against which a test holds this table), "reference" is Slack's developer reference of the
named method or surface.
"""

from typing import NamedTuple


class Limit(NamedTuple):
    """How much of something Slack takes, and where that is written."""

    most: int
    source: str


# Blocks and elements: (definition in the published types, property) → longest text or list.
TYPES: dict[tuple[str, str], Limit] = {
    (owner, part): Limit(most, "types")
    for owner, part, most in [
        ("ActionsBlock", "elements", 25),
        ("Block", "block_id", 255),
        ("Button", "accessibility_label", 75),
        ("Button", "action_id", 255),
        ("Button", "text", 75),
        ("Button", "url", 3000),
        ("Button", "value", 2000),
        ("Checkboxes", "options", 10),
        ("ConfirmationDialog", "confirm", 30),
        ("ConfirmationDialog", "deny", 30),
        ("ConfirmationDialog", "text", 300),
        ("ConfirmationDialog", "title", 100),
        ("ContextBlock", "elements", 10),
        ("ExternalSelect", "placeholder", 150),
        ("HeaderBlock", "text", 150),
        ("ImageBlock", "alt_text", 2000),
        ("ImageBlock", "title", 2000),
        ("InputBlock", "hint", 2000),
        ("InputBlock", "label", 2000),
        ("ModalView", "blocks", 100),
        ("ModalView", "callback_id", 255),
        ("ModalView", "close", 24),
        ("ModalView", "private_metadata", 3000),
        ("ModalView", "title", 24),
        ("HomeView", "blocks", 100),
        ("MrkdwnElement", "text", 3000),
        ("Overflow", "options", 5),
        ("PlainTextElement", "text", 3000),
        ("PlainTextInput", "placeholder", 150),
        ("PlainTextOption", "description", 75),
        ("PlainTextOption", "text", 75),
        ("PlainTextOption", "url", 3000),
        ("PlainTextOption", "value", 75),
        ("RadioButtons", "options", 10),
        ("SectionBlock", "fields", 10),
        ("SectionBlock", "text", 3000),
        ("StaticSelect", "option_groups", 100),
        ("StaticSelect", "options", 100),
        ("TableBlock", "rows", 100),
    ]
}

# What the published types do not number.
SECTION_FIELD_TEXT = Limit(2000, "types: SectionBlock.fields, each")
SUBMIT_TEXT = Limit(24, "types: comment of ModalView.submit")
GROUP_LABEL = Limit(75, "reference: option group object")
MESSAGE_BLOCKS = Limit(50, "reference: blocks, messages take up to 50")
MESSAGE_TEXT = Limit(40_000, "reference: chat.postMessage, text")
UPDATE_TEXT = Limit(4_000, "reference: chat.update, msg_too_long")
MARKDOWN_TEXT = Limit(12_000, "reference: markdown block, all of a payload together")
IMAGE_URL = Limit(3000, "slack_sdk 3.47: ImageBlock.image_url_max_length")
INPUT_LENGTH = Limit(3000, "reference: plain_text_input, min_length and max_length")
FILE_INPUT_FILES = Limit(10, "reference: file_input, max_files")
VIEW_BYTES = Limit(250_000, "reference: views.open, view_too_large")
VIEW_STACK = Limit(3, "reference: modals, a view and two pushed upon it")
SUGGESTIONS = Limit(100, "reference: block_suggestion, options answered")
GROUP_DM_PEOPLE = Limit(8, "reference: conversations.open, users")
METADATA_BYTES = Limit(16_000, "reference: message metadata, event_payload")

ACKNOWLEDGE_SECONDS = Limit(3, "reference: interactivity, slash commands and events")
TRIGGER_SECONDS = Limit(3, "reference: trigger_id")
RESPONSE_URL_USES = Limit(5, "reference: response_url")
RESPONSE_URL_SECONDS = Limit(30 * 60, "reference: response_url")
OAUTH_CODE_SECONDS = Limit(10 * 60, "reference: oauth.v2.access, code")

# Slack documents about one message a second to one channel, with short bursts allowed.
POSTS_A_SECOND = Limit(1, "reference: rate limits, special tier of chat.postMessage")

# Web API method → the bot scope it needs (reference page of each method); "" needs none.
SCOPES: dict[str, str] = {
    "api.test": "",
    "auth.test": "",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "*:history",
    "conversations.info": "*:read",
    "conversations.join": "channels:join",
    "conversations.members": "*:read",
    "conversations.open": "*:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
    "views.open": "",
    "views.publish": "",
    "views.push": "",
    "views.update": "",
}

# Kind of conversation → the word its scopes begin with.
SCOPE_PREFIX = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def most(owner: str, part: str) -> int:
    """The number of TYPES for one property."""
    return TYPES[owner, part].most
