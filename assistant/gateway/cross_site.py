"""What other sites may fetch, because the widget stands on their pages. Packed, for who can unpack it."""

from __future__ import annotations

import gzip

from fastapi import Request, Response

FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def pack(body: bytes) -> bytes:
    """Return a body as small as gzip can make it; the same body always gives the same bytes."""
    return gzip.compress(body, 9, mtime=0)


def packed(request: Request, body: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """Answer with a packed body, or unpack it for who does not take gzip."""
    headers = FOR_ALL | {"Vary": "Accept-Encoding"} | headers
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(body), media_type=media_type, headers=headers)
    return Response(body, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
