"""Texts of an editor with values in them, and what is left for who listens."""

from __future__ import annotations

from assistant.answers.fill import UnknownValueError, asked_values, fill, for_the_ear, without_stale

VALUES = {"naam": "jan {x}", "telefoon": "14 0521", "extra": "", "gemeente": "[[steenwijkerland]]", "uren": "{uren}"}


def filled(data: bytes) -> None:
    """A value is put in once, as it is: braces in what a person typed are no name of a value."""
    text = data.decode("utf-8", "replace")
    names = asked_values(text)
    try:
        made = fill(text, VALUES)
    except UnknownValueError as error:
        assert error.args[0] in names - set(VALUES)
        return
    assert names <= set(VALUES)
    plain = text
    for name in names:
        plain = plain.replace(f"{{{name}}}", "\0")
    at = 0
    for piece in plain.split("\0"):
        found = made.find(piece, at)
        assert found >= 0, "the words around a value changed"
        at = found + len(piece)


def dated(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    kept, gone = without_stale(text, stale=False, newest="NIEUW"), without_stale(text, stale=True, newest="NIEUW")
    assert kept.count("NIEUW") == text.count("NIEUW")
    assert gone.count("NIEUW") <= text.count("NIEUW") + 1
    assert len(gone) <= len(text) + len(" NIEUW")


def by_ear(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    heard = for_the_ear(text)
    assert "\n" not in heard and heard == heard.strip()
    assert for_the_ear(heard) == heard, "an address is left"
    behind = for_the_ear(f"{text} Kijk op www.uwv.nl. Daarna belt u ons.")
    assert behind.endswith("de website. Daarna belt u ons."), "the end of a sentence went with an address"
