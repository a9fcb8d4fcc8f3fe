"""What can be typed: one file a family of verbs, each command one typed function."""
