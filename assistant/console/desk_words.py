"""The codes of the placement desk in plain Dutch, for staff. What citizens read comes from data/answers."""

from __future__ import annotations

STATES = {
    "nieuw": "Nieuw",
    "contact": "Contact",
    "gesprek": "Gesprek",
    "meeloopdag": "Meeloopdag",
    "proefplaatsing": "Proefplaatsing",
    "geplaatst": "Geplaatst",
    "gestopt": "Gestopt",
    "ingetrokken": "Ingetrokken door de persoon",
}
ACTIONS = {
    "contact_opnemen": "contact opnemen",
    "gesprek_plannen": "gesprek plannen",
    "plek_voorstellen": "een plek voorstellen",
    "dag_bespreken": "de meeloopdag bespreken",
    "proef_bespreken": "de proefplaatsing bespreken",
    "nazorg_bellen": "bellen hoe het gaat",
}
WORK = {
    "groen": "groen",
    "inpak_assemblage": "inpakken en assemblage",
    "industrieel": "industrie",
    "metaal": "metaal",
    "houtzagerij": "houtzagerij",
    "schoonmaak": "schoonmaak",
    "catering": "catering",
    "logistiek": "logistiek",
    "detailhandel": "winkel",
    "post_administratie": "post en administratie",
    "dierverzorging": "dieren verzorgen",
    "fietsen_techniek": "fietsen en techniek",
    "zorg_hulp": "hulp in de zorg",
    "wasserij_textiel": "wasserij en textiel",
}
KINDS = {
    "beschut": "beschut werk",
    "banenafspraak": "banenafspraak",
    "praktijkleerplek": "praktijkleerplek",
    "dagbesteding_plus": "dagbesteding-plus",
    "detachering": "detachering",
}
FRESHNESS = {
    "vers": "bevestigd",
    "vervaagd": "lang niet bevestigd",
    "verborgen": "niet meer te zien",
    "afgesloten": "gesloten",
}
OFFER_STATES = {
    "nieuw": "past bij de regels",
    "voldoet_niet": "onder een regel",
    "aangenomen": "aangenomen",
    "geweigerd": "geweigerd",
}
RULES = {"min_hours_per_week": "uren per week", "min_contract_months": "maanden contract"}
DEFINITIONS = {
    "beschut_werk": "Beschut werk",
    "banenafspraak": "Banenafspraak",
    "banen_bij_werkgever": "Banen bij één werkgever",
    "uit_dagbesteding": "Uit dagbesteding (procent)",
}
READINGS = {
    "personen": "mensen",
    "banen_van_31_uur": "banen van 31 uur",
    "zonder_detachering": "banen van 25,5 uur, zonder detachering",
    "met_detachering": "banen van 25,5 uur, met detachering",
}
STEPS = {
    "vraag": "Gevraagd naar werk",
    "bekeken": "Werkplek bekeken",
    "belangstelling": "Aangemeld",
    "gesprek": "Gesprek gehad",
    "contract": "Geplaatst",
}
LACKING = {
    "work_kind": "soort werk",
    "kind": "soort plek",
    "place": "plaats",
    "hours": "uren",
    "days": "dagen",
    "needs": "wat de plek moet hebben",
    "alles": "er was helemaal niets",
}
FIELDS = {
    "postcode": "postcode",
    "days": "dagen",
    "guidance": "begeleiding",
    "pace": "tempo",
    "noise": "geluid",
    "sitting_standing": "zitten of staan",
    "indoors_outdoors": "binnen of buiten",
    "alone_team": "alleen of in een team",
    "wheelchair": "rolstoel",
    "transport": "vervoer",
    "adaptations": "aanpassingen",
    "contact": "contactpersoon",
    "confirmed_on": "bevestigd op",
    "valid_until": "geldig tot",
}
DAYS = {
    "ma": "maandag",
    "di": "dinsdag",
    "wo": "woensdag",
    "do": "donderdag",
    "vr": "vrijdag",
    "za": "zaterdag",
    "zo": "zondag",
}
_ALL = {**STATES, **ACTIONS, **WORK, **KINDS, **READINGS}
"""Lists without a code in common; offers, targets and steps of the funnel use some for something else."""


def words(code: str | None) -> str:
    """A code in words; one without words of its own without its underscores, None as a dash."""
    if code is None:
        return "–"
    return _ALL.get(code, code.replace("_", " "))


def municipality_name(id: str) -> str:
    """ "almere" → "Almere", "landelijk" → "Geen gemeente genoemd"."""
    return "Geen gemeente genoemd" if id == "landelijk" else id.replace("_", " ").capitalize()


def hours_words(least: int | None, most: int | None) -> str:
    """ "16 tot 24 uur", "32 uur", or a dash."""
    if least is None or most is None:
        return "–"
    return f"{least} uur" if least == most else f"{least} tot {most} uur"
