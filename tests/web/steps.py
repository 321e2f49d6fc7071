"""What a person does with the widget, and what axe says about it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).parents[2] / "widget" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """The newest axe-core from npm; the older one of axe-playwright-python when npm has not been run."""
    if AXE.exists():
        return AXE.read_text(encoding="utf-8")
    spec = find_spec("axe_playwright_python")
    assert spec and spec.origin, "run npm ci in widget/"
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page, states: list[str] | None = None, name: str = "", only: str = "html") -> None:
    """Assert that axe finds nothing on the page, or on one element of it, as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe_source() + ";window.axe = axe")
    result: dict[str, Any] = page.evaluate(
        """async ([tags, only]) => { const found = await axe.run(only, {runOnly: tags, resultTypes: ['violations']});
        const where = (node) => node.target.flat().join(' ') + ' ' + node.any.map((any) => any.message);
        const violations = found.violations.map((one) => `${one.id}: ${one.nodes.map(where).join(' | ')}`);
        return {passes: found.passes.length, violations} }""",
        [TAGS, only],
    )
    assert result["violations"] == [], f"{name}: {result['violations']}"
    assert result["passes"] > 10
    if states is not None:
        states.append(name)


def open_chat(page: Page) -> None:
    """Open the panel and wait for the first words."""
    page.get_by_role("button", name="Stel uw vraag").click()
    expect(page.get_by_role("log")).to_contain_text("Ik ben een computer")


def say(page: Page, text: str) -> None:
    """Type and send."""
    field(page).fill(text)
    page.get_by_role("button", name="Stuur").click()


def field(page: Page) -> Locator:
    """The text field, whatever it asks."""
    return page.locator("textarea")


def said(page: Page, text: str) -> None:
    """Wait until the assistant has said this."""
    expect(page.locator(".msg").last).to_contain_text(text)
