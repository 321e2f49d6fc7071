"""The page templates, and how one becomes a response."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

from assistant.gateway.around_cards import around_cards
from assistant.gateway.rich_text import rich, tel

_loader = FileSystemLoader(Path(__file__).parent / "templates")
_templates = Environment(loader=_loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
_templates.filters |= {"rich": rich, "tel": tel, "around_cards": around_cards}


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page made from a template."""
    return HTMLResponse(_templates.get_template(template).render(**values), status_code=status)
