"""The sentence with which everybody begins (FEATURES, Words 1): in private, and in the channel."""

from bot.reply import text

WELCOME = text(
    "I help you meet people whose work interests you. I write to nobody without your yes. "
    "Your teacher sees counts, not whom you meet or what you write. Stop any time."
)
