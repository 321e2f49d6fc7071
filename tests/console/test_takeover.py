"""A take-over by two of the staff and a citizen, with a crash in the middle: the real gateway and the real console."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from assistant.answers import Library
from assistant.database import Database, upgrade
from tests.console.takeover_house import MONDAY_TEN
from tests.unit.console.conftest import ROOT, Console
from tests.web.conftest import NO_VOICES
from tests.web.steps import axe, field, say

expect.set_options(timeout=30_000)
SCREENS = os.environ.get("TAKEOVER_SCREENS")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class TakeOverHouse:
    """The house as a process; `crash` kills it without a word."""

    def __init__(self, var: Path) -> None:
        self.var, self.public, self.staff = var, free_port(), free_port()
        self.chat, self.console = f"http://127.0.0.1:{self.public}", f"http://127.0.0.1:{self.staff}"

    def start(self, later_minutes: float = 0) -> None:
        """Start, and wait until both listeners answer."""
        command = [sys.executable, "-m", "tests.console.takeover_house", *map(str, (self.var, self.public, self.staff))]
        environment = {**os.environ, "LATER_MINUTES": str(later_minutes), "MEEDOEN_DEV": "1"}
        with (self.var / "house.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment)
        for address in (f"{self.chat}/widget.js", f"{self.console}/inloggen"):
            self._wait_for(address)

    def _wait_for(self, address: str) -> None:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self.var / "house.log").read_text()[-3000:]
            try:
                urllib.request.urlopen(address, timeout=2).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"{address} does not answer")

    def crash(self) -> None:
        """End at once."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TakeOverHouse]:
    upgrade(f"sqlite:///{tmp_path / 'meedoen.db'}")
    opened = TakeOverHouse(tmp_path)
    try:
        opened.start()
        yield opened
    finally:
        opened.crash()


Open = Callable[..., Page]


