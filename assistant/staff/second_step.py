"""The second step of a login: a code of six digits from an app (RFC 6238), or a recovery code on paper."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
import segno

SECONDS = 30
SLACK = 1  # steps before and after, for clocks that differ
RECOVERY_CODES = 8
RECOVERY_LETTERS = 12
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def new_secret() -> str:
    """Return a new secret in base32, 160 bits."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """Return the step whose code this is, None when it is wrong or no newer than the last one that was used."""
    digits = "".join(character for character in code if character.isdigit())
    current, totp = int(now.timestamp()) // SECONDS, pyotp.TOTP(secret)
    for step in range(current - SLACK, current + SLACK + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()) and (last is None or step > last):
            return step
    return None


def address(secret: str, email: str) -> str:
    """Return the `otpauth:` address that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Meedoen")


def picture(secret: str, email: str) -> str:
    """Return the QR code of that address as SVG, without any style of its own."""
    svg: str = segno.make(address(secret, email), error="m").svg_inline(
        omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return svg


def in_groups(secret: str) -> str:
    """Return a secret in groups of four, to type over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def new_recovery_codes() -> list[str]:
    """Return new codes such as `h7kq-2mzx-v9tp`: 59 bits each."""
    return ["-".join(_part() for _ in range(3)) for _ in range(RECOVERY_CODES)]


def plain(code: str) -> str:
    """Return a recovery code as it is hashed: small letters and digits only."""
    return "".join(character for character in code.casefold() if character.isalnum())


def _part() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))
