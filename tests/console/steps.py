"""What every test of the console's pages asks."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.web.steps import axe

LOOKS: dict[str, dict[str, object]] = {
    "desktop": {},
    "320": {"width": 320, "height": 640},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
"""Options of `staff_page` and `new_page`, for every page once."""


def check(page: Page, name: str = "") -> None:
    """Assert that axe finds nothing, nothing scrolls sideways, and what one presses is large enough."""
    axe(page, name=f"{name} {page.url}")
    fits(page)
    assert small(page) == [], f"{name} {page.url}"


def looked_at(page: Page, name: str) -> None:
    """The same, and a picture in the folder of MEEDOEN_PICTURES where somebody wants to look."""
    check(page, name)
    if folder := os.environ.get("MEEDOEN_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page: Page) -> None:
    """Assert that the page does not scroll sideways."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url}: {wide} px too wide"


def small(page: Page) -> list[str]:
    """Buttons, fields and menu lines under 44 px high; links inside a sentence or a table may be smaller."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            `button, .button, select, textarea, summary, .menu a, .pager a,
             input:not([type=checkbox], [type=radio], [type=hidden])`)]
        .filter((one) => one.checkVisibility({contentVisibilityAuto: true}))
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => `${one.tagName} ${one.textContent.trim() || one.name} ${one.getBoundingClientRect().height}`)"""
    )
    return found


def large_text(page: Page) -> None:
    """Make the text twice as large, as a browser's own setting does."""
    page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
    page.evaluate("() => document.fonts.ready")
