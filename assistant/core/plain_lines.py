"""Lines between the parts of the house: on the own machine they may be plain, elsewhere they go over TLS.

Source: OWASP ASVS 5.0, V12.3: TLS on every connection, with a certificate that is checked, and no falling back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
CHECKED = ("verify-ca", "verify-full")
"""Values of `sslmode` with which PostgreSQL's client asks for TLS and looks at the certificate."""
_INSTEAD = {"redis": "rediss://", "http": "https://"}


def refuse_plain(lines: Mapping[str, str | Iterable[str]]) -> None:
    """Raise ValueError, with the way out, when an address outside this machine is spoken to without TLS.

    `lines` is the name of each setting, without MEEDOEN_, with its address or addresses. These hold passwords and are
    never in the error.
    """
    for name, given in lines.items():
        for address in [given] if isinstance(given, str) else given:
            if wanted := _wanted(address):
                raise ValueError(
                    f"MEEDOEN_{name} leads to another machine without TLS: use {wanted}, or say with "
                    "MEEDOEN_TRUSTED_NETWORK=1 that this network is closed or encrypted by something else"
                )


def _wanted(address: str) -> str | None:
    """Return what the address lacks; None when it lacks nothing."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    hosts = [*query.get("host", ()), parts.hostname or ""]
    if all(host in ("", *LOOPBACK) or host.startswith("/") for host in hosts):
        return None
    kind = parts.scheme.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return None if query.get("sslmode", [""])[-1] in CHECKED else "sslmode=verify-full in the address"
    return _INSTEAD.get(kind)
