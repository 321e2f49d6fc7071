"""Every talk in this folder, through the real house."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.running.house import Running
from tests.conversations.runner import Player, Talk, talks

ALL = list(talks(Path(__file__).parent))


@pytest.mark.rasa
@pytest.mark.parametrize("talk", ALL, ids=[f"{talk.file}: {talk.name}" for talk in ALL])
def test_talk(talk: Talk, house: Running) -> None:
    """The talk goes as it is written."""
    Player(house.public_url, house.settings.database).play(talk)
