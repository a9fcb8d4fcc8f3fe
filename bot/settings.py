"""The operator's settings, from the environment or ``.env``; read once, by the composition root."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """Every name is part of the outside (docs/running). Unset secrets are empty."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = ""
    data: Path = Field(default=Path("data"), validation_alias="SNOWBALL_DATA")
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = Field(default="", validation_alias="SNOWBALL_URL")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    discord_token: SecretStr = SecretStr("")
    discord_application_id: str = ""
    secret_keys: SecretStr = Field(default=SecretStr(""), validation_alias="SNOWBALL_SECRET_KEYS")
    slack_api_url: str = "https://slack.com/api/"
    discord_api_url: str = "https://discord.com/api/v10"

    @property
    def slack(self) -> bool:
        """Whether any Slack token was given."""
        secrets = (self.slack_bot_token, self.slack_app_token, self.slack_client_secret)
        return any(each.get_secret_value() for each in secrets) or bool(self.slack_client_id)

    @property
    def discord(self) -> bool:
        """Whether a Discord token was given."""
        return bool(self.discord_token.get_secret_value())

    @property
    def site(self) -> str:
        """Where others reach the web pages; "" when it listens to the world and nobody said."""
        if self.public_url:
            return self.public_url.rstrip("/")
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}" if self.host in LOOPBACK else ""

    @property
    def playground(self) -> bool:
        """The playground opens only without any token, on this machine alone."""
        return not (self.slack or self.discord) and self.host in LOOPBACK

    def url(self, *, demo: bool = False) -> str:
        """The database; an SQLite file in the data directory unless told otherwise.

        The playground has one of its own, so that trying it out never touches real people."""
        if self.database_url:
            return self.database_url
        name = "demo.sqlite3" if demo else "snowball.sqlite3"
        return f"sqlite:///{(self.data / name).absolute()}"


def without_tokens(settings: Settings) -> Settings:
    """The same, for the playground alone."""
    nothing = SecretStr("")
    return settings.model_copy(
        update={
            "slack_bot_token": nothing,
            "slack_app_token": nothing,
            "slack_client_secret": nothing,
            "slack_client_id": "",
            "discord_token": nothing,
            "host": "127.0.0.1",
            "database_url": "",
        }
    )


def complaints(settings: Settings) -> list[str]:
    """What is wrong with the settings, each as a sentence that says what to fix."""
    found: list[str] = []
    if settings.public_url and not settings.public_url.startswith(("https://", "http://")):
        found.append("SNOWBALL_URL should be a whole address, such as https://snowball.example.edu")
    bot, app = (
        each.get_secret_value() for each in (settings.slack_bot_token, settings.slack_app_token)
    )
    signing = settings.slack_signing_secret.get_secret_value()
    if bot and not bot.startswith("xoxb-"):
        found.append("SLACK_BOT_TOKEN should begin with xoxb- (OAuth & Permissions page).")
    if app and not app.startswith("xapp-"):
        found.append(
            "SLACK_APP_TOKEN should begin with xapp- (Basic Information, App-Level Tokens)."
        )
    if bot and not (app or signing):
        found.append("Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).")
    if app and not (bot or settings.slack_client_id):
        found.append("SLACK_APP_TOKEN alone cannot answer: set SLACK_BOT_TOKEN too.")
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret.get_secret_value()):
        found.append("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together.")
    if settings.slack_client_id and not signing:
        found.append("OAuth installs need SLACK_SIGNING_SECRET.")
    return found
