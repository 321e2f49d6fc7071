"""Write the list of everything of others that we run (SBOM, CycloneDX JSON) to var/sbom: one file per environment.

cyclonedx-py reads the hashed requirement files; the pages' own parts are added to the app: htmx as it was vendored, and
what the widget's lock file builds with. Addresses of package hosts are left out: each installation has its own index.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "var" / "sbom"
VENDORED = ROOT / "assistant" / "console" / "static" / "LICENSES.md"
LOCK = ROOT / "widget" / "package-lock.json"
_ROW = re.compile(
    r"^\| `([\w.-]+)` \| .*? npm package `([\w.@/-]+)` ([\d.]+).*? \| (\S+).*? \| `([0-9a-f]{64})` \|$", re.M
)


def of_requirements(name: str) -> dict[str, Any]:
    """Return the list of one requirements file."""
    file = ROOT / "requirements" / f"{name}.txt"
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        "--short-PURLs",
        "--output-reproducible",
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    for component in found["components"]:
        component.pop("externalReferences", None)
        component.pop("description", None)
    return found


def of_pages() -> list[dict[str, Any]]:
    """Return what the pages bring along: vendored files, and the packages that the widget is built with."""
    vendored = [
        _component(package, version, [{"alg": "SHA-256", "content": digest}], licence, "required")
        for _, package, version, licence, digest in _ROW.findall(VENDORED.read_text(encoding="utf-8"))
    ]
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    built = [
        _component(
            path.rsplit("node_modules/", 1)[-1], one["version"], _hashes(one), one.get("license", ""), _need(one)
        )
        for path, one in locked.items()
        if path
    ]
    return [*vendored, *built]


def main() -> None:
    """Write app.json and rasa.json."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name in ("app", "rasa"):
        listed = of_requirements(name)
        listed["components"] += of_pages() if name == "app" else []
        (OUT / f"{name}.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
        print(f"{OUT.relative_to(ROOT)}/{name}.json: {len(listed['components'])} components")


def _component(
    name: str, version: str, hashes: list[dict[str, str]], licence: str, scope: str
) -> dict[str, Any]:  # fmt: skip
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library", "bom-ref": f"{purl}#{scope}", "name": name, "version": version, "purl": purl, "scope": scope,
        "hashes": hashes, "licenses": [{"license": {"name": licence}}] if licence else [],
    }  # fmt: skip


def _hashes(one: dict[str, Any]) -> list[dict[str, str]]:
    """Return the sum of a lock file's line: "sha512-" and base64."""
    kind, _, text = one.get("integrity", "").partition("-")
    return [{"alg": "SHA-512", "content": base64.b64decode(text).hex()}] if kind == "sha512" else []


def _need(one: dict[str, Any]) -> str:
    """What only builds or tests the widget is not in the page; CycloneDX calls that excluded."""
    return "excluded" if one.get("dev") else "required"


if __name__ == "__main__":
    main()
