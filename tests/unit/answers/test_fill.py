"""Small work on the text of an answer."""

from __future__ import annotations

import pytest

from assistant.answers.fill import for_the_ear


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("Kijk op www.uwv.nl. Daarna belt u ons.", "Kijk op de website. Daarna belt u ons."),
        ("Het staat op https://almere.nl/werk, bij werk.", "Het staat op de website, bij werk."),
        ("Het staat op uwv.nl/werk/ (of bel).", "Het staat op de website (of bel)."),
        ("Zie almere.nl!", "Zie de website!"),
    ],
)
def test_a_sentence_with_an_address_keeps_its_end(written: str, heard: str) -> None:
    assert for_the_ear(written) == heard
