"""The core: what Snowball does, without knowing which chat, terminal or database it does it for."""
