"""The API documentation as one plain page, made from the OpenAPI description.

FastAPI's own pages load their script and style from somebody else's server; a municipality's page may not, and on a
closed network they stay empty. This one is HTML only and works everywhere that the API does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

router = APIRouter(include_in_schema=False)
_pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Show every operation with what goes in and what comes out."""
    description = request.app.openapi()
    operations = [
        {"method": method.upper(), "path": path, **operation, "body": _body(operation), "answers": _answers(operation)}
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = {name: _fields(schema) for name, schema in description["components"]["schemas"].items()}
    page = _pages.get_template("api_docs.html")
    return HTMLResponse(page.render(info=description["info"], operations=operations, schemas=schemas))


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return next((type_of(media["schema"]) for media in content.values()), "")


def _answers(operation: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return (status, description, schema name) of every response."""
    found = []
    for status, response in sorted(operation["responses"].items()):
        contents: dict[str, Any] = response.get("content", {})
        schema: dict[str, Any] = next((media["schema"] for media in contents.values() if "schema" in media), {})
        found.append((status, response.get("description", ""), type_of(schema)))
    return found


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return (name, type, description) of every field; a required one has a star."""
    required = set(schema.get("required", []))
    return [
        (f"{name}{' *' if name in required else ''}", type_of(field), field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
    ]


def type_of(schema: dict[str, Any]) -> str:
    """Return a type in a few words: `string`, `array of Reply`, `string or null`, `one of web, voice, phone`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(type_of(option) for option in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"array of {type_of(schema.get('items', {})) or 'values'}"
    return str(schema.get("type", ""))
