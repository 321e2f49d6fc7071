"""Benefits, indications, papers, schemes, organisations, terms and languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("ik heb wajong", {("uitkering", "wajong")}),
    ("ik heb een wajong status", {("uitkering", "wajong")}),
    ("hou ik mn wajon", {("uitkering", "wajong")}),
    ("krijg ik nog wayong", {("uitkering", "wajong")}),
    ("ik ben wajonger", {("uitkering", "wajong")}),
    ("mijn Wajong-uitkering loopt door", {("uitkering", "wajong")}),
    ("ik zit in de bijstand", {("uitkering", "bijstand")}),
    ("ik hep bijstant", {("uitkering", "bijstand")}),
    ("ik krijg een uitkering van de gemeente", {("uitkering", "bijstand")}),
    ("uitkering van de sociale dienst", {("uitkering", "bijstand")}),
    ("ik zit in de wga", {("uitkering", "wia")}),
    ("w i a", {("uitkering", "wia")}),
    ("mijn man heeft nog wao", {("uitkering", "wao")}),
    ("mijn ww loopt af", {("uitkering", "ww")}),
    ("me werkloosheidsuitkering stopt", {("uitkering", "ww")}),
    ("in de ziekte wet zit ik", {("uitkering", "ziektewet")}),
    ("anw", {("uitkering", "anw")}),
    ("ik heb geen uitkering", {("uitkering", "geen")}),
    ("krijg ik een uitkering", set()),
    ("ik krijg bijzondere bijstand", set()),
    ("ik heb een indicatie beschut werk", {("indicatie", "beschut_werk")}),
    ("advies beschut werk aanvragen", {("indicatie", "beschut_werk")}),
    ("de indikatie beschud werk", {("indicatie", "beschut_werk")}),
    ("ik heb een indicatie banenafspraak", {("indicatie", "banenafspraak")}),
    ("mijn sw-indicatie is oud", {("indicatie", "wsw")}),
    ("ik heb een wmo indicatie", {("indicatie", "wmo")}),
    ("ik heb geen indicatie", {("indicatie", "geen")}),
    ("wat is beschut werk", set()),
    ("hoe vraag ik een indicatie aan", set()),
    ("ik heb geen diploma", {("certificaat", "diploma")}),
    ("mijn heftruck papieren", {("certificaat", "heftruck")}),
    ("wat is een praktijkverklaring", {("certificaat", "praktijkverklaring")}),
    ("ik wil een praktijk verklaring halen", {("certificaat", "praktijkverklaring")}),
    ("krijg je een certivicaat", {("certificaat", "certificaat")}),
    ("mbo-certificaat of mbo-diploma", {("certificaat", "mbo_certificaat"), ("certificaat", "mbo_diploma")}),
    ("ik doe mbo 1", {("certificaat", "entree")}),
    ("ik heb vca", {("certificaat", "vca")}),
    ("geen startkwalificatie", {("certificaat", "startkwalificatie")}),
    ("mag mijn jobcoach mee", {("regeling", "jobcoach")}),
    ("ik wil een jopcoots", {("regeling", "jobcoach")}),
    ("hoe werkt loonkostensubsidie", {("regeling", "lks")}),
    ("lks of lkv", {("regeling", "lkv"), ("regeling", "lks")}),
    ("wat dekt de norisk polis", {("regeling", "no_risk")}),
    ("kan een proef plaatsing", {("regeling", "proefplaatsing")}),
    ("social return eisen", {("regeling", "sroi")}),
    ("PSO-audit", {("regeling", "pso")}),
    ("slim-subsidie aanvragen", {("regeling", "slim")}),
    ("werkplek aanpassing", {("regeling", "werkplekaanpassing")}),
    ("ik moet naar de sociale dienst", {("organisatie", "gemeente")}),
    ("bel de gemeente almere", {("organisatie", "gemeente Almere")}),
    ("folder van gemeente steenwijkerland", {("organisatie", "gemeente Steenwijkerland")}),
    ("ik woon in de gemeente Westerveld", {("organisatie", "gemeente Westerveld")}),
    ("brief van het u w v", {("organisatie", "UWV")}),
    ("wat zegt het u we vee", {("organisatie", "UWV")}),
    ("ik werk bij de noord west groep", {("organisatie", "NoordWestGroep")}),
    ("nwg", {("organisatie", "NoordWestGroep")}),
    ("werkgevers service punt bellen", {("organisatie", "werkgeversservicepunt")}),
    ("hoe kom ik bij staats bos beheer", {("organisatie", "Staatsbosbeheer")}),
    ("moet de belasting dienst dit weten", {("organisatie", "Belastingdienst")}),
    ("regelt de gemeente dat", set()),
    ("wat betekent loonwaarde", {("begrip", "loonwaarde")}),
    ("wat is wml", {("begrip", "wml")}),
    ("wat is een arbeidsdeskundige", {("begrip", "arbeidsdeskundige")}),
    ("derde leer weg wat is dat", {("begrip", "derde leerweg")}),
    ("wat bedoelen ze met re integratie", {("begrip", "re-integratie")}),
    ("kan het in het engels", {("taal", "en")}),
    ("ik spreek alleen tigrinya", {("taal", "ti")}),
    ("kan u pools prate", {("taal", "pl")}),
    ("українською", {("taal", "uk")}),
    ("mag het in turks", {("taal", "tr")}),
    ("alleen arabies", {("taal", "ar")}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_lists(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
