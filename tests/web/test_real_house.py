"""The journeys of test_keyboard, test_network and test_pages once more on the real house: gateway, Rasa, database."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import MetaData, Table, create_engine, select

from assistant.running.house import Running
from tests.conversations.conftest import house as house  # the fixture
from tests.web.conftest import OPEN
from tests.web.test_keyboard import start, tab_to, typed

pytestmark = pytest.mark.usefixtures("real")
ANSWERS = (
    ("ik wil me aanmelden", "Hoe heet u"),
    ("Rosa Jansen", "telefoonnummer"),
    ("06 12345678", "plaats"),
    ("Steenwijk", "werk"),
    ("groen", "uur"),
    ("20 uur", "Rosa Jansen"),
)
"""What Rosa types, and a word of what is asked next."""


class House:
    """The running house as `visit` wants a server, with a look in its database."""

    def __init__(self, running: Running) -> None:
        self.running, self.url = running, running.public_url
        self.port = urlsplit(self.url).port

    def rows(self, table: str, conversation: str) -> list[dict[str, Any]]:
        """Return the rows of one conversation."""
        engine = create_engine(self.running.settings.database)
        try:
            with engine.connect() as connection:
                found = Table(table, MetaData(), autoload_with=engine)
                mine = select(found).where(found.c.conversation_id == conversation)
                return [dict(row) for row in connection.execute(mine).mappings()]
        finally:
            engine.dispose()

    def kill_gateway(self) -> None:
        """End the process that the browser talks to; the supervisor starts it again."""
        os.kill(self.running.pid("app"), signal.SIGKILL)


@pytest.fixture(scope="module")
def real(house: Running) -> Iterator[House]:
    stop = threading.Event()
    watch = threading.Thread(target=house.supervise, args=(stop,), daemon=True)
    watch.start()
    yield House(house)
    stop.set()
    watch.join(20)


@pytest.fixture
def server(real: House) -> House:
    """In the place of the scripted server: `visit` opens the pages of the real one."""
    return real


def conversation(page: Page) -> str:
    """Id of the talk that this tab keeps."""
    kept: str = page.evaluate("() => JSON.parse(sessionStorage.getItem(Object.keys(sessionStorage)[0])).id")
    return kept


def plain_conversation(page: Page) -> str:
    """Id of the talk in the cookie of the page without JavaScript."""
    return str(page.context.cookies()[0].get("value", "")).partition(".")[0]


def rosa_is_registered_once(real: House, talk: str) -> None:
    (row,) = real.rows("registration", talk)
    assert (row["name"], row["phone"], row["municipality_id"], row["work_kind"], row["hours_min"], row["state"]) == (
        "Rosa Jansen", "+31612345678", "steenwijkerland", "groen", 20, "nieuw",
    )  # fmt: skip


def everything_was_heard_once(real: House, talk: str, count: int) -> None:
    turns = real.rows("turn", talk)
    assert len(turns) == count, [turn["said"] for turn in turns]
    assert len({turn["client_message_id"] for turn in turns}) == count


def heard(page: Page, text: str) -> None:
    expect(page.locator(".msg.bot").last).to_contain_text(text)


# --- with the widget, by keyboard alone ---


def test_a_question_easier_words_and_back(visit: OPEN, real: House) -> None:
    page = visit("/demo/steenwijkerland")
    start(page)
    expect(page.get_by_role("button", name="Spreek in")).to_have_count(0)  # this server cannot listen
    typed(page, "hoeveel uur moet ik werken")
    heard(page, "uur")
    ordinary = page.locator(".msg.bot").last.locator(".text").inner_text()
    tab_to(page, "Een beetje")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dank u")
    tab_to(page, "Makkelijk", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Ik zeg het makkelijker")
    assert page.locator(".msg.bot").last.locator(".text").inner_text() != ordinary
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Ik gebruik weer gewone woorden")
    expect(page.locator(".msg.bot").last.locator(".text")).to_have_text(ordinary, use_inner_text=True)
    (face,) = real.rows("feedback", conversation(page))
    assert face["face"] == "gaat_wel"


def test_a_search(visit: OPEN) -> None:
    page = visit("/demo/steenwijkerland", width=390, height=760)
    start(page)
    typed(page, "zijn er nog plekken in het groen in steenwijk")
    expect(page.get_by_role("article").first).to_be_visible()
    found = page.locator(".msg.bot").last
    assert "\n1. " not in found.inner_text()
    title = page.get_by_role("article").first.get_by_role("heading").inner_text().strip()
    assert found.inner_text().count(f"{title} bij") == 0
    tab_to(page, f"Meer over deze plek: {title}", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".msg.you").last).to_contain_text(title)
    expect(page.locator(".msg.bot").last).to_contain_text("W-")


def test_asking_for_a_person(visit: OPEN, real: House) -> None:
    page = visit("/demo/steenwijkerland")
    start(page)
    tab_to(page, "Praat met een mens", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Vraag om een medewerker")
    page.keyboard.press("Enter")
    heard(page, "liever gebeld")
    (turn,) = real.rows("turn", conversation(page))
    assert turn["intent"] == "mens_spreken"


def test_a_registration_with_two_lost_posts_and_a_restart(visit: OPEN, real: House) -> None:
    """One post is lost on the way there, one answer on the way back, and the gateway is killed: nothing double."""
    page = visit("/demo/steenwijkerland")
    start(page)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(json.loads(route.request.post_data or "{}")["client_message_id"])
        if len(lost) == 2:
            route.fetch()
        if len(lost) <= 2:
            route.abort()
        else:
            route.continue_()

    for at, (answer, asked) in enumerate(ANSWERS):
        if at == 1:
            page.route("**/messages", lose)
        if at == 4:
            real.kill_gateway()
        typed(page, answer)
        expect(page.locator(".msg.bot").last).to_contain_text(asked, timeout=60_000)
    page.unroute("**/messages")
    assert len(set(lost[:3])) == 1
    tab_to(page, "Ja", "Shift+Tab")
    page.keyboard.press("Enter")
    heard(page, "AW-")
    expect(page.get_by_text("Nog niet verstuurd")).to_have_count(0)
    rosa_is_registered_once(real, conversation(page))
    everything_was_heard_once(real, conversation(page), len(ANSWERS) + 1)


# --- without JavaScript, by keyboard alone ---


def plain(visit: OPEN) -> Page:
    return visit("/chat?gemeente=steenwijkerland", java_script_enabled=False)


def send(page: Page, text: str) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_a_question_a_judgement_and_other_words_without_javascript(visit: OPEN, real: House) -> None:
    page = plain(visit)
    send(page, "wat is beschut werk")
    heard(page, "Beschut werk")
    ordinary = page.locator(".msg.bot").last.locator(".body").inner_text()
    page.locator(".msg.bot").last.locator("summary").press("Enter")
    expect(page.locator(".msg.bot").last.locator("dd").first).to_be_visible()
    page.get_by_role("button", name="Een beetje").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dank u")
    (face,) = real.rows("feedback", plain_conversation(page))
    assert (face["face"], face["message"]) == ("gaat_wel", 1)
    page.get_by_role("button", name="Makkelijke woorden").press("Enter")
    expect(page.locator("body")).to_have_class("chat easy")
    page.get_by_role("button", name="Gewone woorden").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Ik gebruik weer gewone woorden")
    assert page.locator(".msg.bot").last.locator(".body").inner_text() == ordinary
    page.get_by_role("link", name="Bewaar, print of mail het gesprek").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw gesprek met Meedoen")
    expect(page.get_by_role("main")).to_contain_text("wat is beschut werk")


def test_a_search_and_a_person_without_javascript(visit: OPEN) -> None:
    page = plain(visit)
    send(page, "zijn er nog plekken in het groen in steenwijk")
    title = page.get_by_role("article").first.get_by_role("heading").inner_text()
    assert f"{title} bij" not in page.get_by_role("main").inner_text()
    page.get_by_role("button", name=f"Meer over deze plek: {title}").first.press("Enter")
    heard(page, "W-")
    page.get_by_text("Praat met een mens", exact=True).first.press("Enter")
    page.get_by_role("button", name="Vraag om een medewerker").press("Enter")
    heard(page, "liever gebeld")


def test_a_registration_and_a_restart_without_javascript(visit: OPEN, real: House) -> None:
    page = plain(visit)
    for at, (answer, asked) in enumerate(ANSWERS):
        if at == 4:
            real.kill_gateway()
            _until_it_answers(page, real)
            heard(page, ANSWERS[at - 1][1])  # what was said before stands there again, from the log
            expect(page.locator(".msg.you")).to_have_count(at)
        send(page, answer)
        heard(page, asked)
    page.get_by_role("button", name="Ja", exact=False).first.press("Enter")
    heard(page, "AW-")
    rosa_is_registered_once(real, plain_conversation(page))
    everything_was_heard_once(real, plain_conversation(page), len(ANSWERS) + 1)


def _until_it_answers(page: Page, real: House) -> None:
    for _ in range(300):
        try:
            assert page.request.get(real.url + "/health").ok
            break
        except Exception:  # refused, reset or not well yet: whichever it is, wait
            page.wait_for_timeout(200)
    page.goto(real.url + "/chat")
