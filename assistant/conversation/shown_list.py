"""Understanding with a list of openings in mind: the next ones, nearer, fewer hours, the first, whom to call. Pure."""

from __future__ import annotations

import re

from assistant.conversation.heard import Heard
from assistant.conversation.meant import Meant
from assistant.conversation.steps import CARRIER
from assistant.conversation.tracker import TrackerView

FEW, SHORT = 3, 7
"""Words of a message that leans on what went before, and of one that may."""
_I = re.IGNORECASE
_MORE = re.compile(
    r"^\W*(ja |graag |en |nog |laat |toon |mij |me )*(meer|andere|volgende)( plekken| banen| werkplekken| zien)*\W*$",
    _I,
)
_TURN = re.compile(
    r"\b(dichter ?bij|dichter in de buurt|minder ver|te ver|niet zo ver|verder weg|minder( \w+)? ?uu?re?n?"
    r"|meer( \w+)? ?uu?re?n?|korter werken|"
    r"langer werken|maakt niet uit (waar|wat)|ander (soort )?werk|ruimer zoeken)\b",
    _I,
)
_THAT_ONE = re.compile(r"^\W*(ja,? |oke?,? |doe )?(die|deze|dat)( ene?| plek| daar)?( maar| graag)?\W*$", _I)
_ORDER = re.compile(
    r"\b(waarom|hoe)\b.{0,25}\b(volgorde|bovenaan|eerst(e)? (staat|staan)|gesorteerd)\b|\bwaarom (staat )?(die"
    r"|deze) (eerst|bovenaan)\b",
    _I,
)
_HOW_FAR = re.compile(r"\b(hoe ?ver|hoe lang (fietsen|reizen|lopen)|afstand|hoeveel (kilometer|km))\b", _I)
SIGN_UP = re.compile(
    r"\b(schrijf|aanmeld\w*|meld (me|mij|m'n)|opgeven|inschrijv\w*|zet (me|mij)|die wil ik|wil ik (wel )?(doen"
    r"|hebben))\b",
    _I,
)
_WHOM = re.compile(r"\b(bellen|contact|wie (gaat|is)|mailen|telefoonnummer)\b", _I)
_REACH = re.compile(r"\b(bel|bellen|mail|mailen|contact|spreken|praten|terecht|vragen|bereiken|melden)\b", _I)
_ABOUT_IT = re.compile(
    r"\b(daar|hier)(over|voor|mee)\b|\b(daar|hier)\b.*\bover\b|\b(die|deze) (werk)?(plek|baan)\b", _I
)
_LIMIT = re.compile(
    r"^\W*(niet meer dan|niet langer dan|maximaal|max|hooguit|hoogstens|minstens|minimaal|liefst)\b", _I
)
LEAN = re.compile(r"^\W*(en|of|ook|maar|dus|oke?|ja,? maar|liever|dan|doe|misschien|ja|nee|nou)\b", _I)
SEARCH = ("werkplek_zoeken", "werkplek_details", "werkplek_contact")


def back_to_the_list(heard: Heard, talk: TrackerView) -> Meant | None:
    """'De eerste' is about the list that was shown, also after another question in between."""
    points = str(heard.value("werkplek_nummer") or "").startswith("volgorde:")
    if points and talk.shown and talk.subject not in SEARCH and len(heard.words) <= FEW:
        return Meant("werkplek_details")
    return None


def in_the_list(heard: Heard, talk: TrackerView) -> Meant | None:
    """Follow a list of openings that was shown a moment ago."""
    if talk.subject not in SEARCH or not (talk.shown or talk.asked_for_work):
        return None
    if _ORDER.search(heard.text):
        return Meant(CARRIER.lstrip("/"), answer="werkplek_zoeken/volgorde")
    if heard.value("werkplek_nummer"):
        return _pointed(heard)
    if _THAT_ONE.search(heard.text):
        return Meant("werkplek_details")
    if _asks_whom(heard):
        return Meant("werkplek_contact")
    if _MORE.search(heard.text) or _TURN.search(heard.text) or _how_far(heard):
        return Meant("werkplek_zoeken")
    return Meant("werkplek_zoeken") if _narrows(heard) else None


def _narrows(heard: Heard) -> bool:
    """Whether a few words add something to the search: 'en in Tuk', '20 uur'."""
    adds = any(heard.value(name) for name in ("plaats", "postcode", "soort_werk", "uren_per_week", "dagen"))
    if not adds or len(heard.words) > SHORT:
        return False
    leans = LEAN.search(heard.text) or len(heard.words) <= FEW
    return bool(_LIMIT.search(heard.text)) or (bool(leans) and not asks_something_else(heard))


def _how_far(heard: Heard) -> bool:
    """Whether somebody asks how far it is from a place: then the search is from there, and each card says how far."""
    return bool(heard.value("plaats") and _HOW_FAR.search(heard.text))


def _asks_whom(heard: Heard) -> bool:
    """Whether somebody wants to know whom to call about the opening: "wie kan ik daarover bellen"."""
    if len(heard.words) > SHORT + 2 or heard.best in ("mens_spreken", "terugbellen"):
        return False
    about_it = bool(_REACH.search(heard.text) and _ABOUT_IT.search(heard.text))
    likely = "werkplek_contact" in [name for name, _ in heard.ranking[:3]]
    return likely and (about_it or (bool(_WHOM.search(heard.text)) and not heard.is_clear))


def _pointed(heard: Heard) -> Meant | None:
    """What somebody wants with the opening they point at: register, know whom to call, or see more of it."""
    if SIGN_UP.search(heard.text):
        return Meant("aanmelden_werkzoekende")
    if _WHOM.search(heard.text):
        return Meant("werkplek_contact")
    return Meant("werkplek_details") if not heard.is_clear or len(heard.words) <= SHORT else None


def asks_something_else(heard: Heard, own: str = "werkplek") -> bool:
    """Whether a message is clearly a question of its own."""
    other = "/" in heard.best or heard.best in ("aanmelden_werkzoekende", "aanmelden_werkgever", "mens_spreken")
    return other and heard.is_clear and not heard.best.startswith((own, "lokaal/", "buiten"))
