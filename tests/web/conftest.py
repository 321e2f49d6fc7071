"""A browser, a scripted server, and a page that fails its test on a CSP message, script error or request elsewhere."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

from tests.web.fake_server import Script, app

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("MEEDOEN_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--headless", "--disable-background-networking", "--disable-component-update", "--disable-gpu",
         "--autoplay-policy=no-user-gesture-required"]  # fmt: skip
OPEN = Callable[..., Page]
NO_VOICES = "Object.defineProperty(speechSynthesis, 'getVoices', {value: () => []})"


class Server:
    """The scripted server in a thread; `stop` and `start` again keep its address and its memory."""

    def __init__(self) -> None:
        self.script = Script()
        self.port = 0
        self.start()

    def start(self) -> None:
        """Listen, on the same port as before when there was one."""
        config = uvicorn.Config(
            app(self.script), port=self.port, log_level="error", ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the scripted server did not start"
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Server:
    """The server with an empty memory."""
    fresh = Script()
    for name, value in vars(fresh).items():
        setattr(running.script, name, value)
    return running


@pytest.fixture(scope="package")
def one_playwright() -> Iterator[Playwright]:
    """For every browser in here: it cannot be started twice, and while it runs no other test can run a loop."""
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="package")
def browser(one_playwright: Playwright) -> Iterator[Browser]:
    chromium = one_playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[OPEN]:
    """Return a function that opens a page; afterwards nothing may have gone wrong on it."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def console(message: ConsoleMessage) -> None:
        text = message.text
        if "Content Security Policy" in text or (message.type == "error" and "Failed to load resource" not in text):
            wrong.append(text)

    def open_page(
        path: str = "/demo/kaal", width: int = 1280, height: int = 800, init: str = NO_VOICES, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
        contexts.append(context)
        context.add_init_script(init)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("console", console)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: _same_host(request.url, server, wrong))
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _same_host(url: str, server: Server, wrong: list[str]) -> None:
    if not url.startswith(("data:", "blob:", "about:")) and urlsplit(url).netloc != f"127.0.0.1:{server.port}":
        wrong.append(f"request to {url}")
