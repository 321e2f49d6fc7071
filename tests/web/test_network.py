"""A poor line: nothing lost, nothing double. And a talk survives a reload, a restart of the server, and a lost talk."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import OPEN, Server
from tests.web.steps import field, open_chat, said, say


def test_two_lost_posts(visit: OPEN, server: Server) -> None:
    """One is lost on the way there, one answer is lost on the way back: the message is taken once."""
    page = visit()
    open_chat(page)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(json.loads(route.request.post_data or "{}")["client_message_id"])
        if len(lost) == 2:
            route.fetch()
        if len(lost) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/messages", lose)
    say(page, "mijn vraag")
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    expect(page.get_by_text("Nog niet verstuurd")).to_be_visible()
    said(page, "U zei: mijn vraag")
    expect(page.get_by_role("alert")).to_have_text("")
    expect(page.get_by_text("Nog niet verstuurd")).to_have_count(0)
    assert server.script.taken == ["mijn vraag"]
    assert len(set(lost)) == 1


def test_what_was_sent_stays_in_sight_when_the_line_is_lost(visit: OPEN) -> None:
    page = visit(width=390, height=640)
    open_chat(page)
    page.route("**/messages", lambda route: route.abort())
    say(page, "kan ik ook minder uren werken")
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    page.wait_for_function(
        """() => { const root = document.querySelector('meedoen-chat').shadowRoot;
        const [log, mine] = ['.log', '.msg.you .state'].map((one) => root.querySelector(one).getBoundingClientRect());
        return mine.top >= log.top && mine.bottom <= log.bottom + 1 }"""
    )


def test_offline_and_back(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    page.context.set_offline(True)
    for text in ("een", "twee", "drie"):
        say(page, text)
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    page.context.set_offline(False)
    said(page, "U zei: drie")
    assert server.script.taken == ["een", "twee", "drie"]


def test_offline_at_the_start(visit: OPEN, server: Server) -> None:
    page = visit()
    page.context.set_offline(True)
    page.get_by_role("button", name="Stel uw vraag").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    page.context.set_offline(False)
    said(page, "Ik ben een computer")
    assert len(server.script.talks) == 1


def test_server_restarts_in_the_middle(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    say(page, "voor de storing")
    said(page, "U zei: voor de storing")
    server.stop()
    say(page, "tijdens de storing")
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    server.start()
    page.get_by_role("button", name="Probeer nu").click()
    said(page, "U zei: tijdens de storing")
    assert server.script.taken == ["voor de storing", "tijdens de storing"]


def test_reload_keeps_the_talk_and_what_waits(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    page.route("**/messages", lambda route: (route.fetch(), route.abort()))
    say(page, "aanmelden graag")
    expect(page.get_by_role("alert")).to_contain_text("Er is geen verbinding")
    page.unroute("**/messages")
    page.reload()
    said(page, "Hoe heet u")
    expect(page.locator(".msg.you")).to_have_count(1)
    assert server.script.taken == ["aanmelden graag"]
    assert len(server.script.talks) == 1
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length") == 0


def test_a_forgotten_talk_begins_anew_and_keeps_the_question(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    server.script.talks.clear()
    say(page, "wat is beschut werk")
    said(page, "gewone baan")
    expect(page.get_by_role("log")).to_contain_text("Dit is een nieuw gesprek")
    assert server.script.taken == ["wat is beschut werk"]


def test_a_refused_message_comes_back(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    say(page, "x" * 950)
    expect(page.get_by_role("alert")).to_contain_text("te lang")
    expect(field(page)).to_have_value("x" * 950)
    say(page, "korter")
    said(page, "U zei: korter")
    expect(page.get_by_role("alert")).to_have_text("")


def test_take_over_by_polling_when_streams_fail(visit: OPEN, server: Server) -> None:
    server.script.streams = False
    page = visit()
    open_chat(page)
    say(page, "een mens")
    said(page, "Een medewerker komt zo")
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima.", name="Fatima")
    expect(page.get_by_role("log")).to_contain_text("Dag, met Fatima.", timeout=12000)
    expect(page.locator(".msg.staff")).to_have_count(1)


def test_hostile_text_stays_text(visit: OPEN) -> None:
    page = visit()
    open_chat(page)
    hostile = '<img src=x onerror="alert(1)"> javascript:alert(1) <b>x</b>'
    say(page, hostile)
    said(page, hostile)
    assert page.locator(".log img, .log b, .log a[href^='javascript']").count() == 0


def test_waiting_is_said(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    server.script.slow_seconds = 1.2
    say(page, "hallo")
    expect(page.get_by_role("status")).to_contain_text("Ik zoek het antwoord")
    said(page, "U zei: hallo")
    expect(page.get_by_role("status")).to_have_text("")


def test_start_again(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    say(page, "oude vraag")
    said(page, "U zei: oude vraag")
    more(page, "Opnieuw beginnen")
    page.get_by_role("button", name="Ja, opnieuw").click()
    said(page, "Ik ben een computer")
    expect(page.get_by_text("oude vraag")).to_have_count(0)
    assert len(server.script.talks) == 2


def test_keep_print_and_mail(visit: OPEN, server: Server) -> None:
    page = visit("/demo/almere")
    open_chat(page)
    say(page, "ik zoek werk")
    said(page, "2 werkplekken")
    with page.expect_download() as download:
        more(page, "Bewaar het gesprek")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "U vroeg:\nik zoek werk" in text
    assert "Plaats: Almere" in text
    assert "Bel de gemeente Almere: 14 036" in text
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Print het gesprek").click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text("Uw gesprek met Meedoen")
    expect(page.get_by_role("button", name="Mail het gesprek")).to_be_visible()


def more(page: Page, name: str) -> None:
    page.get_by_role("button", name="Meer", exact=True).click()
    page.get_by_role("button", name=re.compile(name)).click()
