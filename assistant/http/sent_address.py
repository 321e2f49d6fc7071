"""An address that somebody sent in a header: anything may stand in it."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address; of what cannot be read as one every part is empty."""
    try:
        return urlsplit(address)
    except ValueError:  # half an IPv6 address: "http://[::1"
        return urlsplit("")
