"""Hours, places and contracts, from digits and from number words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("20 uur", {("uren_per_week", "20")}),
    ("twintig uur ofzo", {("uren_per_week", "20")}),
    ("ik wil 24 uur per week werken", {("uren_per_week", "24")}),
    ("vierentwintig uur", {("uren_per_week", "24")}),
    ("vier en twintig uur", {("uren_per_week", "24")}),
    ("ongeveer 28 uur", {("uren_per_week", "28")}),
    ("nee geen 20 maar 24 uur", {("uren_per_week", "24")}),
    ("16 tot 24 uur", {("uren_per_week", "16-24")}),
    ("zestien tot vierentwintig uur", {("uren_per_week", "16-24")}),
    ("12-16 uur", {("uren_per_week", "12-16")}),
    ("tussen de 20 en 24 uur", {("uren_per_week", "20-24")}),
    ("drie dagen van zes uur", {("uren_per_week", "18"), ("dagen", "aantal:3")}),
    ("4 dagen van 8 uur", {("dagen", "aantal:4"), ("uren_per_week", "32")}),
    ("3 x 6 uur", {("uren_per_week", "18")}),
    ("parttime", {("uren_per_week", "deeltijd")}),
    ("liefst fulltime", {("uren_per_week", "voltijd")}),
    ("in deeltijd", {("uren_per_week", "deeltijd")}),
    ("een paar uur", {("uren_per_week", "onbekend")}),
    ("paar uurtjes", {("uren_per_week", "onbekend")}),
    ("12 uurtjes", {("uren_per_week", "12")}),
    ("een 32-urige werkweek", {("uren_per_week", "32")}),
    ("binnen 24 uur antwoord", set()),
    ("ik heb 2 uur gewacht", set()),
    ("ik moet 2 uur reizen", set()),
    ("ik zoek 2 mensen", {("aantal_plekken", "2")}),
    ("wij hebben vijf plekken vrij", {("aantal_plekken", "5")}),
    ("plek voor 3", {("aantal_plekken", "3")}),
    ("wij zoeken drie mensen voor de productie", {("aantal_plekken", "3"), ("soort_werk", "industrieel")}),
    ("5 plekken", {("aantal_plekken", "5")}),
    ("wij zoeken een paar mensen", {("aantal_plekken", "onbekend")}),
    ("ik bied één plek aan", {("aantal_plekken", "1")}),
    ("2 tot 4 plekken", {("aantal_plekken", "2-4")}),
    ("ons bedrijf met 25 medewerkers zoekt advies", set()),
    ("half jaar", {("contract_maanden", "6")}),
    ("een contract voor een jaar", {("contract_maanden", "12")}),
    ("een contract van zes maanden", {("contract_maanden", "6")}),
    ("een jaarcontract", {("contract_maanden", "12")}),
    ("vast contract", {("contract_maanden", "vast")}),
    ("vast", {("contract_maanden", "vast")}),
    ("tijdelijk contract voor 7 maanden", {("contract_maanden", "7")}),
    ("ik ben al een jaar ziek =>", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_numbers(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
