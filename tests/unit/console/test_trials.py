"""A model on trial: what answers where, begun and ended by who manages models, in their own municipalities only."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.review.learning_models import Training
from assistant.review.model_trials import trials_chosen
from assistant.staff.audit import all_lines
from tests.unit.console.conftest import Console

MODEL = "meedoen-abc.tar.gz"
PAGE = "/taalmodel/proef"
SCOPE = {"almere", "steenwijkerland"}


@pytest.fixture
def trial() -> Iterator[str]:
    """The address of a small Rasa that says which model it has."""

    class Status(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"model_file": f"models/{MODEL}"}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def with_trials(console: Console, **pools: str) -> None:
    trials = {name: (url,) for name, url in pools.items()}
    console.rooms.settings = console.settings.model_copy(
        update={"rasa_trials": trials, "rasa_url": "http://127.0.0.1:1"}
    )


def chosen(console: Console) -> dict[str, str | None]:
    with console.database.session(write=False) as session:
        return trials_chosen(session)


def test_without_another_rasa_the_page_says_who_has_to_start_one(console: Console) -> None:
    text = console.login("beheerder", scope=SCOPE).get(PAGE).text
    assert "Er draait geen ander model om te proberen" in text
    assert 'name="proef"' not in text


def test_a_trial_is_begun_shown_and_ended_with_a_line_in_the_log(console: Console, trial: str) -> None:
    with_trials(console, almere=trial)
    client = console.login("beheerder", scope=SCOPE, name="Bea Heerder")
    assert client.get(PAGE).text.count("op proef</span>") == 1, "almere, as the setting says"
    assert client.submit(PAGE, gemeente="steenwijkerland", proef="almere").status_code == 303
    assert chosen(console) == {"steenwijkerland": "almere"}
    text = client.get(PAGE).text
    assert text.count("op proef</span>") == 2
    assert "Bea Heerder" in text and MODEL in text
    client.submit(PAGE, gemeente="almere")
    client.submit(PAGE, gemeente="steenwijkerland", proef="")
    assert chosen(console) == {"steenwijkerland": None, "almere": None}
    assert "op proef</span>" not in client.get(PAGE).text
    with console.database.session(write=False) as session:
        lines = [(line.action, line.subject, line.municipality) for line in all_lines(session)]
    assert ("proef met taalmodel begonnen", MODEL, "steenwijkerland") in lines
    assert ("proef met taalmodel beëindigd", "gewone taalmodel", "almere") in lines


def test_a_municipality_outside_the_scope_or_an_unknown_pool_is_not_here(console: Console, trial: str) -> None:
    with_trials(console, almere=trial)
    client = console.login("beheerder", scope={"almere"})
    assert client.submit(PAGE, gemeente="steenwijkerland", proef="almere").status_code == 404
    assert client.submit(PAGE, gemeente="landelijk", proef="almere").status_code == 404
    assert client.submit(PAGE, gemeente="almere", proef="http://elders.example").status_code == 404
    assert "Steenwijkerland" not in client.get(PAGE).text
    assert chosen(console) == {}


def test_a_trial_that_does_not_answer_or_was_refused_is_not_begun(console: Console, trial: str) -> None:
    with_trials(console, almere=trial, weg="http://127.0.0.1:1")
    client = console.login("beheerder", scope=SCOPE)
    client.submit(PAGE, gemeente="steenwijkerland", proef="weg")
    with console.database.session() as session:
        session.add(Training(state="geweigerd", asked_by="Ruth", asked_at=console.now(), model=MODEL))
    client.submit(PAGE, gemeente="steenwijkerland", proef="almere")
    assert chosen(console) == {}
    assert "geeft geen antwoord" in client.get(PAGE).text
