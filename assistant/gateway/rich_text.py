"""Text of the assistant as HTML: paragraphs, links and bold. Everything else is escaped."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|\b(?P<site>(?:www\.)?(?:[a-z0-9-]+\.)+(?:nl|eu)(?:/[^\s<>\".,;:!?)]*)?)\b"
    r"|(?<!\d)(?P<phone>14 ?0\d{2,3}|0[89]00[ -]?\d{4}|0\d(?:[ -]?\d){8})(?!\d)|\*\*(?P<bold>[^*\n]+)\*\*",
    re.IGNORECASE,
)


def rich(text: str) -> Markup:
    """Return text as paragraphs with links and bold."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>%s</p>") % linked(part) for part in paragraphs if part)


def linked(text: str) -> Markup:
    """Return one paragraph with links and bold."""
    parts: list[Markup] = []
    at = 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[at : match.start()]))
        parts.append(_link(match))
        at = match.end()
    parts.append(escape(text[at:]))
    return Markup("").join(parts).replace("\n", Markup("<br>"))


def _link(match: re.Match[str]) -> Markup:
    found = match.groupdict()
    if found["bold"]:
        return Markup("<strong>%s</strong>") % found["bold"]
    target = found["url"] or tel(found["phone"] or "")
    if found["mail"] or found["site"]:
        target = f"mailto:{found['mail']}" if found["mail"] else f"https://{found['site']}"
    return Markup('<a href="%s" rel="noopener noreferrer">%s</a>') % (target, match.group())


def tel(phone: str) -> str:
    """Return the address that calls a number."""
    return "tel:" + re.sub(r"[^\d+]", "", phone)
