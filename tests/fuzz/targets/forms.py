"""Fields of a form, read from what somebody says."""

from __future__ import annotations

from actions.forms import readers
from actions.message import Message

READERS = [reader for name, reader in vars(readers).items() if name.startswith("read_")]


def fields(data: bytes) -> None:
    """Lines: what was typed, an entity's name, its value. Each reader gives a value of its own kind, or nothing."""
    text, kind, value, *_ = [*data.decode("utf-8", "replace").split("\n", 2), "", "", ""]
    entities = ({"entity": kind, "value": value},) if kind else ()
    message = Message(text, "gegevens_geven", 1.0, entities, {}, "1")
    for asked in (True, False):
        for reader in READERS:
            _right(reader.__name__, reader(message, asked), value)


def _right(name: str, found: object, value: str) -> None:
    if found is None:
        return
    if name == "read_hours":
        assert isinstance(found, list) and 1 <= found[0] <= found[1] <= 40
    elif name == "read_places":
        assert isinstance(found, int) and found >= 0
    elif name == "read_opening":
        assert isinstance(found, str) and found[2:].isascii()
    elif name == "read_contact":
        assert isinstance(found, str) and ("@" in found or (found.startswith("+") and found[1:].isascii()))
