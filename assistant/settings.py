"""Every setting of the app, read once at start from the environment: `MEEDOEN_` plus the field in capitals."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """Where things are and how long we wait. Frozen: nothing changes a setting while the program runs."""

    model_config = SettingsConfigDict(env_prefix="MEEDOEN_", frozen=True, extra="ignore")

    dev: bool = Field(default=False, description="Development: bearer token optional, no rate limits. Loopback only.")
    data: Path = Field(default=Path("data"), description="Folder with answers, municipalities and placement data.")
    var: Path = Field(default=Path("var"), description="Folder for everything that a running installation writes.")
    database_url: str = Field(
        default="", description="SQLAlchemy address of the database; empty = SQLite file meedoen.db in MEEDOEN_VAR."
    )
    public_host: str = Field(default="127.0.0.1", description="Address the public gateway listens on.")
    public_port: int = Field(default=8000, description="Port of the public gateway.")
    internal_host: str = Field(default="127.0.0.1", description="Address of the internal door for Rasa; never public.")
    internal_port: int = Field(default=8002, description="Port of the internal door.")
    rasa_port: int = Field(default=5005, description="Port of Rasa on loopback, when `meedoen run` starts it.")
    rasa_url: str = Field(default="", description="Address of Rasa; empty = loopback on MEEDOEN_RASA_PORT.")
    model: str = Field(
        default="", description="File name in models/ to run instead of the one that fits the data; needs its manifest."
    )
    rasa_timeout_seconds: float = Field(default=8.0, description="How long a message may take in Rasa, in seconds.")
    public_url: str = Field(
        default="", description="Address under which people reach the gateway, for links in mails and feeds."
    )
    mail_server: str = Field(
        default="", description="smtp://user:password@host:587 or smtps://...; empty = mails go to the folder outbox."
    )
    allowed_origins: tuple[str, ...] = Field(
        default=(), description="Web origins that may use the chat API, exact match, as a JSON list."
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost"), description="Host names the gateway answers to, as a JSON list."
    )
    messages_per_minute: int = Field(default=60, description="Messages one conversation may send in a minute.")
    conversations_per_ten_minutes: int = Field(default=300, description="New conversations from one address.")

    @model_validator(mode="after")
    def _dev_stays_home(self) -> Settings:
        if self.dev and self.public_host not in LOOPBACK:
            raise ValueError("MEEDOEN_DEV=1 is refused on a public address: set MEEDOEN_PUBLIC_HOST to 127.0.0.1")
        return self

    @property
    def database(self) -> str:
        """Address of the database, with the SQLite default filled in."""
        return self.database_url or f"sqlite:///{(self.var / 'meedoen.db').resolve()}"

    @property
    def rasa(self) -> str:
        """Address of Rasa, without a slash at the end."""
        return (self.rasa_url or f"http://127.0.0.1:{self.rasa_port}").rstrip("/")
