"""Numbers that we gave out, and pointing at places that were shown (rule E5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[[str], set[tuple[str, str]]]

SENTENCES = [
    ("AW-2026-00123", {("registratienummer", "AW-2026-00123")}),
    ("aw 2026 1", {("registratienummer", "AW-2026-00001")}),
    ("aw-2026-00001", {("registratienummer", "AW-2026-00001")}),
    ("mijn nummer is a w 2026 nul nul een twee drie", {("registratienummer", "AW-2026-00123")}),
    ("aw tweeduizend zesentwintig twaalf", {("registratienummer", "AW-2026-00012")}),
    ("a w streepje tweeduizend zesentwintig streepje nul nul twee drie een", {("registratienummer", "AW-2026-00231")}),
    ("W-0042", {("werkplek_nummer", "W-0042")}),
    ("vacature twee", {("werkplek_nummer", "volgorde:2")}),
    ("vertel over w-42", {("werkplek_nummer", "W-0042")}),
    ("W0042 graag", {("werkplek_nummer", "W-0042")}),
    ("de tweede", {("werkplek_nummer", "volgorde:2")}),
    ("de derde plek graag", {("werkplek_nummer", "volgorde:3")}),
    ("die eerste lijkt me wat", {("werkplek_nummer", "volgorde:1")}),
    ("de laatste", {("werkplek_nummer", "volgorde:-1")}),
    ("nummer 2", {("werkplek_nummer", "volgorde:2")}),
    ("plek nummer drie", {("werkplek_nummer", "volgorde:3")}),
    ("tweede", {("werkplek_nummer", "volgorde:2")}),
    ("vertel over die bij het groen", {("werkplek_nummer", "die bij het groen")}),
    ("ik wil die in meppel", {("werkplek_nummer", "die in meppel")}),
    ("hoe laat begin je op die plek", {("werkplek_nummer", "die plek")}),
    ("solliciteren op deze vacature", {("werkplek_nummer", "deze vacature")}),
    ("is die plek in de kas nog vrij", {("werkplek_nummer", "die plek in de kas")}),
    ("de eerste dag was leuk", set()),
    ("de tweede keer ging het mis", set()),
    ("mensen die in almere wonen", {("plaats", "Almere")}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_references(text: str, expected: set[tuple[str, str]], find: Find) -> None:
    assert find(text) == expected
