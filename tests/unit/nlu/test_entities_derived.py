"""`gemeente` follows from a place or postcode, `rol` from clear marks only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("ik woon in steenwijk", {("gemeente", "steenwijkerland")}),
    ("giethoorn", {("gemeente", "steenwijkerland")}),
    ("almere poort", {("gemeente", "almere")}),
    ("ik woon in meppel", {("gemeente", "anders")}),
    ("8331 AB", {("gemeente", "steenwijkerland")}),
    ("1315 XK", {("gemeente", "almere")}),
    ("postcode 8011", {("gemeente", "anders")}),
    ("gemeente almere", {("gemeente", "almere")}),
    ("ik woon in flevoland", set()),
    ("als werkgever wil ik weten wat het kost", {("rol", "werkgever")}),
    ("ons bedrijf zoekt iemand", {("rol", "werkgever")}),
    ("kan onze medewerker een jobcoach krijgen", {("rol", "werkgever")}),
    ("ik wil iemand in dienst nemen", {("rol", "werkgever")}),
    ("mijn zoon is achttien", {("rol", "werkzoekende")}),
    ("ik zoek werk", {("rol", "werkzoekende")}),
    ("hou ik mijn uitkering", {("rol", "werkzoekende")}),
    ("ons bedrijf wil mijn zoon helpen", set()),
    ("wat is beschut werk =>", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_derived(text: str, expected: set[tuple[str, str]], derived: Find) -> None:
    assert derived(text) == expected
