"""People and firms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("mijn naam is jan de vries", {("naam", "Jan de Vries")}),
    ("ik heet Fatima El Amrani", {("naam", "Fatima El Amrani")}),
    ("ik ben fatima", {("naam", "Fatima")}),
    ("je spreekt met mevrouw Visser", {("naam", "mevrouw Visser")}),
    ("mevrouw Pinas", {("naam", "mevrouw Pinas")}),
    ("Namens de heer Santos", {("naam", "Santos")}),
    ("De heer A. Benali vraagt uitleg", {("naam", "A. Benali")}),
    ("hallo met Kees Jansen", {("naam", "Kees Jansen")}),
    ("mijn zoon heet Jelle Kuipers", {("naam", "Jelle Kuipers")}),
    ("kevin", {("naam", "Kevin")}),
    ("sem bakker", {("naam", "Sem Bakker")}),
    ("Mijn naam is Cornelia van den Heuvel-Smit", {("naam", "Cornelia van den Heuvel-Smit")}),
    ("ik ben bang", set()),
    ("ik ben werkloos", set()),
    ("ik ben moeder van drie kinderen", set()),
    ("die mevrouw van de gemeente", set()),
    ("Met WW kan ik beginnen", {("uitkering", "ww")}),
    ("wij zijn Bakkerij Jansen", {("bedrijf", "Bakkerij Jansen")}),
    ("Hovenier De Groene Hand", {("bedrijf", "Hovenier De Groene Hand")}),
    ("ik bel namens Hotel De Lindenhof", {("bedrijf", "Hotel De Lindenhof")}),
    ("schildersbedrijf de roos", {("bedrijf", "schildersbedrijf de roos")}),
    ("ik werk bij de jumbo", {("bedrijf", "jumbo")}),
    ("Visser Techniek B.V.", {("bedrijf", "Visser Techniek B.V")}),
    ("ons bedrijf heet visser en zn", {("bedrijf", "visser en zn")}),
    ("Hoeveel krijgt een stichting LKS", {("regeling", "lks")}),
    ("ik ben jan en ik woon in tuk", {("naam", "Jan"), ("plaats", "Tuk")}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_names(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
