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

_FOR_EMPLOYER = dict(PAIRS)


def for_role(key: str, role: str | None) -> str:
    """Return the employer's half of a pair for an employer, and the key itself otherwise.

    Only in that direction: someone who is known as a jobseeker and asks about a subsidy gets that answer.
    """
    return _FOR_EMPLOYER.get(key, key) if role == "werkgever" else key
