"""axe finds nothing, in every state, theme and size; nothing on these pages breaks the CSP or asks another host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import NO_VOICES, OPEN, Server
from tests.web.steps import axe, open_chat, said, say

BIG_TEXT = f"""{NO_VOICES}; addEventListener('DOMContentLoaded', () =>
document.documentElement.style.setProperty('font-size', '32px', 'important'))"""
SIZES: dict[str, dict[str, object]] = {
    "desktop": {},
    "phone": {"width": 390, "height": 760},
    "320": {"width": 320, "height": 640},
    "200%": {"width": 1280, "height": 800, "init": BIG_TEXT},
    "forced": {"forced_colors": "active"},
    "reduced": {"reduced_motion": "reduce", "width": 390, "height": 760},
}
RUNS = [("voorbeeld", size) for size in SIZES] + [
    ("kaal", "desktop"),
    ("kaal", "320"),
    ("donker", "desktop"),
    ("donker", "320"),
    ("almere", "320"),
    ("steenwijkerland", "phone"),
]
CHECKED: list[str] = []


@pytest.mark.parametrize(("look", "size"), RUNS)
def test_every_state(look: str, size: str, visit: OPEN, server: Server) -> None:
    page = visit(f"/demo/{look}", **SIZES[size])

    def check(state: str) -> None:
        axe(page, CHECKED, f"{look} {size} {state}")
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{look} {size} {state}: {wide} px too wide"
        assert _small(page) == [], f"{look} {size} {state}"

    expect(page.get_by_role("button", name="Stel uw vraag")).to_be_visible()
    check("closed")
    open_chat(page)
    check("open")
    say(page, "een lang antwoord")
    said(page, "Beschut werk")
    page.locator("button.term").first.click()
    expect(page.get_by_role("note")).to_be_visible()
    check("long answer, word explained")
    say(page, "ik zoek werk")
    said(page, "2 werkplekken")
    check("cards and buttons")
    page.get_by_role("button", name="Ik wil mij aanmelden").click()
    said(page, "Hoe heet u")
    expect(page.get_by_role("button", name="Stap terug")).to_be_visible()
    check("form")
    page.get_by_role("button", name="Stoppen").click()
    said(page, "U zei")
    for name in ("Meer", "Praat met een mens"):
        page.get_by_role("button", name=name, exact=True).click()
        check(f"sheet {name}")
        page.keyboard.press("Escape")
    _offline(page, check)
    server.script.slow_seconds = 0
    say(page, "een mens graag")
    said(page, "Een medewerker komt zo")
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima. Waar kan ik u mee helpen?", name="Fatima")
    said(page, "Dag, met Fatima")
    check("take-over")
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    check("easy")


def _offline(page: Page, check: Callable[[str], None]) -> None:
    page.route("**/messages", lambda route: route.abort())
    say(page, "dit bericht wacht")
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    check("error")
    page.unroute("**/messages")
    page.get_by_role("button", name="Probeer nu").click()
    said(page, "U zei: dit bericht wacht")


def _small(page: Page) -> list[str]:
    """Buttons of the widget under 48 px, but for difficult words, which stand in a line of text."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelector('meedoen-chat').shadowRoot.querySelectorAll('button:not(.term),textarea')]
        .filter((one) => one.checkVisibility())
        .filter((one) => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 47.5)
        .map((one) => one.textContent.trim())"""
    )
    return found


@pytest.mark.parametrize("path", ["/", "/chat", "/chat?gemeente=almere", "/demo/kaal"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages(path: str, width: int, visit: OPEN) -> None:
    page = visit(path, width=width)
    axe(page, CHECKED, f"{path} {width}")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_letters_are_at_least_18_pixels(visit: OPEN, server: Server) -> None:
    for root in ("16px", "10px", "100%"):
        page = visit("/demo/kaal")
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", root)
        open_chat(page)
        sizes = page.evaluate(
            """() => [...document.querySelector('meedoen-chat').shadowRoot.querySelectorAll('.panel *')]
            .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
        )
        assert min(sizes) >= 18


def test_contrast_guard_falls_back(visit: OPEN) -> None:
    page = visit("/demo/kaal")
    failing = {
        "--basis-color-default-bg-document": "#ffffff",
        "--basis-color-default-color-document": "#bbbbbb",
        "--basis-color-action-1-inverse-bg-default": "oklch(0.9 0.1 100)",
        "--basis-color-action-1-inverse-color-default": "#ffffff",
    }
    for name, colour in failing.items():
        page.evaluate("([name, colour]) => document.documentElement.style.setProperty(name, colour)", [name, colour])
    chat = page.locator("meedoen-chat")
    open_chat(page)
    expect(chat).to_have_attribute("data-look", "own")
    assert chat.evaluate("(one) => one.style.getPropertyValue('--m-action')") == "rgb(21 66 115)"
    axe(page, only="meedoen-chat")


def test_report() -> None:
    """Says how much was looked at; run with -s to see it."""
    print(f"axe: 0 violations in {len(CHECKED)} states")
