"""The parts of a published table in words."""

from __future__ import annotations

_NAMES = {
    "web": "website",
    "voice": "spraak op de website",
    "phone": "telefoon",
    "antwoord": "beantwoord",
    "knop": "op een knop gedrukt",
    "mens": "om een mens gevraagd",
    "gevaar": "gevaar herkend",
    "gaat_wel": "gaat wel",
}


def part_name(code: str) -> str:
    """The words of a part; a group of questions is called after its file."""
    return _NAMES.get(code, code.replace("_", " "))
