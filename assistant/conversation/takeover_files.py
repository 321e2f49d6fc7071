"""What an editor keeps for the take-over in data/takeover: sentences for staff, and organisations to forward to.

Read at each use, so that a change shows at once. A mistake in a file is an AnswerFileError with its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.answers.errors import AnswerFileError
from assistant.answers.read import read_yaml
from assistant.core.scope import NATIONAL

T = TypeVar("T")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Canned(_Entry):
    """A sentence that staff can put in with one click."""

    title: str
    text: str


class Sender(_Entry):
    """Who forwards, and gets the receipt."""

    name: str
    email: str


class Organisation(_Entry):
    """Where a talk can be forwarded to."""

    id: str
    name: str
    email: str


class Forwarding(_Entry):
    """The organisations of one municipality; `unverified` while the addresses are examples."""

    sender: Sender
    to: tuple[Organisation, ...]
    unverified: bool = False

    def find(self, organisation_id: str) -> Organisation | None:
        """Return an organisation by its id."""
        return next((one for one in self.to if one.id == organisation_id), None)


@dataclass(frozen=True)
class TakeOverFiles:
    """The folder data/takeover."""

    folder: Path

    def canned(self, municipality: str) -> tuple[Canned, ...]:
        """Return the sentences for everywhere, and then those of the municipality."""
        path = self.folder / "standaardzinnen.yml"
        raw = read_yaml(path)
        return _checked(path, tuple[Canned, ...], [*(raw.get("overal") or ()), *(raw.get(municipality) or ())])

    def forwarding(self, municipality: str) -> Forwarding | None:
        """Return where talks of a municipality can go, None when nowhere."""
        path = self.folder / "organisaties.yml"
        found = read_yaml(path)
        raw = found.get(municipality) or found.get(NATIONAL)
        return _checked(path, Forwarding, raw | {"sender": raw.get("from")}) if raw else None


def _checked(path: Path, kind: type[T], raw: object) -> T:
    try:
        return TypeAdapter(kind).validate_python(raw)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise AnswerFileError(path.as_posix(), 1, f"{where}: {error.errors()[0]['msg']}") from error
