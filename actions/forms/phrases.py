"""What people say about a form itself: back, why, stop, skip, change this, remove that, later."""

from __future__ import annotations

import re

BACK = re.compile(
    r"^\W*(ga |een |1 |kan ik |ik wil )?(stap(je)? |vraag )?(terug"
    r"|vorige( vraag)?)( (naar )?(de )?vorige( vraag)?)?( gaan)?( graag)?\W*$",
    re.I,
)
WHY = re.compile(
    r"^\W*(maar |en )?(waarom|waarvoor|hoezo|waar is dat voor)\b.{0,40}$|"
    r"waarom (wil|moet|vraag|heb)\w*\b.{0,30}\b(weten|nodig|geven|vraagt|dat|je|u)\b|"
    r"(wat|waar) (gaat|doet|doen|heb|heeft) (u|je|jij|jullie) (daar)?(mee|aan)\b",
    re.I,
)
STOP = re.compile(
    r"^\W*(ik wil |nee |ja |oke? )?(stop(pen)?( maar| er ?mee| met .{0,30})?|laat maar( zitten)?|annuleren?"
    r"|ophouden|kappen( ermee)?"
    r"|ik (stop|kap) (ermee|er mee|hiermee)|hou maar op|(ik )?(doe het|wil) (toch )?niet (meer )?(aanmelden)?)\W*$",
    re.I,
)
SKIP = re.compile(
    r"^\W*nee\W*$|^\W*(nee,? )?(sla( (dat|deze|die|hem|dit))?( maar| even)* over|overslaan|(dat )?(liever|zeg ik"
    r"|wil ik) (niet|liever niet)( zeggen)?"
    r"|zeg ik (liever )?niet|volgende( vraag)?|geen idee|maakt (me |mij |mie )?niet uit|weet ik (nog )?niet"
    r"|kweenie|skip)\W*$",
    re.I,
)
GO_ON = re.compile(
    r"^\W*(ik wil |ja |oke? |ok )?(ga |gaan we |we gaan |laten we |nu )?(weer )?(verder|doorgaan|ga door|door)( gaan)?"
    r"( met (het formulier|aanmelden|de aanmelding|mijn aanmelding|de vragen))?( graag)?\W*$",
    re.I,
)
PAUSE = re.compile(
    r"\b(pauze(ren)?|(ga|wil|doe|kan|maak)( ik)?( het| dit| hier)?( \w+)? later (pas )?(verder|afmaken|af)"
    r"|later verder(gaan)?"
    r"|(straks|morgen|vanavond|thuis|een andere keer) (weer )?verder( gaan)?|verder op (mijn|een|m'n) \w+"
    r"|bewaar (dit|het) (even )?voor later"
    r"|op een ander(e)? (apparaat|telefoon|computer)( verder)?|even pauze)\b",
    re.I,
)
CHANGE = re.compile(
    r"\b(?:verander|wijzig|pas|corrigeer|verbeter|anders?|wijzigen|veranderen|aanpassen)\s+(?:mijn |m'n |de "
    r"|het |me )?(?P<a>[a-z_ -]+?)"
    r"(?: aan| veranderen| wijzigen)?\W*$|"
    r"\b(?:mijn |m'n |me |de |het )(?P<b>[a-z_ -]+?) (?:klopt niet|is (?:niet goed|fout|verkeerd)|moet anders"
    r"|wil ik (?:veranderen|wijzigen|aanpassen)"
    r"|(?:veranderen|wijzigen|aanpassen))\W*$",
    re.I,
)
REMOVE = re.compile(
    r"\b(?:haal|verwijder|wis|schrap|gooi|laat|streep)\s+(?:mijn |m'n |me |de |het |dat )?(?P<a>[a-z_ -]+?)"
    r"(?: er)?(?: maar| toch| liever)?(?: (?:weg|uit|eraf|af|vallen|door))?\W*$|"
    r"\b(?P<b>[a-z_-]+) (?:weghalen|verwijderen|schrappen|weglaten)\W*$",
    re.I,
)
HUH = re.compile(
    r"^\W*(huh|hè|h[eé]|wat|wablief|wat bedoel(t|je)? ?(u|je)?|(dat )?(snap|begrijp) ik niet|ik (snap"
    r"|begrijp) (het|dat|dit|u) niet)\W*$",
    re.I,
)
YES = re.compile(
    r"^\W*(ja|jazeker|jaha|jawel|joa|jao|jup|jep|yes|klopt|akkoord|oke|oké|ok|okay|goed|prima|top|is goed"
    r"|dat klopt|dat mag|mag wel|"
    r"helemaal goed|doe maar|vooruit)\b",
    re.I,
)
HALF_YES = re.compile(r"\b(maar|behalve|tenzij|alleen als|niet|geen|nog|wacht|eerst|straks|later|misschien)\b", re.I)
"""A yes with a condition is no consent: the question is asked again."""
NO = re.compile(r"^\W*(nee|neen|nope|niet|neuh|nee hoor|klopt niet|dat klopt niet|mag niet)\b", re.I)
BARE_NUMBER = re.compile(r"^\W*\d{1,2}(\s*(-|tot|à|a|t/m)\s*\d{1,2})?\W*$", re.I)
SURNAME = re.compile(r"\bachternaam\b", re.I)
SHOP_QUESTION = re.compile(
    r"\?\s*$|^\W*(zijn er|heb(t|ben)? (je|u|jij|jullie)|welke|is er|hoeveel|hoe|wat|wie|waar|wanneer|kan|mag|krijg)\b",
    re.I,
)

WORDS_FOR = {
    "naam": "naam", "voornaam": "naam", "achternaam": "naam", "contactpersoon": "naam",
    "telefoon": "contact", "telefoonnummer": "contact", "tel": "contact", "mail": "contact", "email": "contact",
    "e-mail": "contact", "mailadres": "contact", "emailadres": "contact", "e-mailadres": "contact", "nummer": "contact",
    "contact": "contact", "mobiel": "contact", "06": "contact",
    "woonplaats": "woonplaats", "adres": "woonplaats", "postcode": "woonplaats", "plaats": "plaats_werk",
    "werk": "soort_werk", "soort werk": "soort_werk", "soort_werk": "soort_werk", "werksoort": "soort_werk",
    "taken": "taken", "klusjes": "taken", "klussen": "taken", "werkzaamheden": "taken",
    "uren": "uren", "aantal uren": "uren", "uur": "uren", "contract": "contract_maanden",
    "plekken": "aantal_plekken", "aantal plekken": "aantal_plekken", "aantal": "aantal_plekken",
    "moment": "belmoment", "tijd": "belmoment", "belmoment": "belmoment", "tijdstip": "belmoment",
    "bedrijf": "bedrijf", "bedrijfsnaam": "bedrijf", "organisatie": "bedrijf",
    "werkplek": "werkplek_nummer", "plek": "werkplek_nummer", "aanmeldnummer": "registratienummer",
}  # fmt: skip
"""How people name a field, in small letters."""


def slot_named(words: str, slots: tuple[str, ...]) -> str | None:
    """Return the slot that somebody names, when the form has it: 'nummer' is a phone number where one is asked."""
    named = words.strip().lower()
    wanted = WORDS_FOR.get(named, named.replace(" ", "_"))
    if wanted == "plaats_werk" and "plaats_werk" not in slots:
        wanted = "woonplaats"
    return wanted if wanted in slots else None
