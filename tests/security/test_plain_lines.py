"""A part on another machine is spoken to over TLS, or the app does not start; what it says then holds no password."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SECRET = "hemelsleutel"
PLAIN: list[tuple[str, Any]] = [
    ("database_url", f"postgresql://meedoen:{SECRET}@db.intern/meedoen"),
    ("database_url", f"postgresql+psycopg://meedoen:{SECRET}@10.0.0.5:5432/meedoen?sslmode=prefer"),
    ("database_url", f"postgresql://meedoen:{SECRET}@db.intern/meedoen?sslmode=require"),
    ("database_url", f"postgresql://meedoen:{SECRET}@localhost/meedoen?host=db.intern"),
    ("tracker_url", f"postgresql://meedoen:{SECRET}@db.intern/tracker?sslmode=disable"),
    ("redis_url", f"redis://:{SECRET}@redis.intern:6379/0"),
    ("rasa_url", f"http://rasa.intern:5005/?{SECRET}"),
    ("rasa_urls", ("http://127.0.0.1:5005", f"http://rasa.intern:5005/?{SECRET}")),
    ("rasa_trials", {"almere": (f"http://rasa.intern:5005/?{SECRET}",)}),
    ("traces_url", f"http://tempo.intern:4318/v1/traces?{SECRET}"),
]
CLOSED: list[tuple[str, Any]] = [
    ("database_url", ""),
    ("database_url", "sqlite:///var/meedoen.db"),
    ("database_url", "postgresql://meedoen:x@127.0.0.1/meedoen"),
    ("database_url", "postgresql:///meedoen?host=/var/run/postgresql"),
    ("database_url", "postgresql://meedoen:x@db.intern/meedoen?sslmode=verify-full"),
    ("tracker_url", "postgresql://meedoen:x@db.intern/meedoen?sslmode=verify-ca&sslrootcert=/etc/ca.pem"),
    ("redis_url", "redis://localhost:6379/0"),
    ("redis_url", "rediss://redis.intern:6379/0"),
    ("rasa_urls", ("https://rasa.intern:5005", "http://[::1]:5005")),
    ("traces_url", "https://tempo.intern:4318/v1/traces"),
]


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("MEEDOEN_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(("name", "value"), PLAIN)
def test_another_machine_without_tls_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**{name: value})
    said = str(refused.value)
    assert f"MEEDOEN_{name.upper()}" in said and "MEEDOEN_TRUSTED_NETWORK=1" in said
    assert SECRET not in said


@pytest.mark.parametrize(("name", "value"), PLAIN)
def test_who_keeps_the_network_closed_says_so(name: str, value: Any) -> None:
    assert Settings(**{name: value}, trusted_network=True)
    assert Settings(**{name: value}, dev=True)


@pytest.mark.parametrize(("name", "value"), CLOSED)
def test_the_own_machine_and_tls_are_taken(name: str, value: Any) -> None:
    assert Settings(**{name: value})


def test_the_app_does_not_start_and_prints_no_password(tmp_path: Path) -> None:
    given = {"MEEDOEN_DATABASE_URL": PLAIN[0][1], "MEEDOEN_VAR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "serve"], cwd=ROOT, env=given, capture_output=True, timeout=60, check=False
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode != 0 and "sslmode=verify-full" in said and SECRET not in said