@pytest.fixture
def window(chromium: Browser) -> Iterator[Open]:
    """Return a function that opens a browser window; afterwards nothing may have gone wrong in any of them."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or (
            message.type == "error"
            and "Failed to load resource" not in message.text
            and "ERR_" not in message.text
            and not message.text.startswith("htmx:")  # the server was away: that is what one of these tests does
        ):
            wrong.append(f"{message.text} {message.location}")

    def open_window(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
        contexts.append(context)
        context.add_init_script(NO_VOICES)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def staff(window: Open, house: TakeOverHouse, console_library: Library) -> Iterator[Open]:
    """Return a function that opens the queue for a new member of staff who is logged in."""
    database = Database(f"sqlite:///{house.var / 'meedoen.db'}")
    accounts = Console(database, console_library, house.var)
    accounts.at(MONDAY_TEN + timedelta(seconds=30))

    def log_in(name: str, **options: Any) -> Page:
        page = window(**options)
        token = accounts.login("accountmanager", name=name).token
        page.context.add_cookies([{"name": "meedoen", "value": token, "url": house.console}])
        page.goto(f"{house.console}/overnemen")
        return page

    yield log_in
    database.dispose()


def available(page: Page) -> None:
    page.get_by_role("button", name="Ik ben beschikbaar").click()
    expect(page.get_by_role("main")).to_contain_text("U bent beschikbaar")


def begin(page: Page, house: TakeOverHouse) -> None:
    page.goto(f"{house.chat}/demo/almere")
    page.get_by_role("button", name="Stel uw vraag").click()
    expect(page.get_by_role("log")).to_contain_text("Ik ben een computer")


def wait_in_queue(page: Page) -> None:
    say(page, "wat verdien ik dan")
    expect(page.get_by_role("log")).to_contain_text("minimumloon")
    say(page, "ik wil een mens spreken")
    expect(page.get_by_role("log")).to_contain_text("Dit stuur ik dan mee")
    page.get_by_role("button", name="Stuur deze samenvatting").click()
    expect(page.get_by_role("status")).to_contain_text("U wacht op een medewerker")


def look(page: Page, name: str) -> None:
    """axe finds nothing; and a picture when one is wanted."""
    if SCREENS:
        Path(SCREENS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SCREENS}/{name}.png", caret="initial")
    axe(page, name=name)
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name}: {wide} px too wide"


def test_two_of_the_staff_a_citizen_and_a_crash(window: Open, staff: Open, house: TakeOverHouse) -> None:
    noor, bram = staff("Noor Jansen"), staff("Bram de Vries")
    look(noor, "queue-nobody")
    available(noor)
    citizen = window(width=390, height=760)
    begin(citizen, house)
    say(citizen, "wat verdien ik dan")
    expect(citizen.get_by_role("log")).to_contain_text("minimumloon")
    say(citizen, "ik wil een mens spreken")
    expect(citizen.get_by_role("log")).to_contain_text("Wat verdien ik")
    look(citizen, "citizen-summary")
    citizen.get_by_role("button", name="Stuur deze samenvatting").click()
    expect(citizen.get_by_role("status")).to_contain_text("U bent als eerste aan de beurt")
    look(citizen, "citizen-waits")

    # both see the card come without a reload; both press; one gets the talk
    for page in (noor, bram):
        expect(page.get_by_role("button", name="Neem gesprek")).to_be_visible()
    look(noor, "queue-waiting")
    noor.get_by_role("button", name="Neem gesprek").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text("Gesprek")
    bram.evaluate("document.querySelector('form[action$=\"/nemen\"]')?.submit()")
    expect(bram.get_by_role("main")).to_contain_text("Noor")
    expect(citizen.get_by_role("log")).to_contain_text("U praat nu met Noor, een medewerker")
    expect(noor.get_by_role("main")).to_contain_text("werk in het groen, Almere")

    # words go both ways, and the computer is silent
    noor.get_by_label("Uw bericht").fill("Dag, met Noor. Waar kan ik mee helpen?")
    noor.get_by_label("Uw bericht").press("Control+Enter")
    expect(citizen.get_by_role("log")).to_contain_text("Medewerker Noor:")
    expect(citizen.get_by_role("log")).to_contain_text("Waar kan ik mee helpen?")
    expect(noor.get_by_label("Uw bericht")).to_have_value("")
    bots = citizen.locator(".msg.bot").count()
    say(citizen, "mijn nummer is 06 12345678 en mijn bsn 123456782")
    log = noor.get_by_role("log")
    expect(log).to_contain_text("06 12345678 en mijn bsn [bsn]")
    expect(citizen.get_by_role("log")).to_contain_text("burgerservicenummer")
    assert citizen.locator(".msg.bot").count() == bots + 1  # the request not to give a BSN, nothing else
    look(citizen, "citizen-here")
    look(noor, "talk")

    # the server dies while both are typing; nothing is lost, nothing comes double
    house.crash()
    field(citizen).fill("bent u er nog?")
    citizen.get_by_role("button", name="Stuur").click()
    noor.get_by_label("Uw bericht").fill("Ik ben er nog.")
    noor.get_by_label("Uw bericht").press("Control+Enter")
    expect(noor.get_by_role("alert").filter(has_text="nog niet verstuurd")).to_be_visible()
    expect(noor.get_by_label("Uw bericht")).to_have_value("Ik ben er nog.")
    house.start(later_minutes=1)
    expect(log).to_contain_text("bent u er nog?", timeout=60_000)
    noor.get_by_role("button", name="Versturen").click()
    expect(citizen.get_by_role("log")).to_contain_text("Ik ben er nog.", timeout=60_000)
    expect(noor.get_by_label("Uw bericht")).to_have_value("")
    for page, text in ((citizen, "Ik ben er nog."), (citizen, "bent u er nog?")):
        assert page.get_by_role("log").get_by_text(text, exact=True).count() == 1
    assert log.get_by_text("bent u er nog?", exact=True).count() == 1
    noor.reload()
    assert noor.get_by_role("log").get_by_text("Ik ben er nog.", exact=True).count() == 1

    # Noor leaves it to Bram, who brings it to an end
    noor.get_by_role("button", name="Aan een collega laten").click()
    expect(citizen.get_by_role("log")).to_contain_text("geeft het gesprek aan een collega")
    bram.goto(f"{house.console}/overnemen")
    bram.get_by_role("button", name="Neem gesprek").click()
    expect(citizen.get_by_role("log")).to_contain_text("U praat nu met Bram")
    expect(bram.get_by_role("log")).to_contain_text("bent u er nog?")
    bram.get_by_role("button", name="Klaar, terug naar de computer").click()
    expect(bram.get_by_role("heading", level=1)).to_have_text("Overnemen")
    expect(bram.get_by_role("main")).to_contain_text("Het gesprek is afgerond")
    expect(citizen.get_by_role("log")).to_contain_text("Ik ben er weer, de computer")
    say(citizen, "wat verdien ik")
    expect(citizen.get_by_role("log").get_by_text("minimumloon").nth(1)).to_be_visible()
    look(bram, "queue-ended")
    look(citizen, "citizen-back")


def test_the_citizen_without_javascript(window: Open, staff: Open, house: TakeOverHouse) -> None:
    noor = staff("Noor Jansen")
    available(noor)
    citizen = window(java_script_enabled=False, width=390, height=760)
    citizen.goto(f"{house.chat}/chat?gemeente=almere")
    citizen.get_by_label("Typ uw vraag").fill("ik wil een mens")
    citizen.get_by_role("button", name="Stuur", exact=True).click()
    citizen.get_by_role("button", name="Zonder samenvatting").click()
    expect(citizen.get_by_role("status")).to_contain_text("U bent als eerste aan de beurt")
    noor.get_by_role("button", name="Neem gesprek").click()
    expect(noor.get_by_role("main")).to_contain_text("zonder samenvatting")
    noor.get_by_role("group").get_by_text("Standaardzinnen").click()
    noor.get_by_role("link", name="Begroeten").click()
    noor.get_by_role("button", name="Versturen").click()
    expect(noor.get_by_role("log")).to_contain_text("Goedendag")
    citizen.get_by_role("button", name="Kijk of er een bericht is").click()
    expect(citizen.get_by_role("main")).to_contain_text("Medewerker Noor:")
    expect(citizen.get_by_role("main")).to_contain_text("Goedendag")
    noor.get_by_label("Uw bericht").fill("Bent u er nog?")
    noor.get_by_role("button", name="Versturen").click()
    expect(noor.get_by_role("log")).to_contain_text("Bent u er nog?")
    citizen.get_by_role("button", name="Kijk of er een bericht is").click()
    expect(citizen.get_by_role("main")).to_contain_text("Bent u er nog?")
    if SCREENS:
        citizen.screenshot(path=f"{SCREENS}/plain-here.png", full_page=True, caret="initial")
    citizen.get_by_label("Typ uw bericht").fill("dank u wel")
    citizen.get_by_role("button", name="Stuur", exact=True).click()
    expect(noor.get_by_role("log")).to_contain_text("dank u wel")
    citizen.get_by_role("button", name="Terug naar de computer").click()
    expect(citizen.get_by_role("main")).to_contain_text("U praat weer met de computer")
    expect(noor.get_by_role("main")).to_contain_text("De computer heeft het gesprek weer")


def test_staff_without_javascript(window: Open, staff: Open, house: TakeOverHouse) -> None:
    noor = staff("Noor Jansen", java_script_enabled=False)
    available(noor)
    citizen = window()
    begin(citizen, house)
    wait_in_queue(citizen)
    noor.get_by_role("link", name="Ververs nu").click()
    noor.get_by_role("button", name="Neem gesprek").click()
    noor.get_by_text("Standaardzinnen").click()
    noor.get_by_role("link", name="Even zoeken").click()
    expect(noor.get_by_label("Uw bericht")).to_have_value("Ik zoek het even voor u op. Blijft u wachten?")
    noor.get_by_role("button", name="Versturen").click()
    expect(citizen.get_by_role("log")).to_contain_text("Blijft u wachten?")
    for text in ("ja hoor", "ik wacht"):  # twice: an address with the same fragment would not be asked again
        say(citizen, text)
        expect(citizen.locator(".msg.you").filter(has_text=text)).to_be_visible()
        expect(citizen.get_by_role("log")).not_to_contain_text("Wordt verstuurd")
        noor.get_by_role("link", name="Ververs nu").click()
        expect(noor.get_by_role("log")).to_contain_text(text)
    noor.get_by_role("button", name="Klaar, terug naar de computer").click()
    expect(citizen.get_by_role("log")).to_contain_text("Ik ben er weer, de computer")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_axe_on_every_state_of_the_staff_pages(
    window: Open, staff: Open, house: TakeOverHouse, scheme: str, width: int
) -> None:
    noor = staff("Noor Jansen", width=width, color_scheme=scheme)
    available(noor)
    citizen = window()
    begin(citizen, house)
    wait_in_queue(citizen)
    expect(noor.get_by_role("button", name="Neem gesprek")).to_be_visible()
    look(noor, f"queue-{scheme}-{width}")
    noor.get_by_role("button", name="Neem gesprek").click()
    for words in ("Het gesprek met de computer", "Standaardzinnen", "Terugbellen afspreken", "Doorsturen naar"):
        noor.get_by_text(words).click()
    look(noor, f"talk-open-{scheme}-{width}")
    noor.get_by_label("Hoe is de persoon te bereiken?").fill("06 12345678")
    noor.get_by_role("button", name="Vraag of dit mag").click()
    expect(noor.get_by_role("main")).to_contain_text("De persoon ziet nu de vraag")
    look(noor, f"talk-forward-{scheme}-{width}")
    expect(citizen.get_by_role("log")).to_contain_text("doorsturen naar Werkcentrum Flevoland")
    citizen.get_by_role("button", name="Ja, stuur het door").click()
    expect(citizen.get_by_role("log")).to_contain_text("Uw kenmerk is D-2026-00001")
    expect(noor.get_by_role("main")).to_contain_text("doorgestuurd")
    look(noor, f"talk-ended-{scheme}-{width}")
    deadline = time.monotonic() + 20
    while len(mails := sorted((house.var / "outbox").glob("*.eml"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert len(mails) == 2
    noor.goto(f"{house.console}/belijst")
    look(noor, f"calls-{scheme}-{width}")
