"""The codes that values of the placement desk are kept in. The words for them live in data/answers.

WORK_KINDS and DAYS are the standard forms of the entities `soort_werk` and `dagen` (domain/questions.md,
section 17).
"""

KINDS = ("beschut", "banenafspraak", "praktijkleerplek", "dagbesteding_plus", "detachering")
"""Kinds of place. Beschut werk never counts for the banenafspraak: they are two schemes."""

CONTRACT_KINDS = frozenset({"beschut", "banenafspraak", "detachering"})
"""Kinds with an employment contract, so that rules on its length and hours can apply."""

WORK_KINDS = (
    "groen",
    "inpak_assemblage",
    "industrieel",
    "metaal",
    "houtzagerij",
    "schoonmaak",
    "catering",
    "logistiek",
    "detailhandel",
    "post_administratie",
    "dierverzorging",
    "fietsen_techniek",
    "zorg_hulp",
    "wasserij_textiel",
)

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")

ORGANISATION_KINDS = ("sociaal_ontwikkelbedrijf", "zorgaanbieder", "werkgever", "overheid")

# Traits of the place of work: the mirror of what a person may need, so that no health of a person is ever
# stored.
GUIDANCE = ("altijd", "dagelijks", "soms")
PACE = ("eigen_tempo", "rustig", "vast")
NOISE = ("stil", "gewoon", "lawaai")
SITTING_STANDING = ("zittend", "staand", "wisselend")
INDOORS_OUTDOORS = ("binnen", "buiten", "beide")
ALONE_TEAM = ("alleen", "team", "beide")
TRANSPORT = ("lopen", "fiets", "ov", "auto", "taxi")

TARGET_DEFINITIONS = (
    "beschut_werk",  # people in a sheltered place of work, Participatiewet art. 10b
    "banenafspraak",  # extra jobs compared with 1 January 2013
    "banen_bij_werkgever",  # jobs one employer promised under the banenafspraak, as that employer counts them
    "uit_dagbesteding",  # per cent of sheltered workers with a paid job who came from dagbesteding
)

FLOW_STEPS = ("vraag", "bekeken", "belangstelling", "gesprek", "contract")
"""The funnel. The first two are counted (`count_step`), the others follow from registrations and placements."""
