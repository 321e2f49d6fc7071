"""Sealing what must be readable again: the secret of the second step, so that a copy of the database is not enough.

The key comes from MEEDOEN_CONSOLE_SECRET, or from a file that is made at first use and stays on this machine.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Closes and opens with one key (Fernet: AES-128 with HMAC-SHA-256)."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))

    @classmethod
    def of(cls, secret: str, file: Path) -> Seal:
        """Return the seal of a secret; an empty one is read from the file, which is made when it is not there."""
        return cls(secret or _kept_secret(file))

    def close(self, text: str) -> str:
        """Return the sealed text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str | None) -> str | None:
        """Return the text; None for nothing, and for what another key has sealed."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode() if sealed else None
        except InvalidToken:
            return None


def _kept_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass  # another process may be writing it this very moment; it is one short write
    return file.read_text(encoding="utf-8").strip()
