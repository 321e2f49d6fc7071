"""Rasa listens on loopback only, and its API opens for the secret of this house alone."""

from __future__ import annotations

import subprocess

import httpx
import pytest

from assistant.running.house import Running


@pytest.mark.rasa
def test_the_api_of_rasa_asks_for_the_secret(house: Running) -> None:
    """Understanding, trackers and the model are closed without the token and open with it."""
    token = (house.settings.var / "rasa-token").read_text()
    for path in ("/model/parse", "/conversations/x/tracker", "/status"):
        call = (lambda p, **q: httpx.post(p, json={"text": "hoi"}, **q)) if path == "/model/parse" else httpx.get
        assert call(f"{house.settings.rasa}{path}").status_code == 401
        assert call(f"{house.settings.rasa}{path}", params={"token": token}).status_code == 200


@pytest.mark.rasa
def test_our_own_door_in_rasa_asks_for_the_secret_and_the_old_one_is_gone(house: Running) -> None:
    """Stock Rasa's REST channel has no lock at all."""
    token = (house.settings.var / "rasa-token").read_text()
    for what in ("turn", "slots"):
        for headers in ({}, {"authorization": "Bearer fout"}, {"authorization": token[:-1]}):
            body = {"sender": "x", "text": "hoi", "page": {}}
            answer = httpx.post(f"{house.settings.rasa}/webhooks/meedoen/{what}", json=body, headers=headers)
            assert (answer.status_code, answer.json()) == (401, {"error": "token"})
    assert httpx.post(f"{house.settings.rasa}/webhooks/rest/webhook", json={"sender": "x"}).status_code == 404


@pytest.mark.rasa
def test_the_secret_is_not_in_the_list_of_processes(house: Running) -> None:
    """Anybody on the machine can read command lines."""
    token = (house.settings.var / "rasa-token").read_text()
    assert token not in subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert oct((house.settings.var / "rasa-token").stat().st_mode)[-3:] == "600"
