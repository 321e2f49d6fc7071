"""Moments as people say them."""

from __future__ import annotations

import pytest

from assistant.answers import dutch_moment


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("zsm", "zo snel mogelijk"),
        ("2026-11-24", "dinsdag 24 november 2026"),
        ("2026-11-24 ochtend", "dinsdag 24 november 2026, ochtend"),
        ("2026-11-24 14:30", "dinsdag 24 november 2026 om 14.30 uur"),
        ("als de kinderen op school zijn", "als de kinderen op school zijn"),
        ("2026-13-45", "2026-13-45"),
    ],
)
def test_a_moment_in_words(moment: str, words: str) -> None:
    assert dutch_moment(moment) == words
