"""Understanding with the talk in mind: what a short message means after what was said before. Pure.

"En in Almere?" after a search is a search in Almere, after a question the same question there; "de tweede" points at a
list; "geldt dat ook voor mijn zoon" is about the last subject. What stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.conversation.heard import Heard
from assistant.conversation.steps import CARRIER
from assistant.conversation.tracker import TrackerView

SHORT = 7
"""Words of a message that may lean on what went before."""
_I = re.IGNORECASE
_CODE = re.compile(r"\bM\W?D\W?[A-Z0-9]{4}\W?[A-Z0-9]{4}\b", _I)
_CODE_ASKED = re.compile(r"\b(ik heb (nog )?(een|n|m'n|mijn) code|verder met (een|mijn|de) code|code invullen)\b", _I)
_GO_ON = re.compile(r"^\W*(ja |oke? |ik wil )?(weer )?(verder|ga verder|doorgaan)( gaan)?( met .{3,30})?\W*$", _I)
_EMPLOYER = re.compile(r"^\W*(hallo |hoi )?(ik ben|wij zijn) (een |'n )?(werkgever|ondernemer|werkgevers)\W*$", _I)
_JOBSEEKER = re.compile(r"^\W*(hallo |hoi )?ik ben (een |'n )?(werkzoekende?|werkzoeker)\W*$", _I)
_ELSE = re.compile(r"^\W*(nee,? )?(iets|wat) anders( graag)?\W*$|^\W*geen van (alle|deze|die)\b.*$", _I)
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
_SIGN_UP = re.compile(
    r"\b(schrijf|aanmeld\w*|meld (me|mij|m'n)|opgeven|inschrijv\w*|zet (me|mij)|die wil ik|wil ik (wel )?(doen"
    r"|hebben))\b",
    _I,
)
_WITH_DATA = ("naam", "telefoon", "email")
_WHOM = re.compile(r"\b(bellen|contact|wie (gaat|is)|mailen|telefoonnummer)\b", _I)
_REACH = re.compile(r"\b(bel|bellen|mail|mailen|contact|spreken|praten|terecht|vragen|bereiken|melden)\b", _I)
_ABOUT_IT = re.compile(
    r"\b(daar|hier)(over|voor|mee)\b|\b(daar|hier)\b.*\bover\b|\b(die|deze) (werk)?(plek|baan)\b", _I
)
_ALSO_FOR = re.compile(
    r"\b(geldt|is|telt|mag|kan|krijgt|werkt) (dat|dit|die|deze|hij|zij|ze|het)( regel| dan| dat)* ook\b"
    r"(?=( wel| zo| doen| krijgen| aanvragen)*\W*$|.{0,6}\b(voor|bij)\b)|"
    r"^\W*(en |ook )+(voor|bij) (mijn|m'n|me|een|iemand|hem|haar|jongeren|ouderen|mensen)\b",
    _I,
)
_BARE = re.compile(
    r"^\W*(en |maar |oke?,? |dus |ja,? )*(hoe lang( (duurt|is) (dat|het))?|is (dat|het) betaald|hoe werkt (dat|het)"
    r"|krijg ik (daar|er) (geld|loon|subsidie) voor|wat kost( me| mij)?( dat| het)( me| mij)?|wie betaalt (dat|het)"
    r"|hoe vraag ik (dat|het) aan|(mag|moet) (dat|het)|krijg ik dan een (papier\w*|bewijs\w*))"
    r"( dan| eigenlijk| ongeveer| nou)*\W*$",
    _I,
)
"""A question whose subject is left out: it is that of the talk, however sure the words alone sound."""
_LEAN = re.compile(r"^\W*(en|of|ook|maar|dus|oke?|ja,? maar|liever|dan|doe|misschien|ja|nee|nou)\b", _I)
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
DEFAULT = "praktijkleren/"
"""What the model takes a question for that has no subject in it."""
SEARCH = ("werkplek_zoeken", "werkplek_details", "werkplek_contact")


@dataclass(frozen=True)
class Meant:
    """What goes to Rasa instead of the bare words."""

    intent: str
    answer: str | None = None
    """Key of an answer that is asked for again, or that belongs to the talk and not to a question."""
    lead: str | None = None
    """Key of a sentence that goes before the answer."""
    doubt: bool = False
    """Whether we ask back instead of answering."""
    sets: dict[str, Any] = field(default_factory=dict)
    """Slots that were learnt: municipality, role."""


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
    if gives and _SIGN_UP.search(heard.text) and not other and not employer:
        return Meant("aanmelden_werkzoekende")
    return None


def _searches(heard: Heard, talk: TrackerView) -> Meant | None:
    """A kind of work with a place or hours is a search when nothing else is clear."""
    names = [name for name, _ in heard.ranking[:3]]
    both = heard.value("soort_werk") and (heard.value("plaats") or heard.value("uren_per_week"))
    likely = "werkplek_zoeken" in names or "gegevens_geven" in names
    return Meant("werkplek_zoeken") if both and likely and not heard.is_clear else None


def _in_the_list(heard: Heard, talk: TrackerView) -> Meant | None:
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
    leans = _LEAN.search(heard.text) or len(heard.words) <= 3
    return adds and bool(leans) and len(heard.words) <= SHORT and not _asks_something_else(heard)


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
    if _SIGN_UP.search(heard.text):
        return Meant("aanmelden_werkzoekende")
    if _WHOM.search(heard.text):
        return Meant("werkplek_contact")
    return Meant("werkplek_details") if not heard.is_clear or len(heard.words) <= SHORT else None


def _where(heard: Heard, talk: TrackerView) -> Meant | None:
    """Say the last answer as it is in another municipality, or in the one that was just asked for."""
    subject, place = talk.subject, heard.value("gemeente")
    if subject is None or subject in SEARCH or len(heard.words) > SHORT:
        return None
    asked = talk.asked_municipality
    if asked and _ELSEWHERE.search(heard.text):
        return Meant("lokaal/andere_gemeente", sets={"gemeente": "anders"})
    if not place or not (asked or _LEAN.search(heard.text)) or _asks_something_else(heard, own="lokaal/"):
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


def _bare_question(heard: Heard, talk: TrackerView) -> Meant | None:
    """Ask a question without a subject about the subject of the talk: 'wat kost dat' after praktijkleren.

    When nothing there fits, at least not about learning on the job, that the model takes by default.
    """
    group = (talk.subject or "").partition("/")[0]
    if not group or not _BARE.search(heard.text) or heard.best.startswith(f"{group}/"):
        return None
    likely = [name for name, chance in heard.ranking[:6] if chance >= 0.005 and "/" in name and name != talk.subject]
    here = [name for name in likely if name.startswith(f"{group}/")]
    if here:
        return Meant(here[0])
    other = [name for name in likely if not name.startswith(DEFAULT)]
    return Meant(other[0]) if heard.best.startswith(DEFAULT) and other else None


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


def _asks_something_else(heard: Heard, own: str = "werkplek") -> bool:
    """Whether a message is clearly a question of its own."""
    other = "/" in heard.best or heard.best in ("aanmelden_werkzoekende", "aanmelden_werkgever", "mens_spreken")
    return other and heard.is_clear and not heard.best.startswith((own, "lokaal/", "buiten"))


_RULES: tuple[Callable[[Heard, TrackerView], Meant | None], ...] = (
    _about_the_talk,
    _signs_up,
    _searches,
    _in_the_list,
    _where,
    _also_for,
    _bare_question,
    _near_subject,
)
