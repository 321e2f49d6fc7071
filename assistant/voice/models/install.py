"""Install a model: fetch or take it, check its sha256, unpack it beside the old one, and put it in place at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from assistant.voice.errors import ModelInvalid
from assistant.voice.models.download import download, sha256_of
from assistant.voice.models.menu import Installed, Model
from assistant.voice.models.unpack import unpack


def install(model: Model, root: Path, *, source: Path | None = None, sha256: str = "") -> Iterator[str]:
    """Yield lines of progress. Raises ModelInvalid or DownloadFailed; what was installed before then stays."""
    root.mkdir(parents=True, exist_ok=True)
    if source is not None and not source.exists():
        raise ModelInvalid(f"{source} is not there")
    fetched = [] if source else list(_addresses(model))
    for url, target in ((url, root / _name(url)) for url in fetched):
        if not target.exists():
            yield from download(url, target)
    file = source or root / _name(model.url)
    try:
        yield _check(model, root, file, sha256.lower())
    except ModelInvalid:
        if source is None:
            file.unlink()
        raise
    _put(model, root, file, [root / _name(url) for url in fetched[1:]])
    for url in fetched:
        (root / _name(url)).unlink(missing_ok=True)
    yield f"installed in {Installed(root).folder(model)}; needs the package {model.package}"


def _addresses(model: Model) -> Iterator[str]:
    if not model.url:
        raise ModelInvalid(f"{model.id} is your own model: give --from")
    yield model.url
    if model.also:
        yield model.also


def _name(url: str) -> str:
    return Path(urlsplit(url).path).name


def _check(model: Model, root: Path, file: Path, expected: str) -> str:
    """Demand the given hash, else the pinned, else the one recorded at first use; a first one is recorded."""
    found, book = sha256_of(file), root / "trusted.json"
    trusted: dict[str, str] = json.loads(book.read_text(encoding="utf-8")) if book.exists() else {}
    own = not model.url
    demanded = expected or model.sha256 or ("" if own else trusted.get(model.id, ""))
    if demanded and demanded != found:
        raise ModelInvalid(f"{file.name} has sha256 {found}, but {demanded} was expected")
    book.write_text(json.dumps(trusted | {model.id: found}, indent=1), encoding="utf-8")
    return f"sha256 {found}: {'as expected' if demanded else 'recorded at first use, compare it with its maker'}"


def _put(model: Model, root: Path, file: Path, beside: list[Path]) -> None:
    """Unpack into a new folder and swap it with the old one."""
    folder, fresh = Installed(root).folder(model), root / f".{model.id}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        unpack(file, fresh)
        companions = [*beside, *([file.with_name(f"{file.name}.json")] if file.suffix == ".onnx" else [])]
        for path in companions:
            if path.exists():
                shutil.copy(path, fresh / path.name)
        (fresh / ".complete").touch()
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
