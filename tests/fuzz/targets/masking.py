"""Masking: what belongs to a person does not survive, and nothing comes out that did not go in."""

from __future__ import annotations

from assistant.core.masking import health_words, hide_known, mask, refuse_bsn
from assistant.core.masking.marks import MARK
from assistant.core.masking.reading import lower, read
from tests.fuzz.numbers_left import has_bsn

SECRETS = ("123456782", "nl91abna0417164300", "j.visser@voorbeeld.nl", "0612345678", "+31612345678", "06-12345678",
           "de89370400440532013000", "NL91 ABNA 0417 1643 00")  # fmt: skip
BSN = SECRETS[0]


def again(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    once = mask(text)
    assert mask(once) == once, "a second time finds more"
    _made_of(once, text)
    safe, found = refuse_bsn(text)
    assert found == (safe != text)
    assert not has_bsn(safe), "a number was left"
    _made_of(safe, text)
    assert all(word in lower(text) for word in health_words(text))


def planted(data: bytes) -> None:
    """The first letter chooses what is planted, the rest stands around it: before and behind a `|`."""
    text = data.decode("utf-8", "replace")
    secret = SECRETS[ord(text[0]) % len(SECRETS)] if text else BSN
    before, _, behind = text[1:].partition("|")
    around = f"{before} {secret} {behind}"
    if secret in before + behind or MARK.search(around[max(0, len(before) - 12) : len(before) + len(secret) + 12]):
        return
    assert secret not in mask(around), f"{secret} survives"
    figures = any(one.isdecimal() for one in read(lower(before + " . " + behind)).text)
    if secret == BSN and not figures and "+" not in around and "plus" not in lower(around):
        assert BSN not in refuse_bsn(around)[0], "a citizen service number gets through the door"


def known(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    name, _, rest = text.partition("|")
    name = " ".join(name.split())
    hidden = hide_known(f"{rest} fatima {rest}", [name, "Fatima"])
    assert " fatima " not in hidden
    _made_of(hidden, f"{rest} fatima {rest}")


def reading(data: bytes) -> None:
    low = lower(data.decode("utf-8", "replace"))
    found = read(low)
    for at in range(len(found.text)):
        start, end = found.span(at, at + 1)
        assert 0 <= start < end <= len(low), "points outside the message"
        assert found.text[at].isdecimal() or found.text[at] == "e" or found.text[at] == low[start]
        assert at == 0 or start >= found.span(at - 1, at)[0], "goes back"


def _made_of(result: str, text: str) -> None:
    """What is left stands in the text in the same order: masking makes nothing up."""
    at = 0
    for piece in MARK.split(result):
        found = text.find(piece, at)
        assert found >= 0, "says what nobody said"
        at = found + len(piece)
