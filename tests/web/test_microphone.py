"""Speaking on the page: Chromium with a fake microphone that plays a sentence, a scripted recogniser, our own voice."""

from __future__ import annotations

import asyncio
import io
import itertools
import os
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from playwright.sync_api import Browser, Page, Playwright, expect

from assistant.core.context import TalkContext
from assistant.errors import MeedoenError
from assistant.gateway import chat_api, pages
from assistant.voice import routes
from assistant.voice.browser.door import router
from assistant.voice.speak import Speaker
from assistant.voice.speak.espeak import EspeakVoice
from tests.voice.doors import Doors, house_of, serving
from tests.web.conftest import CHROMIUM, FLAGS
from tests.web.steps import axe

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SENTENCE = "Ik zoek werk in het groen, ergens bij mij in de buurt."


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice()
    yield voice
    voice.close()


@pytest.fixture(scope="module")
def clip(voice: EspeakVoice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of nothing, a sentence, five seconds of nothing; Chromium plays it again and again."""
    said = Speaker(voice).speak(SENTENCE).wav
    path = tmp_path_factory.mktemp("clip") / "zin.wav"
    with wave.open(io.BytesIO(said)) as sound, wave.open(str(path), "wb") as out:
        out.setparams(sound.getparams())
        rate = sound.getframerate()
        out.writeframes(b"\0\0" * rate + sound.readframes(sound.getnframes()) + b"\0\0" * rate * 5)
    return path


@pytest.fixture(scope="module")
def listening(clip: Path, one_playwright: Playwright) -> Iterator[Browser]:
    """A browser of its own: the fake microphone is chosen when it starts."""
    arguments = [*FLAGS, *MICROPHONE, f"--use-file-for-fake-audio-capture={clip}"]
    chromium = one_playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield chromium
    chromium.close()


@pytest.fixture
def house(voice: EspeakVoice) -> Iterator[Doors]:
    """The real pages, chat API and voice doors with a scripted recogniser and a brain that repeats."""
    lines: list[tuple[str, float | None]] = [("ik zoek werk in het groen", 0.9), ("wat verdien ik", 0.9)]
    house, brain, _ = house_of(lines, voice)
    app = FastAPI()
    app.state.voice_house, app.state.read_aloud = house, house.read_aloud
    app.state.conversations = house.conversations
    app.state.limits = SimpleNamespace(start=house.limits.message, message=house.limits.message)
    for part in (chat_api.router, routes.router, router):
        app.include_router(part)
    pages.install(app)

    @app.exception_handler(MeedoenError)
    async def problem(request: Request, error: Any) -> JSONResponse:
        words = house.conversations.book.word(error.answer_key, TalkContext()).text
        return JSONResponse({"code": error.code, "detail": words}, error.status)

    @app.get("/health")
    async def health() -> dict[str, Any]:
        return {"ok": True, "voice": {"speak": True, "listen": True}}

    with serving(app) as url:
        yield Doors(url, house, brain, voice)


@pytest.fixture
def visit(listening: Browser, house: Doors) -> Iterator[Any]:
    contexts, wrong = [], []

    def open_page(permissions: tuple[str, ...] = ("microphone",), init: str = "") -> Page:
        context = listening.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        contexts.append(context)
        context.grant_permissions(list(permissions))
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        page.goto(house.url + "/demo/kaal")
        page.get_by_role("button", name="Stel uw vraag").click()
        expect(page.get_by_role("log")).to_contain_text("Ik ben een computer")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def microphone(page: Page):
    return page.get_by_role("button", name="Spreek in")


def bar(page: Page):
    return page.get_by_role("region", name="Praten")


def bot(page: Page):
    return page.locator(".msg.bot .text")


WATCH_THE_LINE = """() => { const Real = WebSocket; window.kinds = [];
  const note = (kind, later = 0) => window.kinds.push([kind, performance.now() + later]);
  window.WebSocket = class extends Real { constructor(...all) { super(...all);
    this.addEventListener('message', ({data}) => note(typeof data === 'string' ? JSON.parse(data).type : 'sound')); }
    send(data) {
      if (data instanceof ArrayBuffer && new Int16Array(data).some((one) => Math.abs(one) > 300)) note('speech');
      super.send(data); } };
  const {start, stop} = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (at) {
    note('sounds', (at - this.context.currentTime) * 1000); start.call(this, at); };
  AudioBufferSourceNode.prototype.stop = function () { note('silent'); stop.call(this); }; }"""
"""Speech that leaves the page, sound that begins (at the moment that it will), sound that is cut off; milliseconds."""
WATCH_THE_WORDS = """() => { const begin = AudioBufferSourceNode.prototype.start; window.words = [];
  AudioBufferSourceNode.prototype.start = function (...all) {
    window.began = performance.now(); begin.apply(this, all); };
  const marks = CSS.highlights; const old = marks.set.bind(marks);
  marks.set = (name, mark) => {
    window.words.push([performance.now(), [...mark][0].toString()]); return old(name, mark); }; }"""
TALK_ID = "() => JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('meedoen '))[1]).id"
HIGHLIGHTED = """() => [...(CSS.highlights.get('meedoen-word') ?? [])].map((range) => range.toString()).join()"""


def test_a_tap_a_sentence_a_tap_and_an_answer_that_sounds(visit, house):
    page = visit()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1].split("?")[0]))
    microphone(page).click()
    expect(bar(page)).to_contain_text("Druk nog een keer op de knop")
    expect(microphone(page)).to_have_attribute("aria-pressed", "true")
    assert fetched[:1] == ["widget-voice.js"]
    page.wait_for_function(
        "() => document.querySelector('meedoen-chat').shadowRoot.querySelector('meter')?.value > 0.05"
    )
    axe(page, only="meedoen-chat")
    page.wait_for_timeout(1500)
    microphone(page).click()
    expect(page.locator(".msg.you .text")).to_have_text("ik zoek werk in het groen")
    expect(bot(page).last).to_contain_text("U zei: ik zoek werk in het groen")
    expect(microphone(page)).to_have_attribute("aria-pressed", "false")
    page.wait_for_function(f"() => ({HIGHLIGHTED})().length > 0")
    words = set()
    for _ in range(40):
        words.add(page.evaluate(HIGHLIGHTED))
        page.wait_for_timeout(60)
    assert {"zei:", "groen."} & words and len(words) > 4, words
    assert house.brain.heard == ["ik zoek werk in het groen"]
    expect(page.get_by_role("group", name="Kies een antwoord").get_by_role("button")).to_have_count(1)


def test_holding_the_space_bar_and_letting_go(visit, house):
    page = visit()
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    microphone(page).focus()
    page.keyboard.press("Escape")
    expect(bar(page)).to_contain_text("Houd de knop Spreek in vast")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert house.brain.heard == []
    page.keyboard.down(" ")
    expect(bar(page)).to_contain_text("Laat de knop los")
    page.wait_for_timeout(900)
    page.keyboard.up(" ")
    expect(page.locator(".msg.you .text")).to_have_text("wat verdien ik")


def test_doubt_is_put_in_the_field_and_can_be_put_right(visit, house):
    house.house.engines._script._lines[:] = [("ik zoek berk in het groen", 0.2)]
    page = visit()
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    page.wait_for_timeout(1500)
    microphone(page).click()
    expect(page.locator("textarea")).to_have_value("ik zoek berk in het groen")
    expect(bar(page)).to_contain_text("Verander de tekst als het niet klopt")
    assert house.brain.heard == []
    page.locator("textarea").fill("ik zoek werk in het groen")
    page.get_by_role("button", name="Stuur").click()
    expect(bot(page).last).to_contain_text("U zei: ik zoek werk")
    assert house.brain.heard == ["ik zoek werk in het groen"]
    page.wait_for_function(f"() => ({HIGHLIGHTED})().length > 0")


def test_a_button_pressed_in_a_spoken_talk_is_answered_with_sound(visit, house):
    page = visit()
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    page.wait_for_timeout(1500)
    microphone(page).click()
    page.get_by_role("group", name="Kies een antwoord").get_by_role("button", name="Ja").click()
    expect(bot(page).last).to_contain_text("U zei: ja.")
    expect(page.locator(".msg.you .text").last).to_have_text("Ja")
    page.wait_for_function(f"() => ({HIGHLIGHTED})().length > 0")
    assert house.brain.heard == ["ik zoek werk in het groen", "ja"]


@pytest.mark.parametrize("fails", ["NotAllowedError", "NotFoundError"])
def test_a_refused_microphone_disappears_kindly(visit, fails):
    refuse = f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{fails}'))"
    page = visit(init=refuse)
    microphone(page).click()
    expect(microphone(page)).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="De microfoon werkt hier niet")).to_have_count(1)
    expect(page.locator("textarea")).to_be_focused()
    expect(bar(page)).to_have_count(0)


def test_a_changed_file_is_not_run(visit, house):
    page = visit()
    page.route(
        "**/widget-voice.js*", lambda route: route.fulfill(body="window.kwaad = 1", content_type="text/javascript")
    )
    microphone(page).click()
    expect(microphone(page)).to_have_count(0)
    assert page.evaluate("() => window.kwaad") is None


def test_the_line_breaks_while_the_answer_is_on_its_way(visit, house):
    """The sentence takes the ordinary road, under its own number: nothing lost, nothing double."""
    page = visit()
    slow = threading.Event()
    think = house.brain.think

    async def late(*said):
        await asyncio.to_thread(slow.wait)
        return await think(*said)

    house.brain.think = late
    page.evaluate("""() => { const Real = WebSocket; window.lines = [];
        window.WebSocket = class extends Real { constructor(...all) { super(...all); window.lines.push(this); } } }""")
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    page.wait_for_timeout(1500)
    microphone(page).click()
    expect(page.locator(".msg.you .text")).to_have_count(1)
    page.evaluate("() => window.lines.at(-1).close(4000)")
    page.wait_for_timeout(300)
    slow.set()
    expect(bot(page).last).to_contain_text("U zei: ik zoek werk in het groen")
    expect(page.locator(".msg.you .text")).to_have_count(1)
    page.wait_for_timeout(500)
    assert page.locator(".msg.bot .text", has_text="U zei").count() == 1
    assert house.brain.heard.count("ik zoek werk in het groen") == 1


Timed = list[tuple[str, float]]


def until_sound(timed: Timed) -> list[float]:
    """Milliseconds from the last speech of each spoken turn until the answer sounds; half a second is silence."""
    found, last, turn = [], None, None
    for kind, at in timed:
        if kind == "speech":
            last = at
        elif kind == "thinking":
            last, turn = None, last
        elif kind == "sounds" and turn is not None:
            found.append(at - turn)
            turn = None
    return found


def until_silent(timed: Timed) -> list[float]:
    """Milliseconds from the onset of speech through the answer until the answer is cut off."""
    speech = [at for kind, at in timed if kind == "speech"]
    onsets = [at for before, at in itertools.pairwise([-1e9, *speech]) if at - before > 2000]
    cleared = [at for kind, at in timed if kind == "clear"]
    silent = [min(at for kind, at in timed if kind == "silent" and at >= clear) for clear in cleared]
    return [at - max(onset for onset in onsets if onset < at) for at in silent]


def spread(values: list[float]) -> str:
    """Say the median and the 95th of a hundred."""
    values = sorted(values)
    p50, p95 = (values[min(len(values) - 1, int(len(values) * share))] for share in (0.5, 0.95))
    return f"median {p50:.0f} ms, 95 % {p95:.0f} ms, worst {values[-1]:.0f} ms (n={len(values)})"


def test_hands_free_turn_and_being_interrupted(visit, house):
    """The fake microphone keeps repeating its sentence: it ends a turn, and later speaks through the answer.

    The times are printed; MEEDOEN_ROUNDS=20 takes so many interruptions (models/reports/voice.md).
    """
    long = "Dit is een lang antwoord, waar iemand doorheen praat. " * 8
    house.house.engines._script._lines[:] = [("ik zoek werk", 0.9), ("stop nu", 0.9)] + [("nog iets", 0.9)] * 99

    async def think(conversation_id, text, page_says):
        from assistant.conversation.brain import Thought
        from assistant.core.reply import Reply

        house.brain.heard.append(text)
        return Thought((Reply(long, answer="lang"),))

    house.brain.think = think
    page = visit()
    page.evaluate(WATCH_THE_LINE)
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    page.get_by_role("switch", name="Vrij praten").click()
    page.get_by_role("switch", name="Door de stem heen praten mag").click()
    expect(bar(page)).to_contain_text("U kunt gewoon praten")
    rounds = int(os.environ.get("MEEDOEN_ROUNDS", "1"))
    interrupted = "window.kinds.filter(([kind]) => kind === 'clear').length"
    page.wait_for_function(f"() => {interrupted} >= {rounds}", timeout=30000 + 15000 * rounds)
    answered_again = """() => window.kinds.findLastIndex(([kind]) => kind === 'sounds')
        > window.kinds.findLastIndex(([kind]) => kind === 'clear')"""
    page.wait_for_function(answered_again, timeout=30000)
    timed = page.evaluate("() => window.kinds")
    kinds = [kind for kind, _ in timed]
    answered, hushed = until_sound(timed), until_silent(timed)
    print(f"\nlast speech to first sound: {spread(answered)}\nonset of speech to silence: {spread(hushed)}")
    assert len(answered) >= rounds <= len(hushed) and min(answered + hushed) > 0
    assert kinds.index("final") < kinds.index("speaking") < kinds.index("clear")
    assert house.brain.heard[0] == "ik zoek werk"
    began = time.monotonic()
    page.get_by_role("button", name="Stop met praten").click()
    expect(bar(page)).to_have_count(0)
    assert time.monotonic() - began < 5
    expect(microphone(page)).to_have_attribute("aria-pressed", "false")


WATCH_THE_MICROPHONES = """() => { const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = []; navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish); window.tracks.push(...stream.getTracks()); return stream; }; }"""


def test_one_microphone_is_open_at_a_time(visit, house):
    """With two, everything is heard twice, and the sign that the browser listens stays on after the end."""
    page = visit()
    page.evaluate(WATCH_THE_MICROPHONES)
    live = "window.tracks.filter((track) => track.readyState === 'live').length"
    microphone(page).click()
    expect(bar(page)).to_contain_text("Ik luister")
    page.get_by_role("switch", name="Vrij praten").click()
    page.wait_for_function("() => window.tracks.length === 2")
    page.wait_for_function(f"() => {live} === 1")
    page.get_by_role("button", name="Stop met praten").click()
    page.wait_for_function(f"() => {live} === 0")


def test_reading_aloud_marks_the_word_that_sounds(visit, house):
    """The marks of the server lead the highlight: at the moment that a word begins, that word is marked."""
    page = visit()
    page.evaluate(WATCH_THE_WORDS)
    with page.expect_response(lambda response: "/speech?message=0" in response.url) as sound:
        page.get_by_role("button", name="Lees voor").click()
    marks = [list(map(int, mark.split(":"))) for mark in sound.value.headers["x-meedoen-marks"].split(",")]
    page.wait_for_function("() => window.words.length > 100")
    began, words = page.evaluate("() => [window.began, window.words]")
    text = house.house.conversations._said._talks[page.evaluate(TALK_ID)][0].spoken
    seen = [(at - began, word) for at, word in words]
    for milliseconds, start, end in marks[:6]:
        shown = [word for at, word in seen if milliseconds + 60 < at < milliseconds + 160]
        assert shown and shown[0].strip(".,") == text[start:end].strip(".,"), (milliseconds, text[start:end], shown)
