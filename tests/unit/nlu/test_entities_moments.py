"""Moments to call or to meet (rule E10); today is Monday 23 November 2026."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("bel me donderdag na 3 uur", {("datum_tijd", "2026-11-26 15:00")}),
    ("bel me morgen om 2 uur", {("datum_tijd", "2026-11-24 14:00")}),
    ("bel me morgenochtend", {("datum_tijd", "2026-11-24 ochtend")}),
    ("bel maar vanmiddag", {("datum_tijd", "2026-11-23 middag")}),
    ("kunnen jullie overmorgen bellen", {("datum_tijd", "2026-11-25")}),
    ("volgende week dinsdag bellen", {("datum_tijd", "2026-12-01")}),
    ("bel me 24 november", {("datum_tijd", "2026-11-24")}),
    ("afspraak op 8 januari om half elf", {("datum_tijd", "2027-01-08 10:30")}),
    ("bel me op 24-11 om 14.30", {("datum_tijd", "2026-11-24 14:30")}),
    ("zo snel mogelijk bellen", {("datum_tijd", "zsm")}),
    ("zsm", {("datum_tijd", "zsm")}),
    ("bel me na 5 uur", {("datum_tijd", "2026-11-23 17:00")}),
    ("afspraak verzetten naar vrijdag", {("datum_tijd", "2026-11-27")}),
    ("kan de afspraak vrijdagmiddag", {("datum_tijd", "2026-11-27 middag")}),
    ("bel mij dinsdag om kwart over tien", {("datum_tijd", "2026-11-24 10:15")}),
    ("morgen om 10 uur", {("datum_tijd", "2026-11-24 10:00")}),
    ("volgende week", {("datum_tijd", "2026-11-30")}),
    ("kan morgen niet", {("datum_tijd", "2026-11-24")}),
    ("bel me in de middag", {("datum_tijd", "2026-11-23 middag")}),
    ("over twee weken bellen", {("datum_tijd", "2026-12-07")}),
    ("gesprek op 3 maart 2027", {("datum_tijd", "2027-03-03")}),
    ("donderdag om 10 uur bellen", {("datum_tijd", "2026-11-26 10:00")}),
    ("bel me liever vanavond na zeven uur", {("datum_tijd", "2026-11-23 19:00")}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_moments(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
