"""The outside: chats, the web, the shell, and the composition root that joins them to the core."""
