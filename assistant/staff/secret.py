"""Random words that prove something, and what of them may be kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits in letters that fit in a cookie and an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal. Enough for random tokens; passwords need argon2id."""
    return hashlib.sha256(token.encode()).hexdigest()
