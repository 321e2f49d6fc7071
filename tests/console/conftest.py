"""The console in Chromium: a real listener, a fresh database, and somebody of any role logged in.

    def test_x(staff_page):
        page = staff_page("reviewer", scope={"almere"})       # logged in, on the start page
        page.goto(page.console.url + "/gesprekken")

Afterwards nothing may have gone wrong on the page: no CSP message, no script error, no request to another host.
`axe(page)` of tests.web.steps says what is wrong with a page; `fits(page)` that it does not scroll sideways.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from assistant.answers import Library
from assistant.database import Database, upgrade
from tests.unit.console.conftest import ROOT, Console
from tests.web.conftest import CHROMIUM, FLAGS

StaffPage = Callable[..., Page]
NewPage = Callable[..., Page]


class Served(Console):
    """A console that listens on a free port of this machine."""

    url = ""

    def start(self) -> None:
        """Listen."""
        config = uvicorn.Config(self.app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the console did not start"
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def console_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("console") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(scope="session")
def console_library() -> Library:
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture
def console(tmp_path: Path, console_template: bytes, console_library: Library) -> Iterator[Served]:
    """A console of this test alone; `console.database` to put rows in."""
    (tmp_path / "meedoen.db").write_bytes(console_template)
    database = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    served = Served(database, console_library, tmp_path)
    served.start()
    yield served
    served.stop()
    database.dispose()


@pytest.fixture(scope="package")  # while Playwright runs no other test can run a loop
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(chromium: Browser, console: Served) -> Iterator[NewPage]:
    """Return a function that opens an empty page in a browser window of its own."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def listen(message: ConsoleMessage) -> None:
        words = message.text
        if "Content Security Policy" in words or (message.type == "error" and "Failed to load resource" not in words):
            wrong.append(words)

    def open_page(width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("console", listen)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: _same_host(request.url, console, wrong))
        page.console = console  # type: ignore[attr-defined]
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def staff_page(new_page: NewPage, console: Served) -> StaffPage:
    """Return a function that opens a page in which somebody with these roles is logged in, on the start page."""

    def open_page(*roles: str, scope: set[str] | None = None, name: str = "", **options: Any) -> Page:
        page = new_page(**options)
        token = console.login(*roles, scope=scope, name=name).token
        page.context.add_cookies([{"name": "meedoen", "value": token, "url": console.url}])
        page.goto(f"{console.url}/")
        return page

    return open_page


def _same_host(url: str, console: Served, wrong: list[str]) -> None:
    if not url.startswith(("data:", "blob:", "about:")) and urlsplit(url).netloc != urlsplit(console.url).netloc:
        wrong.append(f"request to {url}")
