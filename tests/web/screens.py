"""Makes docs/screens/*.png with the scripted server: `python -m tests.web.screens`. Look at them before you commit."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS, NO_VOICES, ROOT, Server
from tests.web.steps import open_chat, said, say
from tests.web.test_axe import BIG_TEXT
from tests.web.test_easy import VOICES

TARGET = ROOT / "docs" / "screens"
MAX_BYTES = 60_000
COLOURS = 64
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def main() -> None:
    """Make every picture, small, and refuse one that is too large."""
    TARGET.mkdir(parents=True, exist_ok=True)
    server = Server()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in PICTURES:
            page = picture(browser, server)
            page.wait_for_timeout(300)
            path = TARGET / f"{picture.__name__.replace('_', '-')}.png"
            page.screenshot(path=path)
            _shrink(path)
            page.context.close()
        browser.close()
    server.stop()


def answer(browser: Browser, server: Server) -> Page:
    """An answer with an explained word, on the page of a municipality."""
    page = _visit(browser, server, "/demo/almere", width=1000, height=700)
    open_chat(page)
    say(page, "Wat is beschut werk?")
    said(page, "gewone baan")
    page.get_by_role("button", name="indicatie").click()
    return page


def search(browser: Browser, server: Server) -> Page:
    """Openings on a telephone."""
    page = _visit(browser, server, "/demo/voorbeeld")
    open_chat(page)
    page.get_by_role("button", name="Ik zoek een werkplek").click()
    said(page, "2 werkplekken")
    return page


def easy(browser: Browser, server: Server) -> Page:
    """Everything easy, in the middle of reading aloud."""
    page = _visit(browser, server, "/demo/steenwijkerland", height=900, init=VOICES)
    open_chat(page)
    page.get_by_role("button", name="Makkelijk", exact=True).click()
    said(page, "makkelijker")
    say(page, "Wat is beschut werk?")
    said(page, "gewone baan")
    return page


def form(browser: Browser, server: Server) -> Page:
    """A question of a form, on a dark page of 320 pixels."""
    page = _visit(browser, server, "/demo/donker", width=320, height=640)
    open_chat(page)
    page.get_by_role("button", name="Ik wil mij aanmelden").click()
    said(page, "Hoe heet u")
    return page


def person(browser: Browser, server: Server) -> Page:
    """A member of staff has come; the way to a person is open."""
    page = _visit(browser, server, "/demo/kaal", width=1000, height=760)
    open_chat(page)
    say(page, "Ik wil een mens spreken")
    said(page, "Een medewerker komt zo")
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima. Waar kan ik u mee helpen?", name="Fatima")
    said(page, "met Fatima")
    return page


def no_script(browser: Browser, server: Server) -> Page:
    """The same talk without JavaScript."""
    page = _visit(browser, server, "/chat?gemeente=almere", java_script_enabled=False)
    page.get_by_role("button", name="Wat is beschut werk?").click()
    return page


def waiting(browser: Browser, server: Server) -> Page:
    """In the queue for a member of staff, on a telephone."""
    page = _visit(browser, server, "/demo/steenwijkerland")
    open_chat(page)
    page.get_by_role("button", name="Ik wil een mens spreken").click()
    said(page, "Een medewerker komt zo")
    expect(page.get_by_role("status")).to_contain_text("2 mensen")
    return page


def take_over(browser: Browser, server: Server) -> Page:
    """The same talk, when the member of staff has come."""
    page = waiting(browser, server)
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima. Waar kan ik u mee helpen?", name="Fatima")
    said(page, "met Fatima")
    say(page, "Is de plek bij de bakker nog vrij?")
    expect(page.locator(".msg.you").last).to_contain_text("bakker")
    return page


def no_line(browser: Browser, server: Server) -> Page:
    """A message that waits for a connection."""
    page = _visit(browser, server, "/demo/almere")
    open_chat(page)
    page.route("**/messages", lambda route: route.abort())
    say(page, "Kan ik ook minder uren werken?")
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    return page


def large_text(browser: Browser, server: Server) -> Page:
    """Openings, with letters twice as large."""
    page = _visit(browser, server, "/demo/voorbeeld", width=1000, height=760, init=BIG_TEXT)
    open_chat(page)
    page.get_by_role("button", name="Ik zoek een werkplek").click()
    said(page, "2 werkplekken")
    return page


def no_script_search(browser: Browser, server: Server) -> Page:
    """Openings without JavaScript."""
    page = _visit(browser, server, "/chat?gemeente=steenwijkerland", java_script_enabled=False)
    page.get_by_role("button", name="Ik zoek een werkplek").click()
    return page


def no_script_take_over(browser: Browser, server: Server) -> Page:
    """A member of staff in the talk without JavaScript."""
    page = _visit(browser, server, "/chat?gemeente=almere", java_script_enabled=False)
    page.get_by_role("button", name="Ik wil een mens spreken").click()
    server.script.emit("human", state="here", name="Fatima")
    server.script.emit("message", text="Dag, met Fatima. Waar kan ik u mee helpen?", name="Fatima")
    page.reload()
    return page


def summary(browser: Browser, server: Server) -> Page:
    """One page of the talk, as it comes on paper."""
    page = no_script_search(browser, server)
    page.get_by_role("link", name="Bewaar, print of mail het gesprek").click()
    return page


PICTURES = (
    answer, search, easy, form, person, waiting, take_over, no_line, large_text,
    no_script, no_script_search, no_script_take_over, summary,
)  # fmt: skip


def _visit(browser: Browser, server: Server, path: str, width: int = 390, height: int = 760, **options: Any) -> Page:
    init = options.pop("init", NO_VOICES)
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce", **options
    )
    context.add_init_script(init)
    page = context.new_page()
    page.goto(server.url + path)
    return page


def _shrink(path: Path) -> None:
    """Write the picture again with a palette: a screen of text needs few colours."""
    width, height, pixels = _decode(path.read_bytes())
    common = Counter(pixels).most_common(COLOURS)
    palette = [colour for colour, _ in common]
    place = {colour: at for at, colour in enumerate(palette)}
    for colour in set(pixels) - place.keys():
        place[colour] = min(range(len(palette)), key=lambda at: _far(palette[at], colour))
    rows = (bytes(place[colour] for colour in pixels[y * width : (y + 1) * width]) for y in range(height))
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", b"".join(bytes(one) for one in palette)), (b"IDAT", packed), (b"IEND", b""))
    path.write_bytes(SIGNATURE + b"".join(_chunk(kind, body) for kind, body in parts))
    size = path.stat().st_size
    print(f"{path.name} {size} bytes")
    assert size < MAX_BYTES, f"{path.name} is too large"


def _decode(raw: bytes) -> tuple[int, int, list[tuple[int, int, int]]]:
    """Read an 8-bit RGB or RGBA picture, as Chromium writes it."""
    at, packed, head = len(SIGNATURE), b"", b""
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        body = raw[at + 8 : at + 8 + length]
        head, packed = (body, packed) if kind == b"IHDR" else (head, packed + body if kind == b"IDAT" else packed)
        at += length + 12
    width, height, depth, kind_of_colour = struct.unpack(">IIBB", head[:10])
    assert depth == 8 and kind_of_colour in (2, 6)
    step = 3 if kind_of_colour == 2 else 4
    data, stride = zlib.decompress(packed), width * step
    before, pixels = bytearray(stride), []
    for y in range(height):
        begin = y * (stride + 1)
        before = _unfilter(data[begin], bytearray(data[begin + 1 : begin + 1 + stride]), before, step)
        pixels += list(zip(before[0::step], before[1::step], before[2::step], strict=True))
    return width, height, pixels


def _unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """Undo the filter of one row (PNG specification, section 9)."""
    for at in range(len(row)) if kind else ():
        left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
        row[at] = (row[at] + _guess(kind, left, above[at], corner)) & 255
    return row


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def _far(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    main()
