"""Look up known leaks in every pinned package, and fail on one that nobody explained.

pip-audit says "no known vulnerabilities found" with status 0 also when the index knew none of the packages, as behind a
mirror without its JSON pages. So we count what was really looked up, ask after a package of which a leak is known
(CANARY), and take an answer that does not know that one for no answer.

Without such an answer, `--advisories FOLDER` reads a copy of the advisory database of the Python Packaging Authority
(the folder that holds `vulns/`), the same source that pip-audit asks. Explained findings: data/security/audit.yml.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = ROOT / "data" / "security" / "audit.yml"
REPORT = ROOT / "models" / "reports" / "audit.json"
ENVIRONMENTS = ("app", "rasa")
CANARY = ("jinja2", "2.10")
"""An old version with published leaks, the oldest PYSEC-2019-217."""
OLD = timedelta(days=14)
"""A copy of the advisory database that is older says too little."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)
_HOST = re.compile(r"(?:https?://|host=')[^\s'\"]+")
Pin = tuple[str, str]


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A known leak in a package that we have."""

    environment: str
    package: str
    version: str
    id: str
    also: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Every name of it: one leak has a number at each database."""
        return frozenset({self.id, *self.also})


def pins(file: Path) -> list[Pin]:
    """Return (name, version) of every pinned package of a requirements file."""
    return [(_plain(name), version) for name, version in _PIN.findall(file.read_text(encoding="utf-8"))]


def asked(wanted: list[Pin]) -> tuple[dict[Pin, list[dict[str, Any]]], str]:
    """Ask pip-audit. Returns the leaks of each package that the index really knew, and what the client said."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{name}=={version}\n" for name, version in wanted))
        file.flush()
        command = [sys.executable, "-m", "pip_audit", "-r", file.name, "--disable-pip", "--no-deps", "-f", "json"]
        done = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        return {}, _HOST.sub("(address)", done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "silence")
    answered = json.loads(done.stdout)["dependencies"]
    skipped = [one for one in answered if "skip_reason" in one]
    known = {(_plain(one["name"]), one["version"]): one["vulns"] for one in answered if "skip_reason" not in one}
    said = f"{len(known)} of {len(answered)} packages looked up, {len(skipped)} skipped"
    return known, said + (f"; of the first: {skipped[0]['skip_reason']}" if skipped else "")


def from_service(wanted: dict[str, list[Pin]]) -> tuple[list[Finding] | None, str]:
    """Return what the service knows, None when it is no answer, and what it said."""
    answers = {name: asked(found) for name, found in wanted.items()}
    said = "; ".join(f"{name}: {words}" for name, (_, words) in answers.items())
    canary, words = asked([CANARY])
    if not canary.get(CANARY) or any(set(found) - set(answers[name][0]) for name, found in wanted.items()):
        return None, f"{said}; {'=='.join(CANARY)}, which has leaks: {words}"
    return [
        Finding(environment, *pin, leak["id"], tuple(leak["aliases"]), tuple(leak["fix_versions"]))
        for environment, (known, _) in answers.items()
        for pin, leaks in known.items()
        for leak in leaks
    ], said


def from_folder(wanted: dict[str, list[Pin]], folder: Path) -> list[Finding]:
    """Return what a copy of the advisory database knows. Raises SystemExit when it does not know the canary."""
    if not list(_leaks(folder, *CANARY)):
        raise SystemExit(f"{folder} is no advisory database: it does not know {'=='.join(CANARY)}")
    return sorted(
        Finding(environment, *pin, leak["id"], tuple(leak.get("aliases", ())), _fixes(leak))
        for environment, found in wanted.items()
        for pin in found
        for leak in _leaks(folder, *pin)
    )


def newest(folder: Path) -> date:
    """Return the day of the last change in a copy of the advisory database: what came later is not known."""
    days = (
        re.search(r'^modified: "?(\d{4}-\d\d-\d\d)', file.read_text(encoding="utf-8"), re.M)
        for file in folder.glob("vulns/*/*.yaml")
    )
    return max(date.fromisoformat(day[1]) for day in days if day)


def judged(findings: list[Finding], allowed: list[dict[str, Any]], today: date) -> list[str]:
    """Return what is wrong: a leak that nobody explained, an explanation that is over, or one of nothing."""
    wrong = []
    for finding in findings:
        reasons = [one for one in allowed if one["package"] == finding.package and one["id"] in finding.ids]
        if not reasons:
            wrong.append(f"{finding.environment}: {finding.package} {finding.version} has {finding.id}, not explained")
        elif reasons[0]["review_before"] <= today:
            wrong.append(f"{finding.package} {finding.id}: look at the explanation again, it held until today")
    found = {(finding.package, id) for finding in findings for id in finding.ids}
    gone = (one for one in allowed if "known_by" not in one and (one["package"], one["id"]) not in found)
    return wrong + [f"{one['package']} {one['id']} is explained but not found: take it out" for one in gone]


def explained() -> list[dict[str, Any]]:
    """Return the explanations: package, id, why, review_before; `known_by` when the source asked may not have it."""
    found: list[dict[str, Any]] = yaml.safe_load(ALLOWED.read_text(encoding="utf-8")) or []
    return found


def widget() -> dict[str, Any]:
    """Ask npm about the widget's lock file. Returns what it said; `answered` is False when it said nothing."""
    command = ["npm", "audit", "--json"]
    done = subprocess.run(command, cwd=ROOT / "widget", capture_output=True, text=True, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"message": done.stderr.strip()[:200]}
    if "metadata" in answer:
        return {"answered": True, "leaks": answer["metadata"]["vulnerabilities"]["total"]}
    return {"answered": False, "leaks": None, "said": _HOST.sub("(address)", str(answer.get("message", "")))}


