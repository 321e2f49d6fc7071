"""Values that somebody might send to find out what breaks, and what an honest refusal looks like."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
from hypothesis import strategies as st

HOSTILE = (
    "", " ", "0", "1", "-1", "2", "9" * 30, "1e400", "NaN", "٣", "1.5", "true", "null", "[]", "{}",
    "almere", "landelijk", "steenwijkerland", "AW-2026-00001", "W-0001",
    "2026-11-22", "2026-02-30", "0001-01-01", "9999-12-31", "2026-W54", "2026-13", "25:61",
    "' OR 1=1 --", "\"; DROP TABLE staff_account; --", "%", "_", "%00", "\x00", "a\x00b", "\u202e", "🌻" * 60,
    "é" * 300, "<script>alert(1)</script>", "{{ 7*7 }}", "${7*7}", "../../../etc/passwd", "..%2f..%2fetc", "//evil.nl",
    "\r\nset-cookie: a=b", "javascript:alert(1)", "=1+1", "a" * 5000,
)  # fmt: skip
ANYTHING = st.sampled_from(HOSTILE) | st.text(max_size=40)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
TRACE = re.compile(r"Traceback|File \"/|sqlalchemy|psycopg|sqlite3|site-packages|Internal Server Error|line \d+, in ")
KIND = re.compile(r"<h1[^>]*>\s*\S|role=\"alert\"")


def breaks(answer: httpx.Response) -> str | None:
    """Return what is wrong with an answer to whatever was sent: broken, telling too much, or not kind."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    text = unescape(answer.text)
    if found := TRACE.search(text):
        return f"tells {found[0]}"
    if answer.status_code >= 400 and not _is_kind(answer):
        return f"{answer.status_code} without a sentence: {text[:120]}"
    return None


def _is_kind(answer: httpx.Response) -> bool:
    """A page with a head in Dutch, or a problem document with a code and a sentence."""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        body = answer.json()
        return bool(body["code"]) and body["detail"].strip().endswith((".", "?", "!"))
    return 'lang="nl"' in answer.text and bool(KIND.search(answer.text))
