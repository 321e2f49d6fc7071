"""The public report as files: a page that stands by itself, JSON and CSV."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from sqlalchemy.orm import Session

from assistant.figures.part_names import part_name
from assistant.figures.public import Report, public_report
from assistant.figures.sheets import report_sheet
from assistant.figures.suppress import FEWEST

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)

_templates.filters["part"] = part_name


def publish(session: Session, folder: Path, municipality: str, month: str, *, now: datetime) -> tuple[Path, ...]:
    """Write the report in its three forms; their paths. Raises PeriodUnknown or MonthNotOver."""
    report = public_report(session, municipality, month, now=now)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "html": html(report).encode(),
        "json": json.dumps(report.to_dict(), ensure_ascii=False, indent=2).encode(),
        "csv": report_sheet(report, "csv"),
    }
    paths = []
    for kind, content in contents.items():
        path = folder / f"maandbericht-{municipality}-{month}.{kind}"
        path.write_bytes(content)
        paths.append(path)
    return tuple(paths)


def html(report: Report) -> str:
    """The report as a page without anything from elsewhere."""
    return _templates.get_template("maandbericht.html").render(report=report, fewest=FEWEST)
