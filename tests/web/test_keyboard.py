"""Whole journeys with the keyboard alone, and what a screen reader gets to hear of them."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import OPEN, Server
from tests.web.steps import field, said


def focused(page: Page) -> str:
    """Name of what has the focus, through the shadow root."""
    name: str = page.evaluate(
        """() => { let one = document.activeElement;
        while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
        return one.tagName === 'BUTTON' ? (one.getAttribute('aria-label') || one.textContent).trim() : one.tagName }"""
    )
    return name


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until this has the focus."""
    for _ in range(60):
        if name in focused(page):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} cannot be reached with {key}")


def start(page: Page) -> None:
    tab_to(page, "Stel uw vraag")
    page.keyboard.press("Enter")
    said(page, "Ik ben een computer")
    assert focused(page) == "TEXTAREA"


def typed(page: Page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_question(visit: OPEN, server: Server) -> None:
    page = visit()
    start(page)
    typed(page, "wat is beschut werk")
    said(page, "gewone baan")
    assert focused(page) == "TEXTAREA"
    tab_to(page, "indicatie", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_contain_text("UWV")
    tab_to(page, "Een beetje")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dank u")
    assert focused(page) == "TEXTAREA"
    assert next(iter(server.script.talks.values())).feedback == [{"face": "gaat_wel", "message": 1}]
    page.keyboard.press("Escape")
    assert focused(page) == "Stel uw vraag"


def test_a_search(visit: OPEN) -> None:
    page = visit(width=390, height=760)
    start(page)
    tab_to(page, "Ik zoek een werkplek", "Shift+Tab")
    page.keyboard.press("Enter")
    said(page, "2 werkplekken")
    tab_to(page, "Meer hierover: Plantsoenen onderhouden 102", "Shift+Tab")
    page.keyboard.press("Space")
    said(page, "U zei: vertel meer over W-102")


def test_a_registration_with_a_step_back(visit: OPEN, server: Server) -> None:
    page = visit()
    start(page)
    typed(page, "ik wil mij aanmelden")
    said(page, "Hoe heet u")
    expect(field(page)).to_have_attribute("autocomplete", "given-name")
    typed(page, "Rosa")
    said(page, "telefoonnummer")
    tab_to(page, "Stap terug", "Shift+Tab")
    page.keyboard.press("Enter")
    said(page, "Hoe heet u")
    for answer, question in (("Roos", "telefoonnummer"), ("0612345678", "Welk werk")):
        typed(page, answer)
        said(page, question)
    tab_to(page, "Schoonmaken", "Shift+Tab")
    page.keyboard.press("Enter")
    said(page, "Klopt dit?")
    tab_to(page, "Ja, dat klopt", "Shift+Tab")
    page.keyboard.press("Enter")
    said(page, "MD-4821")
    assert server.script.taken == [
        "ik wil mij aanmelden",
        "Rosa",
        "stap terug",
        "Roos",
        "0612345678",
        "schoonmaak",
        "ja",
    ]


def test_asking_for_a_person(visit: OPEN, server: Server) -> None:
    page = visit("/demo/almere")
    start(page)
    tab_to(page, "Praat met een mens", "Shift+Tab")
    page.keyboard.press("Enter")
    help_sheet = page.get_by_role("region", name="Praat met een mens")
    expect(help_sheet).to_contain_text("14 036")
    expect(help_sheet).to_contain_text("of dat klopt")
    expect(help_sheet).to_contain_text("Maandag")
    tab_to(page, "Vraag om een medewerker")
    page.keyboard.press("Enter")
    said(page, "Een medewerker komt zo")
    expect(page.get_by_role("status")).to_contain_text("Er zijn 2 mensen voor u")
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima.", name="Fatima")
    said(page, "Dag, met Fatima")
    expect(page.get_by_role("log")).to_contain_text("Medewerker Fatima:")
    typed(page, "ik zoek werk in het groen")
    page.wait_for_timeout(200)
    server.script.emit("human", state="none")
    said(page, "U praat weer met de computer")


def test_focus_stays_in_the_full_screen_panel(visit: OPEN) -> None:
    page = visit(width=320, height=640)
    start(page)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            page.keyboard.press(key)
            assert page.evaluate("() => document.activeElement.tagName") == "MEEDOEN-CHAT"


def test_on_a_wide_screen_the_page_can_be_reached(visit: OPEN) -> None:
    page = visit()
    start(page)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.tagName") != "MEEDOEN-CHAT"


def test_what_a_screen_reader_gets(visit: OPEN) -> None:
    """The log stands in the tree before text comes, each message says who speaks, and nothing is nameless."""
    page = visit()

    def slowly(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/api/v1/conversations", slowly)
    page.get_by_role("button", name="Stel uw vraag").press("Enter")
    log = page.get_by_role("log", name="Gesprek")
    assert log.get_attribute("aria-relevant") == "additions"
    assert log.inner_text().strip() == ""
    expect(log).to_contain_text("Computer:")
    page.keyboard.type("wat is beschut werk")
    page.keyboard.press("Enter")
    said(page, "gewone baan")
    tree = page.get_by_role("dialog", name="Meedoen").aria_snapshot()
    for part in (
        '- heading "Meedoen" [level=2]',
        '- button "Sluiten"',
        '- button "Praat met een mens"',
        '- log "Gesprek"',
        '- paragraph: "U:"',
        '- paragraph: "Computer:"',
        '- group "Kies een antwoord"',
        '- group "Heeft dit geholpen?"',
        '- textbox "Typ uw vraag"',
        '- button "Stuur"',
    ):
        assert part in tree, f"{part} is not in {tree}"
    assert "- button:" not in tree and "- button\n" not in tree
    expect(page.get_by_role("alert")).to_have_text("")
