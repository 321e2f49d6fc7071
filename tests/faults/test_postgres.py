"""PostgreSQL goes away and comes back."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, QUESTION, YES
from tests.faults.postgres import Cluster
from tests.faults.table import Table


@pytest.mark.rasa
def test_postgres_goes_away_in_the_middle_of_a_form_and_comes_back(
    large: Supervised, cluster: Cluster, table: Table
) -> None:
    """A sentence with a phone number, readiness stays so that it is our sentence; afterwards the same form goes on."""
    jan = large.person()
    jan.say_all(*FORM, HOURS)
    jan.say(QUESTION)
    turns = large.rows("turn", jan)
    internal = f"http://127.0.0.1:{large.settings.internal_port}"
    assert httpx.get(f"{internal}/health/ready", timeout=15).status_code == 200
    cluster.stop()
    try:
        jan.say(YES)
        assert jan.status == 503
        assert "Er is niets van u verloren" in jan.seen
        assert jan.seconds < 8
        seen = jan.seen
        assert httpx.get(f"{large.running.public_url}/health", timeout=15).json()["database"] is False
        ready = httpx.get(f"{internal}/health/ready", timeout=15)
        assert (ready.status_code, ready.json()["database"]) == (200, False)
        assert "meedoen_database_up 0.0" in httpx.get(f"{internal}/metrics", timeout=15).text
    finally:
        cluster.start()
    began = time.monotonic()
    until(lambda: "aanmelden_werkzoekende/gelukt" in jan.say(YES), 30)
    seconds = time.monotonic() - began
    stored = large.rows("registration", jan)
    lost = max(0, 1 - stored) + max(0, turns + 1 - large.rows("turn", jan))
    table.row("PostgreSQL stopped and back", seen, seconds, lost, max(0, stored - 1))
    assert "meedoen_database_up 1.0" in httpx.get(f"{internal}/metrics", timeout=15).text
