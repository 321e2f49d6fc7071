"""Understanding with the talk in mind: what a short message means after what was said before. Pure.

"En in Almere?" after a search is a search in Almere, after a question the same question there; "de tweede" points at a
list; "geldt dat ook voor mijn zoon" is about the last subject. What stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.conversation.heard import Heard
from assistant.conversation.left_out import bare_question, how_now
from assistant.conversation.meant import Meant
from assistant.conversation.shown_list import (
    LEAN,
    SEARCH,
    SHORT,
    SIGN_UP,
    asks_something_else,
    back_to_the_list,
    in_the_list,
)
from assistant.conversation.steps import CARRIER
from assistant.conversation.tracker import TrackerView

_I = re.IGNORECASE
_CODE = re.compile(r"\bM\W?D\W?[A-Z0-9]{4}\W?[A-Z0-9]{4}\b", _I)
_CODE_ASKED = re.compile(r"\b(ik heb (nog )?(een|n|m'n|mijn) code|verder met (een|mijn|de) code|code invullen)\b", _I)
_GO_ON = re.compile(r"^\W*(ja |oke? |ik wil )?(weer )?(verder|ga verder|doorgaan)( gaan)?( met .{3,30})?\W*$", _I)
_EMPLOYER = re.compile(r"^\W*(hallo |hoi )?(ik ben|wij zijn) (een |'n )?(werkgever|ondernemer|werkgevers)\W*$", _I)
_JOBSEEKER = re.compile(r"^\W*(hallo |hoi )?ik ben (een |'n )?(werkzoekende?|werkzoeker)\W*$", _I)
_ELSE = re.compile(r"^\W*(nee,? )?(iets|wat) anders( graag)?\W*$|^\W*geen van (alle|deze|die)\b.*$", _I)
_WITH_DATA = ("naam", "telefoon", "email")
_ALSO_FOR = re.compile(
    r"\b(geldt|is|telt|mag|kan|krijgt|werkt) (dat|dit|die|deze|hij|zij|ze|het)( regel| dan| dat)* ook\b"
    r"(?=( wel| zo| doen| krijgen| aanvragen)*\W*$|.{0,6}\b(voor|bij)\b)|"
    r"^\W*(en |ook )+(voor|bij) (mijn|m'n|me|een|iemand|hem|haar|jongeren|ouderen|mensen)\b",
    _I,
)
_CHANGE = re.compile(
    r"\b(wijzig\w*|verander\w*|aanpas\w*|pas .{0,25} aan|bijwerken|doorgeven)\b.{0,40}\b(aanmelding|registratie"
    r"|inschrijving)\b|"
    r"\b(aanmelding|registratie|inschrijving)\b.{0,40}\b(wijzig\w*|verander\w*|aanpassen|aan te passen|bijwerken)\b|"
    r"\b(ik heb|ik heb nu|heb) een (nieuw|ander) (nummer|telefoonnummer|06|mailadres|e-mailadres)\b|"
    r"\b(nieuw|ander) (nummer|telefoonnummer|mailadres|e-?mailadres|adres) (op|door)?geven\b",
    _I,
)
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u03ff\u0400-\u04ff\u0530-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1200-\u137f\u3040-\u9fff\uac00-\ud7af]{3,}"
)
_ELSEWHERE = re.compile(r"\b(in )?(een )?andere gemeente\b|\bergens anders\b", _I)
ELSEWHERE = "vervolg/in_gemeente"
"""Goes before the last answer when it is said again for another municipality."""


def resolve(heard: Heard, talk: TrackerView) -> Meant | None:
    """Return what a message means in this talk, or None when its own words decide. Not for messages in a form."""
    for rule in _RULES:
        if meant := rule(heard, talk):
            return meant
    return None


def _about_the_talk(heard: Heard, talk: TrackerView) -> Meant | None:
    text = heard.text
    if _CODE.search(text) or _CODE_ASKED.search(text):
        return Meant("hervatten")
    if _OTHER_SCRIPT.search(text):
        return Meant("taal_wisselen")
    if _EMPLOYER.search(text):
        return Meant(CARRIER.lstrip("/"), answer="welkom_werkgever", sets={"rol": "werkgever"})
    if _JOBSEEKER.search(text):
        return Meant(CARRIER.lstrip("/"), answer="welkom_werkzoekende", sets={"rol": "werkzoekende"})
    if _ELSE.search(text):
        return Meant(CARRIER.lstrip("/"), answer="twijfel/iets_anders")
    if _GO_ON.search(text):
        return Meant(talk.left_form or "hulp")
    return Meant("aanmelding_wijzigen") if _CHANGE.search(text) else None


def _signs_up(heard: Heard, talk: TrackerView) -> Meant | None:
    """Who gives a name or number along with 'schrijf me op' wants to register, whatever else is in the sentence."""
    gives = any(heard.value(name) for name in _WITH_DATA)
    other = heard.best in ("aanmelden_werkgever", "terugbellen", "mijn_aanmelding") or "verwijder" in heard.best
    employer = talk.context().role == "werkgever"
    if gives and SIGN_UP.search(heard.text) and not other and not employer:
        return Meant("aanmelden_werkzoekende")
    return None


def _searches(heard: Heard, talk: TrackerView) -> Meant | None:
    """A kind of work with a place or hours is a search when nothing else is clear."""
    names = [name for name, _ in heard.ranking[:3]]
    both = heard.value("soort_werk") and (heard.value("plaats") or heard.value("uren_per_week"))
    likely = "werkplek_zoeken" in names or "gegevens_geven" in names
    return Meant("werkplek_zoeken") if both and likely and not heard.is_clear else None


def _where(heard: Heard, talk: TrackerView) -> Meant | None:
    """Say the last answer as it is in another municipality, or in the one that was just asked for."""
    subject, place = talk.subject, heard.value("gemeente")
    if subject is None or subject in SEARCH or len(heard.words) > SHORT:
        return None
    asked = talk.asked_municipality
    if asked and _ELSEWHERE.search(heard.text):
        return Meant("lokaal/andere_gemeente", sets={"gemeente": "anders"})
    if not place or not (asked or LEAN.search(heard.text)) or asks_something_else(heard, own="lokaal/"):
        return None
    if place == "anders":
        return Meant("lokaal/andere_gemeente", sets={"gemeente": "anders"})
    lead = None if asked else ELSEWHERE
    return Meant(CARRIER.lstrip("/"), answer=subject, lead=lead, sets={"gemeente": place})


def _also_for(heard: Heard, talk: TrackerView) -> Meant | None:
    """Say that the rules are the same for another person, and the last answer in short."""
    if talk.subject is None or talk.subject in SEARCH or not _ALSO_FOR.search(heard.text) or len(heard.words) > 9:
        return None
    return Meant(CARRIER.lstrip("/"), answer=talk.subject, lead="vervolg/voor_ander")


def _near_subject(heard: Heard, talk: TrackerView) -> Meant | None:
    """Of guesses that are close, take the one from the subject that the talk is about."""
    subject = talk.subject
    if subject is None or heard.is_clear or len(heard.words) > SHORT or not heard.ranking:
        return None
    group = subject.partition("/")[0]
    near = [(name, chance) for name, chance in heard.ranking[:3] if name.partition("/")[0] == group and name != subject]
    if near and near[0][1] >= 0.2 and near[0][1] >= 0.6 * heard.chance and not heard.best.startswith("veiligheid"):
        return Meant(near[0][0])
    return None


_RULES: tuple[Callable[[Heard, TrackerView], Meant | None], ...] = (
    _about_the_talk,
    _signs_up,
    _searches,
    in_the_list,
    back_to_the_list,
    _where,
    _also_for,
    bare_question,
    how_now,
    _near_subject,
)
