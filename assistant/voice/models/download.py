"""Fetch a file over https, going on where an earlier try stopped."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from assistant.voice.errors import DownloadFailed

BLOCK = 1 << 20
REPORT_EVERY = 25 * BLOCK
PATIENCE_SECONDS = 60
LARGEST_BYTES = 3 << 30


def download(url: str, target: Path) -> Iterator[str]:
    """Yield lines of progress; at the end `target` is whole. Raises DownloadFailed and keeps what came in."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise DownloadFailed("only https addresses are fetched")
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": "meedoen"} | ({"Range": f"bytes={have}-"} if have else {})
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  # the scheme was checked above
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  # the same
            if have and answer.status != 206:
                have = 0
            total = have + int(answer.headers.get("Content-Length") or 0)
            yield f"{'going on at' if have else 'from'} {_mb(have)} of {_mb(total)}"
            yield from _copy(answer, part, have, total)
    except urllib.error.HTTPError as error:
        if error.code != 416 or not have:
            raise DownloadFailed(f"the server answered {error.code}") from error
    except (OSError, http.client.HTTPException) as error:
        raise DownloadFailed(f"stopped ({type(error).__name__}); the same command goes on where it stopped") from error
    part.replace(target)


def _copy(answer: http.client.HTTPResponse, part: Path, have: int, total: int) -> Iterator[str]:
    reported = have
    with part.open("ab" if have else "wb") as file:
        while block := answer.read(BLOCK):
            file.write(block)
            have += len(block)
            if have > LARGEST_BYTES:
                raise DownloadFailed("larger than any model of the menu")
            if have - reported >= REPORT_EVERY:
                reported = have
                yield f"{_mb(have)} of {_mb(total)}"
    if have < total:
        raise DownloadFailed(f"the line broke at {_mb(have)}; the same command goes on where it stopped")


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, or of all files of a folder with their names."""
    total = hashlib.sha256()
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for one in files:
        if path.is_dir():
            total.update(one.relative_to(path).as_posix().encode())
        with one.open("rb") as file:
            while block := file.read(BLOCK):
                total.update(block)
    return total.hexdigest()


def _mb(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
