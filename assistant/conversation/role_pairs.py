"""Questions that a jobseeker and an employer ask in the same words.

Source: annotation rule 4 of the catalogue. The sentence is labelled by what stands in it; when we know who is talking,
the other half of the pair is the right one.
"""

from __future__ import annotations

PAIRS = (  # (werkzoekende, werkgever)
    ("beschut_werk/eerst_proberen", "subsidie/proefplaatsing"),
    ("beschut_werk/begeleiding", "subsidie/jobcoach"),
    ("loon/vakantie_ziek_pensioen", "subsidie/no_riskpolis"),
    ("beschut_werk/als_het_niet_lukt", "werkgever/als_het_niet_lukt"),
    ("doelgroepregister/sta_ik_erin", "doelgroepregister/kandidaat_controleren"),
    ("uitkering/verplicht", "banenafspraak/verplicht_en_quotum"),
    ("banenafspraak/voor_werkzoekende", "subsidie/overzicht"),
    ("lokaal/contact", "werkgever/servicepunt_contact"),
)

_FOR_EMPLOYER = dict(PAIRS) | {"begroeten": "begroeten/werkgever"}


def for_role(key: str, role: str | None) -> str:
    """Return the employer's half of a pair for an employer, and the key itself otherwise.

    Only in that direction: someone who is known as a jobseeker and asks about a subsidy gets that answer.
    """
    return _FOR_EMPLOYER.get(key, key) if role == "werkgever" else key


def with_role(ranking: tuple[tuple[str, float], ...], role: str | None) -> tuple[tuple[str, float], ...]:
    """Return guesses (id, probability), best first, where the role has decided between the halves of each pair.

    The half of the role gets the probability of both: "mag ik eerst proberen" is no doubt once we know who asks.
    """
    if role not in ("werkzoekende", "werkgever"):
        return ranking
    chances = dict(ranking)
    for for_jobseeker, for_employer in PAIRS:
        ours, theirs = (for_jobseeker, for_employer) if role == "werkzoekende" else (for_employer, for_jobseeker)
        if ours in chances and theirs in chances:
            chances[ours] += chances.pop(theirs)
    return tuple(sorted(chances.items(), key=lambda guess: -guess[1]))
