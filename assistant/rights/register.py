"""Drafts for the registers, made from what runs: the algorithm register, the data map of the DPIA, the receipts.

Sources: publication standard of the Algoritmeregister; AVG article 30 (records of processing) and 35 (DPIA); Awb
article 2:17 (the moment at which an electronic message was received).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import NATIONAL, Scope
from assistant.database.base import Base
from assistant.database.scope import within
from assistant.placement.models import CallBack, Offer, Registration
from assistant.placement.municipalities import municipality_files
from assistant.review import models as _review  # noqa: F401  its tables belong on the map
from assistant.rights.terms import read_terms
from assistant.settings import Settings
from assistant.staff import models as _staff  # noqa: F401  as above

PERSONAL = frozenset(
    [
        *("name", "contact_name", "phone", "email", "contact_phone", "contact_email", "workplace_needs", "when"),
        *("said", "replies", "text", "note", "values", "place", "ip", "subject_name", "summary"),
    ]
)
"""Columns in which something of a person can stand."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What runs here: settings, and the manifest of the model that answers."""

    settings: Settings
    manifest: dict[str, Any]

    @classmethod
    def of(cls, settings: Settings, root: Path | None = None) -> Installation:
        """Read it. Without a model the manifest is empty, and the draft says so."""
        folder = (root or settings.data.resolve().parent) / "models" / "manifests"
        running = _running(settings.var)
        manifests = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
        mine = [each for each in manifests if each["model"] == running]
        newest = sorted(manifests, key=lambda each: (bool(each.get("promoted")), str(each.get("trained_at"))))
        return cls(settings, (mine or newest[-1:] or [{}])[0])


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something was received, and when."""

    number: str
    kind: str
    municipality: str
    at: datetime


def algorithm_entry(here: Installation) -> dict[str, Any]:
    """Return the draft entry: the fixed texts, and what is true of this installation and its model now."""
    path = here.settings.data / "privacy" / "register.yml"
    fixed: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    model = here.manifest
    return fixed | {
        "status": "concept, na te kijken door de organisatie",
        "organisaties": [each.name for each in municipality_files() if each.id != NATIONAL],
        "technische_werking": {
            "begrijpen": "Rasa 3.6.21 met een lineair model en een klein neuraal netwerk, alleen op eigen oefenzinnen",
            "antwoorden": "vaste teksten, gekozen met de sleutel die het model noemt; geen tekstgeneratie",
            "model": model.get("model", "geen model gevonden"),
            "sha256_van_het_model": model.get("sha256", ""),
            "controlegetal_van_de_oefendata": model.get("data_checksum", ""),
            "getraind_op": model.get("trained_at", ""),
            "gemeten": model.get("scores", {}),
        },
        "gegevens": [f"{term.name}: {term.what}" for term in read_terms(here.settings.data).values()],
        "bewaartermijnen": _terms(here),
    }


def data_map(here: Installation) -> dict[str, Any]:
    """Return where personal data stands, how long and why, for the DPIA and the records of processing."""
    settings = here.settings
    return {
        "tabellen": {table.name: columns for table in Base.metadata.sorted_tables if (columns := _personal(table))},
        "buiten_de_database": {
            "geheugen van Rasa": _kind(settings.tracker),
            "post": "mailserver" if settings.mail_server else "map var/outbox",
            "logboek": "var/log, zonder wat mensen zeiden",
            "geluid": "wordt niet bewaard",
        },
        "database": _kind(settings.database),
        "ontvangers": ["medewerkers van de gemeente van de aanmelding"],
        "doorgifte_buiten_de_eu": "geen; de installatie roept geen diensten van anderen aan",
        "bijzondere_gegevens": "niet gevraagd; woorden over gezondheid in een bericht worden herkend en gemarkeerd",
        "bsn": "geweigerd aan de deur (assistant/core/masking)",
        "rechten": "inzien, verbeteren en wissen in de chat en in de console (assistant/rights)",
        "bewaartermijnen": _terms(here),
        "model": here.manifest.get("model", ""),
    }


def receipts(session: Session, scope: Scope) -> Iterator[Receipt]:
    """Yield what was received, oldest first. What was erased is no longer in it: only counts stay of that."""
    found = []
    kinds: tuple[tuple[str, Any], ...] = (
        ("aanmelding", Registration),
        ("terugbelverzoek", CallBack),
        ("aanbod", Offer),
    )
    for kind, model in kinds:
        query = select(model.number, model.municipality_id, model.created_at).where(
            within(model.municipality_id, scope)
        )
        found += [Receipt(number, kind, place or NATIONAL, at) for number, place, at in session.execute(query)]
    yield from sorted(found, key=lambda each: (each.at, each.number))


def _personal(table: Any) -> list[str]:
    return [column.name for column in table.columns if column.name in PERSONAL]


def _terms(here: Installation) -> dict[str, str]:
    terms = read_terms(here.settings.data).values()
    return {term.name: f"{term.length} vanaf {term.begins}: {term.reason}" for term in terms}


def _kind(url: str) -> str:
    """Return which database it is, without the address and the password."""
    return url.split(":", 1)[0].split("+")[0]


def _running(var: Path) -> str:
    path = var / "model-state.json"
    return str(json.loads(path.read_text(encoding="utf-8")).get("running") or "") if path.exists() else ""
