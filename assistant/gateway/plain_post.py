"""What a plain form sends: its fields, the cookie of the talk, and the refusal of posts by other sites.

The conversation id and its token are in one HttpOnly cookie. Hidden fields would put the
token in the page, where it is saved, printed and passed on, and a reload after a post would ask "send again?".
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs

from fastapi import HTTPException, Request, Response

from assistant.http.sent_address import parts_of

PATH = "/chat"
COOKIE = "meedoen_chat"
MAX_FORM_BYTES = 32 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"


class TalkKey(NamedTuple):
    """Which conversation this browser is in, and the secret that opens it; both empty when it is in none."""

    id: str = ""
    token: str = ""

    @classmethod
    def of(cls, request: Request) -> TalkKey:
        """Read the cookie."""
        conversation_id, _, token = request.cookies.get(cookie_of(request), "").partition(".")
        return cls(conversation_id, token) if re.fullmatch(r"[0-9a-f]{32}", conversation_id) and token else cls()

    def put(self, request: Request, response: Response) -> None:
        """Set the cookie."""
        value = f"{self.id}.{self.token}"
        response.set_cookie(cookie_of(request), value, path="/", httponly=True, samesite="lax", secure=_https(request))


def forget(request: Request, response: Response) -> None:
    """Take the cookie away."""
    response.delete_cookie(cookie_of(request), path="/", httponly=True, samesite="lax", secure=_https(request))


def cookie_of(request: Request) -> str:
    """Return the name of the cookie: over https one that no other host can set (RFC 6265bis, `__Host-`)."""
    return f"__Host-{COOKIE}" if _https(request) else COOKIE


def _https(request: Request) -> bool:
    return request.url.scheme == "https"


def refuse_other_sites(request: Request) -> None:
    """Refuse a post from a page of another site; that the cookie is SameSite=Lax refuses it once more."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    other = site is None and origin is not None and parts_of(origin).netloc != request.headers.get("host")
    if site not in (None, "same-origin", "none") or other:
        raise HTTPException(403)


async def read_form(request: Request) -> dict[str, str]:
    """Read a plain form. Only the kind that our pages send, and not more than fits a message."""
    if int(request.headers.get("content-length") or 0) > MAX_FORM_BYTES:
        raise HTTPException(413)
    body = await request.body()
    if len(body) > MAX_FORM_BYTES:
        raise HTTPException(413)
    if not request.headers.get("content-type", "").startswith(FORM_TYPE):
        raise HTTPException(415)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0].replace("\r\n", "\n") for name, values in fields.items()}
