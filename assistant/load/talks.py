"""What people say under load: talks as they are in practice, with questions, searches, forms and buttons.

The mixture is questions 50 %, searches 20 %, forms 20 % and buttons 10 % of the turns, roughly; a talk that is at its
end starts again as another person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle


@dataclass(frozen=True)
class Talk:
    """What one person says, in order."""

    kind: str
    municipality: str | None
    lines: tuple[str, ...]


TALKS = (
    Talk("vragen", "steenwijkerland", (
        "wat is beschut werk eigenlijk",
        "hoeveel verdien ik dan",
        "moet ik daar ook reiskosten voor betalen",
        "is er een wachtlijst voor beschut werk",
        "bedankt",
    )),
    Talk("vragen", "almere", (
        "mijn zoon van 19 heeft wajong mag hij beschut werken",
        "wat moet ik meesturen met de aanvraag bij het uwv",
        "hoe lang duurt het voordat ik iets hoor",
        "/loon/contract",
        "krijg ik vakantie",
        "kan ik met iemand praten",
    )),
    Talk("zoeken", "steenwijkerland", (
        "zijn er plekken in het groen in Steenwijk",
        "laat meer plekken zien",
        "vertel meer over de tweede",
        "wie moet ik bellen voor deze plek",
    )),
    Talk("formulier", "steenwijkerland", (
        "schrijf mij maar op voor beschut werk",
        "Jan de Vries",
        "wat verdien ik dan eigenlijk?",
        "06 12345678",
        "Tuk",
        "groen",
        "20 uur",
        "nee",
    )),
    Talk("werkgever", None, (
        "ik ben werkgever en zoek iemand uit het doelgroepregister",
        "almere",
        "welke subsidies zijn er",
        "wat is de no-riskpolis",
        "/subsidie/loonkostensubsidie",
        "wie telt mee voor de banenafspraak",
    )),
    Talk("vragen", "almere", (
        "wat is praktijkleren",
        "krijg ik een diploma",
        "wat kost dat",
        "ik zoek inpakwerk 20 uur per week in almere",
        "/praktijkleren/voor_wie",
    )),
)  # fmt: skip


def talks() -> Iterator[Talk]:
    """Yield talks for ever, in a fixed order, so that two runs ask the same."""
    return cycle(TALKS)
