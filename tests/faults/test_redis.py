"""Redis goes away and comes back empty: it holds nothing that may not be lost."""

from __future__ import annotations

import time

import pytest

from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, YES
from tests.faults.redis_server import RedisServer
from tests.faults.table import Table


@pytest.mark.rasa
def test_redis_goes_away_in_the_middle_of_a_form(large: Supervised, redis: RedisServer, table: Table) -> None:
    """Nobody is told anything, because nobody needs to know: the talk goes on, with a wait of a second or two."""
    jan = large.person()
    jan.say_all(*FORM)
    redis.kill()
    try:
        assert "vraag/aanmelden_werkzoekende/toestemming" in jan.say(HOURS)
        first_wait = jan.seconds
        fatima = large.person()
        assert fatima.status == 201, "new talks begin as well"
        assert "aanmelden_werkzoekende/gelukt" in jan.say(YES, "ja-1")
        seen = jan.seen
        assert jan.say(YES, "ja-1"), "the same message again gets the same answer without Redis too"
        assert jan.seen == seen
    finally:
        redis.start()
    began = time.monotonic()
    until(lambda: jan.say("hoeveel verdien ik dan") and jan.seconds < 1.5, 30)
    seconds = time.monotonic() - began
    stored = large.rows("registration", jan)
    assert first_wait < 6
    table.row("Redis killed and back empty", seen, seconds, max(0, 1 - stored), max(0, stored - 1))
