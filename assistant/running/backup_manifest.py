"""What a backup says about itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

MANIFEST, DATABASE = "manifest.json", "database"
FORMAT = 1


@dataclass(frozen=True)
class BackupManifest:
    """The first file of a backup."""

    made_at: str
    """Moment in UTC, ISO 8601."""
    database: str
    """sqlite or postgresql: which engine the file `database` is for."""
    revision: str
    """Version of the tables."""
    model: str = ""
    """The model that ran."""
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 by name of every other file in the archive."""
    format: int = FORMAT

    def to_json(self) -> str:
        """Return it as the text of the file."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> BackupManifest:
        """Read it; raises ValueError or TypeError for something else than a manifest."""
        raw = json.loads(text)
        if not isinstance(raw, dict) or not isinstance(raw.get("files"), dict):
            raise ValueError("no manifest")
        return cls(**raw)


def kind_of(url: str) -> str:
    """Return sqlite or postgresql."""
    return "sqlite" if url.startswith("sqlite") else "postgresql"


def sqlite_file(url: str) -> str:
    """Return the path of the file behind an SQLite address."""
    return urlsplit(url).path.removeprefix("/")
