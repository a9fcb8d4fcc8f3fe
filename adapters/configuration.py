"""The operator's settings, and mistakes in them: what has to be mended, in words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


class ConfigurationError(Exception):
    """The message says what is wrong and what to set."""


def read_settings() -> "Settings":
    """The settings of the environment and ``.env``. Raises ConfigurationError."""
    from pydantic import ValidationError  # noqa: PLC0415 - help is quick without it

    from bot.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}." for each in error.errors()
        ]
        raise ConfigurationError("\n".join(wrong)) from None
