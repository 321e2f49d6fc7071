"""Telephone, e-mail and postcode, typed and dictated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("0612345678", {("telefoon", "+31612345678")}),
    ("06 12 34 56 78", {("telefoon", "+31612345678")}),
    ("06-12345678", {("telefoon", "+31612345678")}),
    ("+31 6 12345678", {("telefoon", "+31612345678")}),
    ("0031612345678", {("telefoon", "+31612345678")}),
    ("0521-000000", {("telefoon", "+31521000000")}),
    ("mijn nummer is 0521 512345", {("telefoon", "+31521512345")}),
    ("036-5399911", {("telefoon", "+31365399911")}),
    ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", {("telefoon", "+31612345678")}),
    ("nul zes een twee drie vier vijf zes zeven acht", {("telefoon", "+31612345678")}),
    ("mijn bsn is 123456782", set()),
    ("jan@voorbeeld.nl", {("email", "jan@voorbeeld.nl")}),
    ("mail naar Jan.de.Vries@Voorbeeld.NL", {("email", "jan.de.vries@voorbeeld.nl")}),
    ("jan apenstaartje voorbeeld punt nl", {("email", "jan@voorbeeld.nl")}),
    ("jan punt de punt vries apestaartje voorbeeld punt nl", {("email", "jan.de.vries@voorbeeld.nl")}),
    ("info apenstaartje bakkerij streepje koster punt nl", {("email", "info@bakkerij-koster.nl")}),
    ("mijn mail is jan@voorbeeld.nl, bel me niet", {("email", "jan@voorbeeld.nl")}),
    ("anna@mail.voorbeeld.nl", {("email", "anna@mail.voorbeeld.nl")}),
    ("jan@voorbeeld,nl", {("email", "jan@voorbeeld.nl")}),
    ("8331", {("postcode", "8331")}),
    ("8331 AB", {("postcode", "8331 AB")}),
    ("8331ab", {("postcode", "8331 AB")}),
    ("mijn postcode is 1315", {("postcode", "1315")}),
    ("ik woon op 1315 xk", {("postcode", "1315 XK")}),
    ("drieëntachtig eenendertig", {("postcode", "8331")}),
    ("het is 8355 meneer", set()),
    ("postcode 1315 in almere", {("postcode", "1315"), ("plaats", "Almere")}),
    ("in 2019 begon ik", set()),
    ("dat kost 1500 euro =>", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_contact(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
