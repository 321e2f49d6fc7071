"""Working days and hours of the day (rule E4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("3 dagen in de week", {("dagen", "aantal:3")}),
    ("vier dagen", {("dagen", "aantal:4")}),
    ("maandag", {("dagen", "ma"), ("datum_tijd", "2026-11-30")}),
    ("maandag en dinsdag", {("dagen", "ma,di")}),
    ("ma t/m do", {("dagen", "ma,di,wo,do")}),
    ("ik kan maandag tot en met donderdag werken", {("dagen", "ma,di,wo,do")}),
    ("ma di wo", {("dagen", "ma,di,wo")}),
    ("maandag, woensdag en vrijdag", {("dagen", "ma,wo,vr")}),
    ("niet op vrijdag", {("dagen", "niet:vr")}),
    ("ik kan niet werken op woensdag", {("dagen", "wo")}),
    ("geen maandag", {("dagen", "niet:ma")}),
    ("ik kan alleen woensdags werken", {("dagen", "wo")}),
    ("alle dagen behalve woensdag", {("dagen", "niet:wo")}),
    ("in het weekend werken", {("dagen", "za,zo")}),
    ("door de week", {("dagen", "ma,di,wo,do,vr")}),
    ("alleen ochtenden", {("dagdeel", "ochtend")}),
    ("alleen s ochtends", {("dagdeel", "ochtend")}),
    ("'s middags werken", {("dagdeel", "middag")}),
    ("ik kan alleen smiddags", {("dagdeel", "middag")}),
    ("in de avond", {("dagdeel", "avond")}),
    ("ik wil nachtdienst", {("dagdeel", "nacht")}),
    ("ik kan werken tot 1 uur", {("dagdeel", "tot:13:00")}),
    ("ik kan werken na 2 uur", {("dagdeel", "vanaf:14:00")}),
    ("werken vanaf half negen uur", {("dagdeel", "vanaf:08:30")}),
    ("ik kan werken op donderdag tot 1 uur", {("dagen", "do"), ("dagdeel", "tot:13:00")}),
    ("dinsdagochtend werken", {("dagen", "di")}),
    ("fijne avond", set()),
    ("fijn weekend", set()),
    ("goedemorgen", set()),
    ("goedenavond", set()),
    ("zo doe ik dat =>", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_days(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
