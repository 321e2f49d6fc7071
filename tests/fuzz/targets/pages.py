"""What browsers send, and the text that becomes a page."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser

from fastapi import HTTPException, Request

from assistant.console.csrf import guard
from assistant.console.errors import CrossSite
from assistant.console.kept_form import _page_of
from assistant.figures.errors import PeriodUnknown
from assistant.figures.periods import month
from assistant.gateway.plain_post import TalkKey, read_form, refuse_other_sites
from assistant.gateway.rich_text import rich, tel
from assistant.http.sent_address import parts_of
from assistant.review.filters import Filters, conditions

TAGS = {"p", "a", "strong", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}


def rich_text(data: bytes) -> None:
    """Every tag is one of ours, every link leads where a link may lead, and no word is lost."""
    text = data.decode("utf-8", "replace")
    page = _Page()
    page.feed(str(rich(text)))
    page.close()
    assert "".join(page.words.split()) == "".join(text.replace("**", "").split()) or "**" in text
    assert set(tel(text)) <= set("tel:+") | {one for one in text if one.isdecimal()}


class _Page(HTMLParser):
    """Reads a page as a browser does, and finds fault."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}> was let through"
        wanted = {"href", "rel"} if tag == "a" else set()
        assert {name for name, _ in attrs} == wanted, f"<{tag}> with {attrs}"
        for name, value in attrs:
            assert name != "href" or (value or "").partition(":")[0].lower() in SCHEMES, f"leads to {value}"

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment was let through")

    handle_decl = unknown_decl = handle_pi = handle_comment


def posted(data: bytes) -> None:
    """Lines: origin, referer, cookie, content type, length; and then the body of a form."""
    lines = data.split(b"\n", 5)
    lines += [b""] * (6 - len(lines))
    request = _request(lines[:5], lines[5])
    for refuse in (refuse_other_sites, TalkKey.of):
        try:
            refuse(request)
        except HTTPException as error:
            assert 400 <= error.status_code < 500
    try:
        asyncio.run(guard(request))
    except CrossSite:
        pass
    else:
        assert parts_of(lines[0].decode("latin-1")).netloc == "127.0.0.1", "a post of another site"
    page = _page_of(request)
    assert page.startswith("/") and not page.startswith("//"), "leads to another site"
    try:
        form = asyncio.run(read_form(_request(lines[:5], lines[5])))
    except HTTPException as error:
        assert 400 <= error.status_code < 500
        return
    assert len(form) <= 20 and all(isinstance(value, str) for value in form.values())


def _request(heads: list[bytes], body: bytes) -> Request:
    names = (b"origin", b"referer", b"cookie", b"content-type", b"content-length")
    clean = [(name, value.replace(b"\r", b"").strip()) for name, value in zip(names, heads, strict=True) if value]
    if not dict(clean).get(b"content-length", b"0").isdigit():  # the server refuses such a length before we see it
        clean = [(name, value) for name, value in clean if name != b"content-length"]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(
        {"type": "http", "method": "POST", "scheme": "http", "path": "/chat", "query_string": b"",
         "server": ("127.0.0.1", 80), "headers": [(b"host", b"127.0.0.1"), *clean], "state": {}}, receive,
    )  # fmt: skip


def asked(data: bytes) -> None:
    """A line of an address: what is not allowed is left out, and what is left makes a query."""
    text = data.decode("utf-8", "replace")
    pairs = dict(part.split("=", 1) for part in text.split("&") if "=" in part)
    filters = Filters.read(pairs)
    conditions(filters, account_id=1, parts=frozenset({"loon"}))
    again = Filters.read(filters.chosen())
    assert again == filters, "an address does not lead back to the same filters"
    try:
        period = month(text)
    except PeriodUnknown:
        return
    assert period.since.day == 1 and (period.until - period.since).days in (27, 28, 29, 30)
