"""The widget's files: the newest one, one fixed version of it and the hash that a page can pin; and its spoken part."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from assistant.gateway.cross_site import FOR_ALL, pack, packed

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class WidgetFile:
    """The built widget as it is served: packed bytes, size unpacked, short version and hash for `integrity`."""

    packed: bytes
    size: int
    version: str
    integrity: str


def widget_file() -> WidgetFile:
    """Return the widget as it is on disk now."""
    return _read((STATIC / "widget.js").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(_stamp: int) -> WidgetFile:
    body = (STATIC / "widget.js").read_bytes()
    digest = hashlib.sha384(body).digest()
    integrity = f"sha384-{base64.b64encode(digest).decode()}"
    return WidgetFile(pack(body), len(body), digest.hex()[:12], integrity)


@router.get("/widget.js")
async def newest(request: Request) -> Response:
    """The newest widget; asked for again after five minutes."""
    return _script(request, widget_file(), "public, max-age=300")


@router.get("/widget-voice.js")
@router.get("/widget-voice-worklet.js")
async def spoken_part(request: Request) -> Response:
    """What the widget fetches when somebody presses the microphone; it checks the first file against its own hash."""
    name = request.url.path.rsplit("/", 1)[-1]
    body = (STATIC / name).read_bytes()
    version = hashlib.sha384(body).hexdigest()[:12]
    caching = "public, max-age=31536000, immutable" if request.query_params.get("v") == version else "no-cache"
    return packed(request, pack(body), "text/javascript", {"Cache-Control": caching, "ETag": f'"{version}"'})


@router.get("/widget-{version}.js")
async def fixed(version: str, request: Request) -> Response:
    """One version of the widget, for pages that pin its hash; 404 when this server has another one."""
    file = widget_file()
    if version != file.version:
        raise HTTPException(404)
    return _script(request, file, "public, max-age=31536000, immutable")


@router.get("/widget.json")
async def manifest() -> Response:
    """Where the versioned widget is and which `integrity` belongs to it."""
    file = widget_file()
    where = {"version": file.version, "path": f"/widget-{file.version}.js", "integrity": file.integrity}
    sizes = {"bytes": file.size, "gzip_bytes": len(file.packed)}
    return JSONResponse(where | sizes, headers=FOR_ALL | {"Cache-Control": "no-cache"})


def _script(request: Request, file: WidgetFile, caching: str) -> Response:
    headers = {"Cache-Control": caching, "ETag": f'"{file.version}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=FOR_ALL | {"Vary": "Accept-Encoding"} | headers)
    return packed(request, file.packed, "text/javascript", headers)
