"""The makkelijk-knop, reading aloud and the microphone button."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.conftest import NO_VOICES, OPEN, Server
from tests.web.steps import axe, open_chat, said, say

VOICES = """
const spoken = window.spoken = [];
Object.defineProperty(speechSynthesis, 'getVoices', {value: () => [
  {lang: 'nl-NL', localService: false, name: 'wolk'}, {lang: 'nl-NL', localService: true, name: 'toestel'}]});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
speechSynthesis.speak = (one) => { spoken.push({text: one.text, voice: one.voice.name, rate: one.rate});
  window.current = one; setTimeout(() => one.onboundary({charIndex: one.text.indexOf('computer')}), 20); };
speechSynthesis.cancel = () => { window.current?.onend(); window.current = undefined };
"""


def switch(page: Page, name: str) -> None:
    page.get_by_role("switch", name=name).click()
    expect(page.get_by_role("switch", name=name)).to_have_attribute("aria-checked", "true")


def test_one_switch_for_all(visit: OPEN, server: Server) -> None:
    page = visit(init=VOICES)
    open_chat(page)
    before = page.locator(".panel").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    said(page, "Ik zeg het makkelijker")
    assert server.script.taken == ["makkelijker"]
    assert page.locator(".panel").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") > before * 1.2
    assert "Ik zeg het makkelijker" in page.evaluate("() => spoken.at(-1).text")
    say(page, "ik zoek werk")
    said(page, "2 werkplekken")
    assert page.locator(".choices svg.pic").count() == 3
    axe(page)
    page.get_by_role("button", name="Meer", exact=True).click()
    for name in (
        "Makkelijke woorden",
        "Grote letters",
        "Rustig scherm",
        "Plaatjes bij keuzes",
        "Nieuwe tekst voorlezen",
    ):
        expect(page.get_by_role("switch", name=name)).to_have_attribute("aria-checked", "true")
    page.reload()
    expect(page.get_by_role("button", name="Makkelijk", exact=True)).to_have_attribute("aria-pressed", "true")


def test_easy_off_in_the_middle_of_a_talk_brings_ordinary_words(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    said(page, "Ik zeg het makkelijker")
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    said(page, "Ik gebruik weer gewone woorden")
    expect(page.get_by_role("log")).to_contain_text("Gewone woorden, graag.")
    assert server.script.taken == ["makkelijker", "/eenvoudiger/uit"]
    page.get_by_role("button", name="Meer", exact=True).click()
    switch(page, "Makkelijke woorden")
    said(page, "Ik zeg het makkelijker")


def test_a_list_of_openings_is_shown_once_and_read_in_full(visit: OPEN) -> None:
    """The cards stand where the numbered lines were; aloud the title, the place and the hours of each are said."""
    page = visit(init=VOICES)
    open_chat(page)
    say(page, "ik zoek werk")
    found = page.locator(".msg.bot").last
    expect(found.get_by_role("article")).to_have_count(2)
    assert "Plantsoenen onderhouden 101 bij" not in found.inner_text()
    assert found.inner_text().endswith("Ik wil een mens spreken")
    assert found.inner_text().index("Plantsoenen onderhouden 102") < found.inner_text().index("Kies een plek")
    found.get_by_role("button", name="Lees voor").click()
    read = " ".join(page.evaluate("() => spoken.at(-1).text").split())
    assert "Plantsoenen onderhouden 101 Groenbedrijf Voorbeeld Plaats Almere Uren 20 tot 28 uur per week" in read
    assert read.endswith("Wilt u meer weten? Kies een plek.")
    assert "Meer hierover" not in read and "schoffelen" not in read


def test_each_switch_alone(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    page.get_by_role("button", name="Meer", exact=True).click()
    switch(page, "Plaatjes bij keuzes")
    assert page.locator(".choices svg.pic").count() == 4
    switch(page, "Rustig scherm")
    assert server.script.taken == []
    expect(page.get_by_role("button", name="Makkelijk", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Dit apparaat kan niet voorlezen")).to_be_visible()


def test_the_source_stands_under_the_answer_in_every_way_of_reading(visit: OPEN) -> None:
    page = visit()
    open_chat(page)
    say(page, "wat is beschut werk")
    source = page.locator(".msg.bot").last.locator(".source")
    expect(source).to_have_text("Nagekeken op 21 november 2026. Bron: UWV, Beschut werk.")
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    said(page, "Ik zeg het makkelijker")
    expect(page.locator(".source")).to_be_visible()
    assert page.locator(".source").evaluate(
        "(one) => parseFloat(getComputedStyle(one).fontSize) < parseFloat(getComputedStyle(one.parentElement).fontSize)"
    )


def test_reading_aloud_by_the_device(visit: OPEN) -> None:
    page = visit(init=VOICES)
    open_chat(page)
    page.get_by_role("button", name="Lees voor").press("Enter")
    assert page.evaluate("() => spoken[0].voice") == "toestel"
    page.wait_for_function(
        "() => [...(CSS.highlights.get('meedoen-word') ?? [''])][0].toString().startsWith('computer')"
    )
    page.get_by_role("button", name="Langzamer").click()
    assert page.evaluate("() => spoken.at(-1).rate") == 0.9
    page.get_by_role("button", name="Nog een keer").click()
    axe(page)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Lees voor")).to_be_focused()
    assert page.evaluate("() => CSS.highlights.has('meedoen-word')") is False


def test_reading_aloud_by_the_server(visit: OPEN, server: Server) -> None:
    server.script.voice["speak"] = True
    page = visit(init=NO_VOICES)
    open_chat(page)
    with page.expect_response(lambda response: "/speech?message=0&rate=1" in response.url) as sound:
        page.get_by_role("button", name="Lees voor").click()
    assert sound.value.ok
    page.wait_for_function("() => CSS.highlights.has('meedoen-word')")
    expect(page.get_by_role("button", name="Lees voor")).to_be_visible()


def test_the_server_reads_only_what_was_said_in_this_talk(visit: OPEN, server: Server) -> None:
    server.script.voice["speak"] = True
    page = visit(init=NO_VOICES)
    open_chat(page)
    expect(page.get_by_role("button", name="Lees voor")).to_have_count(1)
    server.script.talks.clear()
    say(page, "wat is beschut werk")
    said(page, "gewone baan")
    expect(page.locator(".msg.bot").first.get_by_role("button", name="Lees voor")).to_have_count(0)
    with page.expect_response(lambda response: "/speech?message=1&rate=1" in response.url) as sound:
        page.get_by_role("button", name="Lees voor").last.click()
    assert sound.value.ok


def test_microphone_only_when_the_server_listens(visit: OPEN, server: Server) -> None:
    page = visit()
    open_chat(page)
    expect(page.get_by_role("button", name="Spreek in")).to_have_count(0)
    server.script.voice["listen"] = True
    page = visit()
    open_chat(page)
    expect(page.get_by_role("button", name="Spreek in")).to_have_count(1)
