"""Every setting of the app, read once at start from the environment: `MEEDOEN_` plus the field in capitals."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.core.plain_lines import LOOPBACK, refuse_plain

SECRETS = "/run/secrets" if Path("/run/secrets").is_dir() else None
"""In a container every setting may come from a file of its own name (meedoen_database_url) instead."""


class Settings(BaseSettings):
    """Where things are and how long we wait. Frozen: nothing changes a setting while the program runs."""

    model_config = SettingsConfigDict(
        env_prefix="MEEDOEN_", frozen=True, extra="ignore", secrets_dir=SECRETS, hide_input_in_errors=True
    )  # an address with a password in it stays out of what is printed

    dev: bool = Field(default=False, description="Development: bearer token optional, no rate limits. Loopback only.")
    data: Path = Field(default=Path("data"), description="Folder with answers, municipalities and placement data.")
    var: Path = Field(default=Path("var"), description="Folder for everything that a running installation writes.")
    database_url: str = Field(
        default="", description="SQLAlchemy address of the database; empty = SQLite file meedoen.db in MEEDOEN_VAR."
    )
    public_host: str = Field(default="127.0.0.1", description="Address the public gateway listens on.")
    public_port: int = Field(default=8000, description="Port of the public gateway.")
    console_host: str = Field(default="127.0.0.1", description="Address the staff console listens on.")
    console_port: int = Field(default=8001, description="Port of the staff console.")
    console_allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost"), description="Host names the staff console answers to, as a JSON list."
    )
    console_url: str = Field(
        default="", description="Address at which staff reach the console, for links in mails and the way back to it."
    )
    console_secret: str = Field(
        default="", description="Seals the secrets of the second step; empty = made once in MEEDOEN_VAR."
    )
    console_secret_former: str = Field(
        default="", description="The secret before this one: what it sealed is still read, and sealed anew at a login."
    )
    leaked_passwords: str = Field(
        default="", description="File or folder with leaked passwords as SHA-1 (Have I Been Pwned); empty = no list."
    )
    virus_scanner: str = Field(
        default="", description="host:port or socket of ClamAV's clamd, for files that staff bring; empty = no scanner."
    )
    trusted_network: bool = Field(
        default=False,
        description="Somebody else keeps the network between the parts closed or encrypted: no TLS is asked of them.",
    )
    oidc_issuer: str = Field(
        default="", description="Address of the OpenID provider of the staff; empty = local accounts only."
    )
    oidc_client_id: str = Field(default="", description="Name of this console at the OpenID provider.")
    oidc_client_secret: str = Field(default="", description="Secret of this console at the OpenID provider.")
    oidc_groups_claim: str = Field(default="groups", description="Claim of the id token that lists somebody's groups.")
    oidc_roles: dict[str, str] = Field(default={}, description="Group → role, as a JSON object.")
    oidc_municipalities: dict[str, str] = Field(
        default={}, description="Group → municipality id or landelijk, as a JSON object."
    )
    oidc_second_step: tuple[str, ...] = Field(
        default=("mfa",), description="Values of amr, or of acr, that prove a second step, as a JSON list."
    )
    internal_host: str = Field(default="127.0.0.1", description="Address of the internal door for Rasa; never public.")
    internal_port: int = Field(default=8002, description="Port of the internal door.")
    rasa_port: int = Field(default=5005, description="Port of Rasa on loopback, when `meedoen run` starts it.")
    rasa_url: str = Field(default="", description="Address of Rasa; empty = loopback on MEEDOEN_RASA_PORT.")
    rasa_urls: tuple[str, ...] = Field(
        default=(),
        description="Addresses of several Rasas that share their talks, as a JSON list; instead of the one.",
    )
    rasa_trials: dict[str, tuple[str, ...]] = Field(
        default={}, description="Municipality id → addresses of Rasas with another model to try, as a JSON object."
    )
    rasa_token_file: Path = Field(
        default=Path("rasa-token"), description="File with the token of Rasa; a bare name is a file in MEEDOEN_VAR."
    )
    redis_url: str = Field(
        default="", description="redis://host:6379/0, shared by several gateways; empty = one gateway, no Redis."
    )
    model: str = Field(
        default="", description="File name in models/ to run instead of the one that fits the data; needs its manifest."
    )
    tracker_url: str = Field(
        default="", description="Database of Rasa's memory of talks; empty = SQLite file tracker.db in MEEDOEN_VAR."
    )
    retention_hour: int = Field(
        default=3, ge=0, le=23, description="Hour of the night, in Amsterdam, at which data over its term is deleted."
    )
    rasa_timeout_seconds: float = Field(default=8.0, description="How long a message may take in Rasa, in seconds.")
    public_url: str = Field(
        default="", description="Address under which people reach the gateway, for links in mails and feeds."
    )
    security_contact: str = Field(
        default="",
        pattern=r"^((mailto:|https://|tel:)[!-~]+)?$",
        description="mailto:, https:// or tel: for who finds a leak, in /.well-known/security.txt; empty = no file.",
    )
    security_policy: str = Field(
        default="",
        pattern=r"^(https://[!-~]+)?$",
        description="https:// address of the page on how a leak is reported and handled, for the same file.",
    )
    mail_server: str = Field(
        default="", description="smtp://user:password@host:587 or smtps://...; empty = mails go to the folder outbox."
    )
    traces_url: str = Field(
        default="", description="OTLP address of a trace collector (http://host:4318/v1/traces); empty = no traces."
    )
    allowed_origins: tuple[str, ...] = Field(
        default=(), description="Web origins that may use the chat API, exact match, as a JSON list."
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost"), description="Host names the gateway answers to, as a JSON list."
    )
    takeover_silent_minutes: int = Field(
        default=5, description="After this long without a sign of the member of staff a talk goes back to the queue."
    )
    takeover_wait_minutes: int = Field(
        default=30, description="How long somebody waits for a member of staff before the assistant comes back."
    )
    messages_per_minute: int = Field(default=60, description="Messages one conversation may send in a minute.")
    conversations_per_ten_minutes: int = Field(default=300, description="New conversations from one address.")

    listen: Literal["", "scripted"] = Field(
        default="", description="What listens; empty = the installed model; `scripted` = a script, development only."
    )
    listen_script: Path = Field(
        default=Path("var/listen.txt"), description="Lines that the scripted recogniser hears, in order."
    )
    voice_talks: int = Field(default=20, description="Spoken talks in the browser at the same time.")
    phone_host: str = Field(default="127.0.0.1", description="Address on which the telephone exchange finds us.")
    phone_port: int = Field(default=0, description="Port for exchanges that speak WebSocket; 0 = no telephone.")
    audiosocket_port: int = Field(default=0, description="Port for Asterisk AudioSocket; 0 = off.")
    phone_allowed: tuple[str, ...] = Field(
        default=("127.0.0.1/32", "::1/128"), description="Addresses of telephone exchanges, as a JSON list of networks."
    )
    phone_calls: int = Field(default=20, description="Telephone calls at the same time.")

    @model_validator(mode="after")
    def _dev_stays_home(self) -> Settings:
        for name, host in (("PUBLIC", self.public_host), ("CONSOLE", self.console_host)):
            if self.dev and host not in LOOPBACK:
                raise ValueError(f"MEEDOEN_DEV=1 is refused on a public address: set MEEDOEN_{name}_HOST to 127.0.0.1")
        return self

    @model_validator(mode="after")
    def _scripts_are_for_development(self) -> Settings:
        if self.listen and not self.dev:
            raise ValueError("MEEDOEN_LISTEN=scripted makes words up: only together with MEEDOEN_DEV=1")
        return self

    @model_validator(mode="after")
    def _nothing_travels_plainly(self) -> Settings:
        if not self.dev and not self.trusted_network:
            refuse_plain(
                {
                    "DATABASE_URL": self.database_url, "TRACKER_URL": self.tracker_url, "REDIS_URL": self.redis_url,
                    "RASA_URL": self.rasa_url, "RASA_URLS": self.rasa_urls, "TRACES_URL": self.traces_url,
                    "RASA_TRIALS": [one for urls in self.rasa_trials.values() for one in urls],
                }
            )  # fmt: skip
        return self

    @property
    def database(self) -> str:
        """Address of the database, with the SQLite default filled in."""
        return self.database_url or f"sqlite:///{(self.var / 'meedoen.db').resolve()}"

    @property
    def tracker(self) -> str:
        """Address of Rasa's memory of talks, with the SQLite default filled in."""
        return self.tracker_url or f"sqlite:///{(self.var / 'tracker.db').resolve()}"

    @property
    def rasa(self) -> str:
        """Address of Rasa, without a slash at the end."""
        return (self.rasa_url or f"http://127.0.0.1:{self.rasa_port}").rstrip("/")

    @property
    def rasa_token_path(self) -> Path:
        """Where the token of Rasa is."""
        return self.var / self.rasa_token_file  # an absolute path stays as it is

    def rasa_token(self) -> str:
        """The token that Rasa was started with, as its file has it now; empty when there is none yet."""
        path = self.rasa_token_path
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""
