"""Read data/municipalities: one file per municipality, and nothing else is needed for a new one."""

from __future__ import annotations

from pathlib import Path

from assistant.answers.errors import AnswerFileError
from assistant.answers.model import MunicipalityWords
from assistant.answers.opening_hours import OpeningHours
from assistant.answers.read import nearest, read_yaml

NATIONAL = "landelijk"
"""Its values count while the municipality is not known, and for what a municipality leaves out."""
FIELDS = (
    "id", "name", "places", "ambiguous_places", "postcodes", "values", "unverified", "opening_hours", "employer_rules",
    "facts",
)  # fmt: skip


def read_municipalities(directory: Path) -> dict[str, MunicipalityWords]:
    """Return the municipalities by id; a mistake is an `AnswerFileError`."""
    return {words.id: words for words in (_municipality(path) for path in sorted(directory.glob("*.yml")))}


def _municipality(path: Path) -> MunicipalityWords:
    raw = read_yaml(path)
    for name in raw:
        if name not in FIELDS:
            raise AnswerFileError(path.as_posix(), 1, f'"{name}" is geen veld van een gemeente{nearest(name, FIELDS)}')
    for name in ("id", "name"):
        if not raw.get(name):
            raise AnswerFileError(path.as_posix(), 1, f"het veld {name} ontbreekt")
    if raw["id"] != path.stem:
        raise AnswerFileError(path.as_posix(), 1, f'id is "{raw["id"]}", maar het bestand heet {path.name}')
    values = {name: str(value) for name, value in (raw.get("values") or {}).items() if name != "__line__"}
    try:
        hours = OpeningHours.of(raw["opening_hours"]) if raw.get("opening_hours") else None
    except (ValueError, AttributeError) as error:
        line = raw["opening_hours"].get("__line__", 1) if isinstance(raw["opening_hours"], dict) else 1
        raise AnswerFileError(path.as_posix(), line, f"opening_hours: schrijf 09:00-17:00 ({error})") from error
    return MunicipalityWords(id=raw["id"], name=str(raw["name"]), values=values, hours=hours, file=path.as_posix())
