"""Places, ordinary words that are places too, and the rule that "gemeente" makes an organisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("hoe regelt almere het", {("plaats", "Almere")}),
    ("ik woon in steenwijk", {("plaats", "Steenwijk")}),
    ("ik woon in steewijk", {("plaats", "Steenwijk")}),
    ("wonen in Almere Poort", {("plaats", "Almere Poort")}),
    ("almere-buiten", {("plaats", "Almere Buiten")}),
    ("ik kom uit vollenhove", {("plaats", "Vollenhove")}),
    ("van giethoorn naar meppel", {("plaats", "Giethoorn"), ("plaats", "Meppel")}),
    ("op de kemphaan", {("plaats", "Stadslandgoed de Kemphaan")}),
    ("sint jansklooster", {("plaats", "Sint Jansklooster")}),
    ("ik woon in tuk", {("plaats", "Tuk")}),
    ("we komen uit urk", {("plaats", "Urk")}),
    ("ik ga verhuizen naar groningen", {("plaats", "Groningen")}),
    ("we zijn verhuisd uit den bosch", {("plaats", "Den Bosch")}),
    ("ik woon in best", {("plaats", "Best")}),
    ("ik woon in Goes", {("plaats", "Goes")}),
    ("dat is best lastig", set()),
    ("ik heb een vraag", set()),
    ("dat is echt waar", set()),
    ("bel hem maar", set()),
    ("ik kom uit Echt", {("plaats", "Echt")}),
    ("mijn oma woont in Een", {("plaats", "Een")}),
    ("ik zoek een baan hier in de buurt", {("plaats", "woonplaats")}),
    ("er is altijd iemand in de buurt", set()),
    ("welke hulp is er in zeewolde", {("plaats", "Zeewolde")}),
    ("nee niet almere stad maar almere haven", {("plaats", "Almere Haven")}),
    ("niet vollenhove, kuinre bedoel ik", {("plaats", "Kuinre")}),
    ("ik woon in flevoland", {("plaats", "Flevoland")}),
    ("in steenwijkerwold", {("plaats", "Steenwijkerwold")}),
    ("Bergen op Zoom", {("plaats", "Bergen op Zoom")}),
    ("leest u het eens voor =>", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_places(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
