"""Discord's limits as numbers, each with where it is written; our own table, never the product's.

"docs" is Discord's developer documentation (page), "spec" its published OpenAPI description
(schema), "seen" what the platform is known to answer though it is written nowhere.
"""

# Messages (docs: Message resource, "Create Message"; components: "Component reference")
CONTENT = 2000
NONCE = 25
EMBEDS = 10
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_FOOTER = 2048
EMBED_AUTHOR = 256
EMBED_TOTAL = 6000  # over all embeds of one message
FILES = 10  # docs: Uploading files
FILE_BYTES = 10 * 1024 * 1024  # docs: Uploading files, default limit
ALT_TEXT = 1024  # docs: Attachment object, description

# Components (docs: Component reference; spec: *ComponentFor{Message,Modal}Request)
ROWS = 5
ROW_BUTTONS = 5
V2_COMPONENTS = 40  # nested ones count
V2_TEXT = 4000  # over all text displays of a message
CUSTOM_ID = 100
BUTTON_LABEL = 80
BUTTON_URL = 512
SELECT_OPTIONS = 25
SELECT_PLACEHOLDER = 150
OPTION_LABEL = 100
OPTION_VALUE = 100
OPTION_DESCRIPTION = 100
SECTION_TEXTS = 3
GALLERY_ITEMS = 10
GALLERY_DESCRIPTION = 1024

# Modals (docs: Component reference "Label", "Text Input"; Receiving and responding "Modal")
MODAL_TITLE = 45
MODAL_COMPONENTS = 5  # top level
LABEL = 45
LABEL_DESCRIPTION = 100
INPUT_VALUE = 4000
INPUT_PLACEHOLDER = 100

# Interactions (docs: Receiving and responding)
CALLBACK_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0
AUTOCOMPLETE_CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100

# Application commands (docs: Application commands)
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100
COMMAND_OPTIONS = 25
COMMAND_CHOICES = 25
COMMAND_TOTAL = 8000  # name, description, option and choice texts of one command together
CHAT_COMMANDS = 100
CONTEXT_COMMANDS = 15  # docs since 2025; the product promises five of each
STRING_OPTION = 6000

# Gateway (docs: Gateway; Gateway opcodes and close codes)
HEARTBEAT_MS = 41250
PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15)  # members, presences, message content
NONCE_SECONDS = 120.0  # docs say "the past few minutes"; the shortest reading is used

# Other resources
THREAD_NAME = 100  # docs: Channel resource
ARCHIVE_AFTER = (60, 1440, 4320, 10080)  # docs: Channel resource, minutes
EVENT_NAME = 100  # docs: Guild scheduled event
EVENT_DESCRIPTION = 1000
EVENT_LOCATION = 100
EVENTS_PER_GUILD = 100
