"""The list of components and the look-up of leaks: complete, without hosts, and honest when nobody answers."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import audit  # noqa: E402
import sbom  # noqa: E402

TODAY = date(2026, 11, 22)
LEAK = audit.Finding("app", "jinja2", "2.10", "PYSEC-2019-217", ("CVE-2019-10906",))


@pytest.mark.parametrize("name", ["app", "rasa"])
def test_everything_that_is_pinned_is_listed_and_no_host(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sbom, "OUT", tmp_path)
    monkeypatch.setattr(sbom, "ROOT", ROOT)
    listed = sbom.of_requirements(name)
    found = {(one["name"].lower().replace("_", "-"), one["version"]) for one in listed["components"]}
    wanted = {
        (package.replace("_", "-"), version) for package, version in audit.pins(ROOT / f"requirements/{name}.txt")
    }
    assert listed["bomFormat"] == "CycloneDX" and len(wanted) > 90
    assert {
        pin for pin in wanted if (pin[0], pin[1]) not in found and (pin[0].replace("-", "."), pin[1]) not in found
    } == set()
    assert all(one.get("hashes") or "purl" in one for one in listed["components"])
    assert "://" not in json.dumps(listed["components"])


def test_the_pages_bring_htmx_and_lit() -> None:
    listed = {(one["name"], one["scope"]): one for one in sbom.of_pages()}
    htmx = listed["htmx.org", "required"]
    assert htmx["version"] == "2.0.11" and htmx["hashes"][0]["content"].startswith("d6fdc75f")
    assert listed["lit", "required"]["hashes"][0]["alg"] == "SHA-512"
    assert ("esbuild", "excluded") in listed, "what only builds is not in the page"


def test_silence_is_no_good_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "asked", lambda wanted: ({}, "0 of 3 packages looked up, 3 skipped"))
    found, said = audit.from_service({"app": [("fastapi", "1.0")]})
    assert found is None and "skipped" in said
    half: dict[audit.Pin, list[dict[str, Any]]] = {("fastapi", "1.0"): [], audit.CANARY: []}
    monkeypatch.setattr(audit, "asked", lambda wanted: ({pin: half[pin] for pin in wanted}, "all looked up"))
    assert audit.from_service({"app": [("fastapi", "1.0")]})[0] is None, "a source that knows no leaks at all"
    half[audit.CANARY] = [{"id": "PYSEC-2019-217", "aliases": [], "fix_versions": ["2.10.1"]}]
    assert audit.from_service({"app": [("fastapi", "1.0")]})[0] == []


def test_a_leak_needs_an_explanation_with_a_day() -> None:
    reason = {"package": "jinja2", "id": "CVE-2019-10906", "why": "x", "review_before": date(2027, 1, 1)}
    assert audit.judged([LEAK], [reason], TODAY) == []
    assert "not explained" in audit.judged([LEAK], [], TODAY)[0]
    assert "again" in audit.judged([LEAK], [reason | {"review_before": TODAY}], TODAY)[0]
    assert "take it out" in audit.judged([], [reason], TODAY)[0]
    assert audit.judged([], [reason | {"known_by": "research"}], TODAY) == []


@pytest.mark.parametrize(
    ("version", "leaks"), [("0.9", 0), ("1.0", 1), ("1.4.9", 1), ("1.5", 0), ("2.0", 1), ("2.1", 1), ("2.2", 0)]
)
def test_ranges_are_read_as_osv_says(version: str, leaks: int, tmp_path: Path) -> None:
    (tmp_path / "vulns/some-thing").mkdir(parents=True)
    (tmp_path / "vulns/some-thing/PYSEC-1.yaml").write_text(
        "id: PYSEC-1\nmodified: 2026-11-01T00:00:00Z\naffected:\n- package: {name: Some.Thing, ecosystem: PyPI}\n"
        "  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: '1.0'\n    - fixed: '1.5'\n"
        "    - introduced: '2.0'\n    - last_affected: '2.1'\n"
    )
    assert len(list(audit._leaks(tmp_path, "some-thing", version))) == leaks
    assert audit.newest(tmp_path) == date(2026, 11, 1)


def test_every_explanation_says_why_and_until_when() -> None:
    rows = audit.explained()
    assert rows
    for row in rows:
        assert set(row) - {"known_by"} == {"package", "id", "why", "review_before"} and len(row["why"]) > 60
        assert isinstance(row["review_before"], date)
        assert row["package"] in {name for name, _ in audit.pins(ROOT / "requirements/rasa.txt")}
