"""A mistake in the configuration: what the operator has to mend, in words."""


class ConfigurationError(Exception):
    """The message says what is wrong and what to set."""
