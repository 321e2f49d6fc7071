"""An editor changes an answer, a colleague approves it, and the chat API says the new words.

The pages of answers, retention and the rights of a person are usable by everybody.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import expect

from assistant.answers import Library
from assistant.editing.published import PublishedVersions
from assistant.running.app import House, gateway_app
from assistant.settings import Settings
from tests.console.conftest import Served, StaffPage
from tests.console.steps import looked_at
from tests.unit.console.conftest import ROOT
from tests.unit.console.objects_answers import KEY, make_person, make_version

SCOPE = {"landelijk", "almere"}


def chat_says(settings: Settings) -> str:
    """Ask the public gateway, on the same database, what the answer is. Rasa is away: the button gives it even then."""
    house = House.open(settings)
    transport = httpx.ASGITransport(app=gateway_app(house))

    async def ask() -> str:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            opened = await client.post("/api/v1/conversations", json={"municipality": None})
            started = opened.raise_for_status().json()
            headers = {"authorization": f"Bearer {started['token']}"}
            address = f"/api/v1/conversations/{started['id']}/messages"
            answer = await client.post(address, json={"text": f"/{KEY}"}, headers=headers)
            return str(answer.raise_for_status().json()["messages"][0]["text"])

    with ThreadPoolExecutor(1) as other:  # Playwright has a loop in this thread
        return other.submit(lambda: asyncio.run(ask())).result()


def test_an_editor_changes_an_answer_a_colleague_approves_and_the_chat_says_it(
    staff_page: StaffPage, console: Served
) -> None:
    console.rooms.library = Library(ROOT / "data", source=PublishedVersions(console.database))
    ports = {"rasa_port": 9, "data": ROOT / "data", "var": console.settings.var}
    settings = Settings(**ports)
    assert "straks" not in chat_says(settings)

    editor = staff_page("redacteur", scope=SCOPE, name="Anna Editor")
    editor.goto(f"{console.url}/antwoorden?zoek={KEY}&gemeente=landelijk")
    looked_at(editor, "answers-list")
    editor.get_by_role("link", name=KEY, exact=True).click()
    text = editor.get_by_label("Tekst (B1)")
    old = text.input_value()
    text.fill("Arbeidsdeskundigenbeoordelingen " + "en nog een lang stuk zin " * 5)
    editor.get_by_role("button", name="Aanbieden aan een collega").click()
    expect(editor.get_by_role("alert")).to_contain_text("mag zo nog niet")
    looked_at(editor, "answers-too-hard")
    editor.get_by_label("Tekst (B1)").fill(old.replace("wat u gaat verdienen", "wat u straks gaat verdienen"))
    editor.get_by_role("button", name="Nakijken").click()
    expect(editor.get_by_text("De tekst is in orde")).to_be_visible()
    looked_at(editor, "answers-in-order")
    editor.get_by_role("button", name="Aanbieden aan een collega").click()
    expect(editor.get_by_text("Een ander moet deze tekst goedkeuren.")).to_be_visible()
    expect(editor.get_by_role("button", name="Goedkeuren en zeggen")).to_have_count(0)
    address = editor.url

    colleague = staff_page("redacteur", scope=SCOPE, name="Bert Editor")
    colleague.goto(address)
    looked_at(colleague, "answers-version")
    colleague.get_by_role("button", name="Goedkeuren en zeggen").click()
    expect(colleague.get_by_text("De assistent zegt dit vanaf nu.")).to_be_visible()
    assert "straks" in chat_says(settings)
    colleague.goto(f"{console.url}/antwoorden/tekst/landelijk/{KEY}")
    expect(colleague.get_by_text("wat u straks gaat verdienen").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_usable_on_a_phone_and_a_screen(staff_page: StaffPage, console: Served, width: int) -> None:
    version = make_version(console, "landelijk")
    number = make_person(console, "almere")
    editor = staff_page("redacteur", scope=SCOPE, width=width)
    paths = ("/antwoorden", "/antwoorden/verloopt", "/antwoorden/tekst/almere/beschut_werk/wat_is_het")
    for at, path in enumerate((*paths, f"/antwoorden/versie/{version}")):
        editor.goto(console.url + path)
        looked_at(editor, f"answers-{width}-{at}")
    officer = staff_page("privacyfunctionaris", scope=SCOPE, width=width)
    for at, path in enumerate(("/bewaren", "/personen", f"/personen/{number}")):
        officer.goto(console.url + path)
        looked_at(officer, f"rights-{width}-{at}")
