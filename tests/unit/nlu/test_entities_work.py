"""Kinds of work: lists, compounds, misspellings, and what only looks like work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("iets in het groen", {("soort_werk", "groen")}),
    ("ik wil graag buiten werken", {("soort_werk", "groen")}),
    ("ik zoek werk als groenmedewerker", {("soort_werk", "groen")}),
    ("is er iets in de groenvoorziening", {("soort_werk", "groen")}),
    ("ik wil wel schoffelen", {("soort_werk", "groen")}),
    ("zoek werk bij een hovenier", {("soort_werk", "groen")}),
    ("hej nog wat in 't gruun", {("soort_werk", "groen")}),
    ("inpakwerk vind ik leuk", {("soort_werk", "inpak_assemblage")}),
    ("ik ben inpakster geweest", {("soort_werk", "inpak_assemblage")}),
    ("dingen in elkaar zetten kan ik goed", {("soort_werk", "inpak_assemblage")}),
    ("assamblage", {("soort_werk", "inpak_assemblage")}),
    ("ik kan goed inpakken", {("soort_werk", "inpak_assemblage")}),
    ("werk in een fabriek", {("soort_werk", "industrieel")}),
    ("productiewerk aan de lopende band", {("soort_werk", "industrieel")}),
    ("ik kan lassen", {("soort_werk", "metaal")}),
    ("ik wil metaalbewerker worden", {("soort_werk", "metaal")}),
    ("werken met hout", {("soort_werk", "houtzagerij")}),
    ("heb je iets bij de houtzagerij", {("soort_werk", "houtzagerij")}),
    ("ik wil schoonmaken", {("soort_werk", "schoonmaak")}),
    ("schoonmaakmedewerker gezocht", {("soort_werk", "schoonmaak")}),
    ("poetsen is prima", {("soort_werk", "schoonmaak")}),
    ("iets in de keuken", {("soort_werk", "catering")}),
    ("werk in de horeca graag", {("soort_werk", "catering")}),
    ("ik zoek iets in een kantine", {("soort_werk", "catering")}),
    ("orderpicken lijkt me wat", {("soort_werk", "logistiek")}),
    ("zoek baantje liefst magazijn", {("soort_werk", "logistiek")}),
    ("magazijnmedewerker", {("soort_werk", "logistiek")}),
    ("vakkenvullen", {("soort_werk", "detailhandel")}),
    ("ik wil in een winkel werken", {("soort_werk", "detailhandel")}),
    ("werk in een kledingwinkel", {("soort_werk", "detailhandel")}),
    ("iets met administratie", {("soort_werk", "post_administratie")}),
    ("ik wil scannen", {("soort_werk", "post_administratie")}),
    ("is er kantoorwerk", {("soort_werk", "post_administratie")}),
    ("iets met dieren", {("soort_werk", "dierverzorging")}),
    ("graag werk bij een kinderboerderij", {("soort_werk", "dierverzorging")}),
    ("fietsen maken", {("soort_werk", "fietsen_techniek")}),
    ("ik wil bij een fietsenmaker werken", {("soort_werk", "fietsen_techniek")}),
    ("hulp in de zorg", {("soort_werk", "zorg_hulp")}),
    ("ik wil met oude mensen werken", {("soort_werk", "zorg_hulp")}),
    ("strijken kan ik goed", {("soort_werk", "wasserij_textiel")}),
    ("ik wil in de was werken", {("soort_werk", "wasserij_textiel")}),
    ("zijn er nog plekken keuken vrij", {("soort_werk", "catering")}),
    ("hebben jullie banen magazijn in de buurt van hier", {("soort_werk", "logistiek")}),
    ("ik was vorige week ziek", set()),
    ("onze bakkerij zoekt advies", set()),
    ("mijn wasmachine is stuk", set()),
    ("het beste voor mijn zoon", set()),
    ("verbind me maar met de balie", set()),
    ("liever groen dan schoonmaak", {("soort_werk", "groen"), ("soort_werk", "schoonmaak")}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_work(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
