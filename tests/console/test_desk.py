"""A case worker's hour in Chromium, on every page: nothing for axe, nothing wider than the screen."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.figures import roll_up
from assistant.placement import OpeningSearch, count_step, record_unmet, search_openings
from assistant.placement.models import Placement, Target
from assistant.review import ConversationLog, NewConversation, TurnRecord
from tests.console.conftest import Served, StaffPage
from tests.unit.console import desk_rows
from tests.web.steps import axe

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
LAPTOP: dict[str, Any] = {"width": 1366, "height": 768}
PHONE: dict[str, Any] = {"width": 320, "height": 640}
SHEET = (
    "titel;soort_plek;soort_werk;taken;organisatie;plaats;uren_min;uren_max;plekken\n"
    "Perken schoffelen;praktijkleerplek;groen;U schoffelt.;Voorbeeld-magazijn Almere;Almere;12;24;2\n"
    "Bladeren harken;praktijkleerplek;gruun;U harkt.;Voorbeeld-magazijn Almere;Almere;12;24;1\n"
    "Sneeuw ruimen;praktijkleerplek;groen;U veegt.;Voorbeeld-magazijn Almere;Steenwijk;12;24;1\n"
)


def fill(console: Served) -> None:
    """A desk as it is on a Friday: people in every state, an old one, offers, targets, questions and talks."""
    database = console.database
    console.at(NOW)
    desk_rows.fill(database)
    ways = ((), ("contact",), ("contact", "gesprek"), ("contact", "gesprek", "meeloopdag"), ())
    for number, (name, states) in enumerate(zip(desk_rows.NAMES, ways, strict=True)):
        begun = NOW - timedelta(days=30 if number == 1 else 2)
        desk_rows.registration(database, begun, *states, name=name, phone=f"06 1234 567{number}")
    desk_rows.offer(database, NOW - timedelta(days=1))
    desk_rows.offer(database, NOW, organisation_name="Kas en Co", hours=32, contract_months=12, work_kind="groen")
    with database.session() as session:
        session.add(
            Target(
                key="t", municipality_id="almere", year=2026, definition="beschut_werk", norm=90, source="B", quote="B"
            )
        )
        session.add_all(
            Placement(municipality_id="almere", kind="beschut", hours=24, started_on=NOW.date() - timedelta(days=9 * n))
            for n in range(12)
        )
        count_step(session, "vraag", now=NOW, municipality="almere", times=40)
        count_step(session, "bekeken", now=NOW, municipality="almere", times=22)
        search = OpeningSearch(municipality="almere", work_kind="wasserij_textiel", kind="detachering")
        record_unmet(session, search, search_openings(session, search, today=NOW.date()), now=NOW)
    _talks(console)


def _talks(console: Served) -> None:
    log = ConversationLog(console.database)
    for number in range(60):
        begun = NOW - timedelta(days=number % 45, hours=1)
        id = f"{number:032x}"
        log.start(NewConversation(id, "x", "almere", None, "phone" if number % 7 == 0 else "web", begun))
        lost = number % 9 == 0
        keys = ["twijfel/geen_idee"] if lost else ["loon/hoeveel"]
        log.record(TurnRecord(id, "1", begun, "wat verdien ik", "loon/hoeveel", 0.9, keys, None, 5, None))
        log.rate(id, 1, "slecht" if lost else "goed", begun)
    with console.database.session() as session:
        roll_up(session, now=NOW)


@pytest.fixture
def desk(staff_page: StaffPage, console: Served) -> Page:
    fill(console)
    return staff_page("accountmanager", scope={"almere"}, name="Ruth Bakker", **LAPTOP)


def go(page: Page, path: str) -> None:
    page.goto(page.console.url + path)  # type: ignore[attr-defined]


def test_a_case_workers_hour(desk: Page, console: Served) -> None:
    page = desk
    go(page, "/doelen")
    before = page.get_by_role("row").filter(has_text="2026").first.inner_text()
    assert "12 mensen" in before
    page.get_by_role("link", name="Aanmeldingen", exact=True).click()
    expect(page.get_by_role("cell", name="te laat")).to_have_count(1)
    axe(page, name="list")
    page.get_by_role("link", name="Kolommen per stand").click()
    axe(page, name="columns")
    page.get_by_role("link", name="Fatima El Amrani").click()
    axe(page, name="registration")
    expect(page.get_by_role("link", name="+31612345670")).to_be_visible()
    _step(page, "Contact")
    note = page.get_by_role("textbox", name="Notitie")
    note.fill("Zij heeft epilepsie en belt liever in de middag.")
    page.get_by_role("button", name="Notitie bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("epilepsie")
    axe(page, name="warning")
    note.fill("Zij belt liever in de middag.")
    page.get_by_role("button", name="Notitie bewaren").click()
    expect(page.locator(".history")).to_contain_text("Zij belt liever in de middag.")
    assert "epilepsie" not in page.content()
    page.get_by_label("Medewerker").select_option(label="Ruth Bakker")
    page.get_by_role("button", name="Toewijzen").click()
    _step(page, "Gesprek")
    _step(page, "Proefplaatsing")
    _step(page, "Gesprek")
    expect(page.get_by_role("alert")).to_contain_text("waarom")  # a step back needs a reason
    page.get_by_text("Geplaatst: leg het contract vast").click()
    page.get_by_label("Soort plek").select_option(label="beschut werk")
    page.get_by_label("Uren per week").fill("24")
    page.get_by_label("Begindatum").fill("2026-11-16")
    page.get_by_label("Komt uit dagbesteding").select_option("ja")
    axe(page, name="contract")
    page.get_by_role("button", name="Plaatsing vastleggen").click()
    expect(page.get_by_role("status")).to_contain_text("telt mee voor het doel")
    axe(page, name="placed")
    go(page, "/doelen")
    axe(page, name="targets")
    assert "13 mensen" in page.get_by_role("row").filter(has_text="2026").first.inner_text()
    with console.database.session(write=False) as session:
        from assistant.staff.models import AuditRow

        actions = [row.action for row in session.query(AuditRow)]
    assert {"aanmelding gelezen met contact", "aanmelding naar gesprek", "plaatsing vastgelegd"} <= set(actions)


def _step(page: Page, to: str) -> None:
    page.get_by_label("Naar").select_option(label=to)
    page.get_by_role("button", name="Stap bewaren").click()


def test_a_file_is_tried_explained_and_written(desk: Page) -> None:
    page = desk
    go(page, "/werkplekken/import")
    axe(page, name="choose")
    _bring(page, "kapot.csv", b"een;twee\n1;2\n")
    expect(page.get_by_role("alert")).to_contain_text("kan niet worden gelezen")
    _bring(page, "werkplekken.csv", SHEET.encode())
    expect(page.get_by_role("heading", level=1)).to_have_text("Proef: er is nog niets geschreven")
    expect(page.get_by_role("row").filter(has_text="gruun")).to_contain_text("Bedoelde u: groen?")
    expect(page.get_by_role("row").filter(has_text="steenwijkerland")).to_contain_text("alleen werkplekken invoeren in")
    axe(page, name="tried")
    page.get_by_role("button", name="De 1 goede rijen schrijven").click()
    expect(page.get_by_role("status").first).to_contain_text("1 nieuw, 0 bijgewerkt, 2 geweigerd")
    page.get_by_role("searchbox").fill("Perken schoffelen")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="W-").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Perken schoffelen")
    axe(page, name="opening")


def _bring(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": io.BytesIO(content).getvalue()}
    page.locator("#f-bestand").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Proberen").click()


def test_an_offer_below_a_rule_is_signed_or_refused(desk: Page) -> None:
    page = desk
    go(page, "/aanbod")
    axe(page, name="offers")
    page.get_by_role("row").filter(has_text="Bakkerij Jansen").get_by_role("link").click()
    expect(page.locator(".caution")).to_contain_text("28 uren per week")
    axe(page, name="offer")
    page.get_by_label("Organisatie").select_option(index=1)
    page.get_by_role("button", name="Uitzondering tekenen").click()  # the browser asks for the reason
    assert "/aanbod/" in page.url
    page.get_by_label("Waarom mag deze uitzondering?").fill("Begint met 24 uur, groeit in een half jaar naar 28.")
    page.get_by_role("button", name="Uitzondering tekenen").click()
    expect(page.get_by_role("status").first).to_contain_text("is nu werkplek W-")
    go(page, "/aanbod?stand=aangenomen")
    page.get_by_role("row").filter(has_text="Bakkerij Jansen").get_by_role("link").click()
    expect(page.locator(".notice")).to_contain_text("Uitzondering getekend, omdat: Begint met 24 uur")
    go(page, "/aanbod")
    page.get_by_role("row").filter(has_text="Kas en Co").get_by_role("link").click()
    page.get_by_label("Waarom niet?").fill("De plek is te ver weg.")
    page.get_by_role("button", name="Weigeren").click()
    expect(page.locator(".notice")).to_contain_text("Geweigerd door Ruth Bakker")


def test_an_opening_is_made_confirmed_and_closed(desk: Page) -> None:
    page = desk
    go(page, "/werkplekken/nieuw")
    axe(page, name="form")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is niets bewaard")
    axe(page, name="form with errors")
    page.get_by_label("Titel").fill("Fietsen nakijken")
    page.get_by_label("Wat doet iemand daar?").fill("U plakt banden en smeert kettingen.")
    page.get_by_label("Soort plek").select_option("praktijkleerplek")
    page.get_by_label("Soort werk").select_option("fietsen_techniek")
    page.get_by_label("Organisatie").first.select_option(index=1)
    page.get_by_label("Plaats", exact=True).fill("Almere")
    page.get_by_label("Uren per week, minstens").fill("12")
    page.get_by_label("Uren per week, hoogstens").fill("20")
    page.get_by_label("Getekend op").fill("2026-11-01")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("alleen met naam én datum")
    page.get_by_label("Toezegging van een baan: getekend door").fill("M. de Wit")
    page.get_by_label("maandag").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fietsen nakijken")
    expect(page.locator("main")).to_contain_text("getekend door M. de Wit op 1 november 2026")
    page.get_by_role("button", name="Klopt nog").click()
    expect(page.locator(".notice")).to_contain_text("Bevestigd op 20 november 2026")
    page.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("status").first).to_contain_text("gesloten")
    axe(page, name="closed")


PAGES = (
    "/aanmeldingen", "/aanmeldingen?weergave=kolommen", "/aanmeldingen/AW-2026-00001", "/werkplekken",
    "/werkplekken/nieuw", "/werkplekken/import", "/aanbod", "/aanbod/AW-2026-00006", "/doelen", "/stroom", "/cijfers",
    "/cijfers/definities", "/maandbericht",
)  # fmt: skip


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_is_for_everybody_and_fits(staff_page: StaffPage, console: Served, size: dict[str, Any]) -> None:
    import os
    from pathlib import Path

    fill(console)
    page = staff_page("accountmanager", scope={"almere"}, **size)
    pictures = os.environ.get("DESK_PICTURES")
    for path in PAGES:
        go(page, path)
        axe(page, name=path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
        if pictures:
            name = path.strip("/").replace("/", "-").replace("?", "-")
            page.screenshot(path=Path(pictures) / f"{name}-{size['width']}.png", full_page=True)
