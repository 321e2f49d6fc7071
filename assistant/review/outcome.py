"""What came of a message, told from the keys of the answers that were given."""

from __future__ import annotations

from collections.abc import Iterable

OUTCOMES = {
    "antwoord": "beantwoord",
    "teruggevraagd": "teruggevraagd",
    "niet_begrepen": "niet begrepen",
    "mens": "doorverwezen naar een mens",
    "gevaar": "gevaar herkend",
    "storing": "storing",
}
"""Code → words for staff."""
WITH_STAFF = "met_medewerker"
"""Intent in the log of a message that a member of staff got: the assistant did not try to understand it."""
_FIRST_THAT_FITS = (
    ("storing", ("storing/",)),
    ("mens", ("mens_spreken", "mens/", "twijfel/mens", "terugbellen/gelukt", "formulier/begin/terugbellen")),
    ("niet_begrepen", ("twijfel/geen_idee", "twijfel/nog_een_keer", "buiten_bereik_overig", "weet_ik_niet")),
    ("teruggevraagd", ("twijfel/",)),
)


def outcome_of(answers: Iterable[str], danger: str | None, intent: str = "") -> str:
    """Return the code of OUTCOMES; danger goes before everything, then staff in the talk, then the worst answer."""
    if danger:
        return "gevaar"
    if intent == WITH_STAFF:
        return "mens"
    keys = tuple(answers)
    for outcome, beginnings in _FIRST_THAT_FITS:
        if any(key.startswith(beginnings) for key in keys):
            return outcome
    return "antwoord"
