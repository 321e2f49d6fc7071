"""One running house for all talks: the real gateway, Rasa with the trained model, actions, a fresh database."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.running.house import Running
from assistant.settings import Settings
from assistant.voice.speak import Speaker
from assistant.voice.speak.espeak import EspeakVoice

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The house, on ports of its own, with everything it writes in a temporary folder."""
    var = tmp_path_factory.mktemp("var")
    names = ("public_port", "internal_port", "rasa_port", "console_port")
    ports = {name: free_port() for name in names}
    settings = Settings(dev=True, var=var, data=ROOT / "data", database_url="", **ports)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {"dev": "1", "var": var, "data": ROOT / "data", **ports}.items():
            environment.setenv(f"MEEDOEN_{name.upper()}", str(value))
        with Running(ROOT, settings, print) as running:
            running.start()
            yield running


@pytest.fixture(scope="session")
def speaker() -> Iterator[Speaker]:
    """The voice of the house, to speak with and to compare with."""
    voice = EspeakVoice()
    yield Speaker(voice)
    voice.close()