def main() -> None:
    """Look everything up, write models/reports/audit.json, end with status 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--advisories", type=Path, help="copy of the advisory database, for when the service is silent")
    folder: Path | None = parser.parse_args().advisories
    wanted = {name: pins(ROOT / "requirements" / f"{name}.txt") for name in ENVIRONMENTS}
    findings, said = from_service(wanted)
    source = "service"
    if findings is None and folder is not None:
        findings, source = from_folder(wanted, folder), f"copy of the advisory database, newest change {newest(folder)}"
    page = widget()
    wrong = ["nobody answered: nothing is known"] if findings is None else judged(findings, explained(), _today())
    if source != "service" and folder is not None and _today() - newest(folder) > OLD:
        wrong.append(f"the copy is old: nothing is known of leaks after {newest(folder)}")
    wrong += [] if page["answered"] else ["npm audit gave no answer: nothing is known of the widget's packages"]
    wrong += [f"npm audit: {page['leaks']} leaks in the widget"] if page["leaks"] else []
    _write(wanted, findings, source, said, page, wrong)
    print(f"pip-audit: {said}\nread from: {source if findings is not None else 'nothing'}\nnpm audit: {page}")
    print("\n".join(wrong) or f"{len(findings or ())} known leaks, all explained")
    raise SystemExit(1 if wrong else 0)


def _write(
    wanted: dict[str, list[Pin]], findings: list[Finding] | None, source: str, said: str,
    page: dict[str, Any], wrong: list[str],
) -> None:  # fmt: skip
    report = {
        "date": _today().isoformat(),
        "packages": {name: len(found) for name, found in wanted.items()},
        "pip_audit_said": said,
        "read_from": source if findings is not None else None,
        "findings": [f"{one.environment}: {one.package} {one.version} {one.id}" for one in findings or ()],
        "npm_audit": page,
        "wrong": wrong,
    }
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _leaks(folder: Path, name: str, version: str) -> Iterator[dict[str, Any]]:
    for file in sorted((folder / "vulns" / name).glob("*.yaml")):
        leak = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        if "withdrawn" not in leak and any(_affects(one, name, version) for one in leak.get("affected", ())):
            yield leak


def _affects(affected: dict[str, Any], name: str, version: str) -> bool:
    """Whether a version is in the list or in a range of an advisory (OSV schema, "evaluation")."""
    if _plain(affected["package"]["name"]) != name:
        return False
    ranges = [one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return version in affected.get("versions", ()) or any(_within(events, version) for events in ranges)


def _within(events: list[dict[str, str]], version: str) -> bool:
    ours, inside = Version(version), False
    for event in events:
        (kind, text), *_ = event.items()
        try:
            at = Version(text)
        except InvalidVersion:
            continue
        if kind == "introduced" and ours >= at:
            inside = True
        if (kind == "fixed" and ours >= at) or (kind == "last_affected" and ours > at):
            inside = False
    return inside


def _fixes(leak: dict[str, Any]) -> tuple[str, ...]:
    events = [e for one in leak["affected"] for r in one.get("ranges", ()) for e in r["events"]]
    return tuple(event["fixed"] for event in events if "fixed" in event)


def _today() -> date:
    return datetime.now(UTC).date()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
