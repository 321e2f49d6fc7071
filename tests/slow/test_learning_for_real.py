"""From a question that is not understood to the same question understood, with the real Rasa and a real training.

A whole house runs: people ask at the gateway, staff work in Chromium, the training is the process that the console
starts, and the supervisor takes the new model up. What it leaves in models/ is removed afterwards.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.database import Database
from assistant.review.learning_models import Training
from assistant.running.house import Running
from assistant.settings import Settings
from assistant.staff import sessions
from assistant.staff.models import StaffAccount, StaffMunicipality, StaffRole
from tests.conversations.conftest import free_port
from tests.web.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "hoe dik is de buidel daar"
LIKE_IT = (
    "is het een dikke buidel elke maand",
    "krijg je daar een goed gevulde buidel",
    "mag mijn buidel een beetje vol",
)
RIGHT = "loon/hoeveel"
LONG = 40 * 60.0
"""Seconds that a training and two measurements may take on a busy machine."""


@pytest.fixture
def models_as_they_were() -> Iterator[None]:
    before = set((ROOT / "models").rglob("*"))
    yield
    for path in set((ROOT / "models").rglob("*")) - before:
        if path.is_file():
            path.unlink()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_as_they_were: None) -> Iterator[Running]:
    names = ("public_port", "console_port", "internal_port", "rasa_port")
    ports = {name: free_port() for name in names}
    for name, value in {"dev": "1", "var": tmp_path, "data": ROOT / "data", **ports}.items():
        monkeypatch.setenv(f"MEEDOEN_{name.upper()}", str(value))
    settings = Settings()
    with Running(ROOT, settings, print) as running:
        running.start()
        stop = threading.Event()
        watcher = threading.Thread(target=running.supervise, args=(stop,), daemon=True)
        watcher.start()
        yield running
        stop.set()
        watcher.join(30)


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def ask(house: Running, text: str) -> list[str]:
    """Begin a talk, ask, and return the keys of the answers."""
    with httpx.Client(base_url=house.public_url, timeout=30) as client:
        talk = client.post("/api/v1/conversations", json={"municipality": "almere"}).raise_for_status().json()
        headers = {"authorization": f"Bearer {talk['token']}"}
        path = f"/api/v1/conversations/{talk['id']}/messages"
        said = client.post(path, json={"text": text}, headers=headers).raise_for_status().json()["messages"]
    return [reply["answer"] for reply in said]


def staff(house: Running, chromium: Browser, name: str) -> Page:
    """A page in which a reviewer is logged in."""
    database, now = Database(house.settings.database), datetime.now(UTC)
    with database.session() as session:
        account = StaffAccount(
            issuer="", subject=name, email=f"{name}@example.nl", name=name, active=True, created_at=now,
            roles=[StaffRole(role="reviewer")], municipalities=[StaffMunicipality(municipality="almere")],
        )  # fmt: skip
        session.add(account)
        session.flush()
        token = sessions.begin(session, account, now, "local")
    database.dispose()
    url = f"http://127.0.0.1:{house.settings.console_port}"
    context = chromium.new_context(base_url=url, locale="nl-NL")
    context.add_cookies([{"name": "meedoen", "value": token, "url": url}])
    return context.new_page()


def newest_training(house: Running) -> Training:
    database = Database(house.settings.database)
    with database.session(write=False) as session:
        found = session.query(Training).order_by(Training.id.desc()).first()
    database.dispose()
    assert found
    return found


def test_what_was_corrected_is_understood(house: Running, chromium: Browser) -> None:
    assert RIGHT not in ask(house, QUESTION)
    for text in LIKE_IT:
        ask(house, text)

    anna, bram = staff(house, chromium, "Anna"), staff(house, chromium, "Bram")
    anna.goto("/gesprekken")
    anna.locator("tbody a").first.click()
    for _ in (QUESTION, *LIKE_IT):
        anna.get_by_label("Verkeerd begrepen", exact=True).check()
        anna.get_by_label("Welke vraag was het wel?").fill(RIGHT)
        anna.get_by_role("button", name="Bewaren en volgend gesprek").click()
        expect(anna.get_by_role("status")).to_contain_text("1 voorgesteld als verbetering")
    bram.goto("/verbeteringen")
    for _ in (QUESTION, *LIKE_IT):
        bram.get_by_role("button", name="Goedkeuren").first.click()
        expect(bram.get_by_role("status")).to_have_text("Goedgekeurd.")

    anna.goto("/taalmodel")
    former = newest_model = anna.locator("#stand dd code").first.inner_text()
    anna.get_by_role("button", name="Nieuw model trainen").click()
    deadline = time.monotonic() + LONG
    while (done := newest_training(house)).active and time.monotonic() < deadline:
        time.sleep(2)
    assert done.state == "klaar", f"{done.state}: {done.problem}\n{done.log}\n{done.facts}"
    assert RIGHT not in ask(house, QUESTION), "nothing changes before somebody takes the model up"

    anna.goto("/taalmodel")
    anna.get_by_role("button", name="Dit model in gebruik nemen").click()
    expect(anna.locator("#stand dd code").first).to_have_text(str(done.model), timeout=180_000)
    assert RIGHT in ask(house, QUESTION)

    newest_model = str(done.model)
    assert newest_model != former
    anna.goto("/taalmodel")
    anna.get_by_role("button", name=f"Terug naar {former}").click()
    expect(anna.locator("#stand dd code").first).to_have_text(former, timeout=180_000)
    assert RIGHT not in ask(house, QUESTION)
