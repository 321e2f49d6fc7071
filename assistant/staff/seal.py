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
    """Closes with one key and opens with it, or with a former one (Fernet: AES-128 with HMAC-SHA-256)."""

    def __init__(self, secret: str, former: str = "") -> None:
        self._keys = [_key(one) for one in (secret, former) if one]

    @classmethod
    def of(cls, secret: str, file: Path, former: str = "") -> Seal:
        """Return the seal of a secret; an empty one is read from the file, which is made when it is not there."""
        return cls(secret or _kept_secret(file), former)

    def close(self, text: str) -> str:
        """Return the text, sealed with the key of today."""
        return self._keys[0].encrypt(text.encode()).decode()

    def open(self, sealed: str | None) -> str | None:
        """Return the text; None for nothing, and for what another key has sealed."""
        found = (_opened(key, sealed) for key in self._keys if sealed)
        return next((text for text in found if text is not None), None)

    def renewed(self, sealed: str | None) -> str | None:
        """Return it sealed with the key of today when only the former one opens it; else as it was."""
        text = self.open(sealed)
        return sealed if text is None or _opened(self._keys[0], sealed or "") is not None else self.close(text)


def _key(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))


def _opened(key: Fernet, sealed: str) -> str | None:
    try:
        return key.decrypt(sealed.encode()).decode()
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
