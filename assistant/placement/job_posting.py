"""Openings for search engines and job sites: schema.org JobPosting as JSON-LD, and a page per opening.

Made-up openings are never published as vacancies: they are in no feed, and their page says so and is not indexed.
The traits of the place of work have no field in schema.org; they go along under our own prefix.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import cache
from html import escape
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.gazetteer import DATA
from assistant.placement.models import Opening
from assistant.placement.openings import OpeningView, shown, view
from assistant.placement.tags import tags

PAGES = DATA / "placement" / "pages"
CONTEXT = ["https://schema.org/", {"meedoen": "urn:meedoen:werkplek:"}]
FULL_TIME = 36  # hours a week, what Statistics Netherlands calls a full week
EMPLOYMENT = {"praktijkleerplek": "INTERN", "dagbesteding_plus": "OTHER"}
Word = Callable[[str, Any], str]
"""Words for a code: (group, code) → Dutch. The caller has them from data/answers."""


def job_posting(opening: OpeningView, url: str) -> dict[str, Any]:
    """One opening as JSON-LD (schema.org/JobPosting). url: of its page. Fields that are not known are left out."""
    hours = f"{opening.hours_min}-{opening.hours_max}" if opening.hours_min != opening.hours_max else opening.hours_min
    posting: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "@id": url,
        "url": url,
        "title": opening.title,
        "description": f"<p>{escape(opening.tasks)}</p>",
        "identifier": {"@type": "PropertyValue", "name": opening.organisation, "value": opening.number},
        "hiringOrganization": {"@type": "Organization", "name": opening.organisation},
        "jobLocation": {"@type": "Place", "address": _address(opening)},
        "datePosted": _day(opening.confirmed_on),
        "validThrough": _day(opening.valid_until),
        "jobStartDate": _day(opening.start_date),
        "employmentType": EMPLOYMENT.get(opening.kind, "FULL_TIME" if opening.hours_max >= FULL_TIME else "PART_TIME"),
        "workHours": f"{hours} uur per week",
        "totalJobOpenings": opening.places_free,
        "directApply": False,
        "occupationalCategory": f"{tags()[opening.work_kind].isco} {tags()[opening.work_kind].name}",
        "meedoen:soortPlek": opening.kind,
        "meedoen:kenmerken": {name: value for name, value in asdict(opening.traits).items() if value not in (None, ())},
    }
    return {name: value for name, value in posting.items() if value not in (None, {}, "")}


def job_feed(session: Session, *, today: date, url: Callable[[str], str]) -> list[dict[str, Any]]:
    """Every real opening that is shown and confirmed, by number. url(number) makes the address of its page."""
    query = select(Opening).where(shown(today), Opening.is_example.is_(False)).order_by(Opening.number)
    views = (view(row, today) for row in session.scalars(query))
    return [job_posting(opening, url(opening.number)) for opening in views if not opening.unconfirmed]


def opening_page(opening: OpeningView, *, url: str, word: Word) -> str:
    """The page of one opening, as HTML with the JSON-LD in it. A made-up or unconfirmed one is not for job sites."""
    for_sites = not opening.is_example and not opening.unconfirmed
    traits = [(name, label) for name, label in _labels().items()]
    shown_traits = asdict(opening) | {"traits": asdict(opening.traits)}
    return (
        _templates()
        .get_template("werkplek.html.j2")
        .render(
            opening=shown_traits,
            posting=job_posting(opening, url) if for_sites else None,
            url=url,
            word=word,
            traits=traits,
        )
    )


def _address(opening: OpeningView) -> dict[str, str]:
    address = {"@type": "PostalAddress", "addressLocality": opening.place, "addressCountry": "NL"}
    return address | ({"postalCode": opening.postcode} if opening.postcode else {})


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@cache
def _templates() -> Environment:
    """Everything is escaped; `tojson` also escapes what could end a script."""
    return Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = yaml.safe_load((PAGES / "kenmerken.yml").read_text(encoding="utf-8"))
    return labels
