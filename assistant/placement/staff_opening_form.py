"""Making and editing one opening by hand, by the same rules as a row of an import: what one refuses, the other refuses.

A form is a row of texts by the heads of `assistant.placement.sheet`. An exception to a rule of the municipality is not
made here: that is for an offer, where it is signed.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope, covers
from assistant.placement.gazetteer import plain
from assistant.placement.models import Certificate, Opening, Organisation
from assistant.placement.sequence import next_opening_number
from assistant.placement.sheet import COLUMNS, RowProblem, check_row
from assistant.placement.staff_openings import find_opening

FORM_ROW = 1
"""A form has one row."""
IN_FORM = tuple(column for column in COLUMNS if column.field not in ("number", "municipality_id", "is_example"))


@dataclass(frozen=True, slots=True)
class Saved:
    """The number of the opening, or why nothing was saved."""

    number: str | None
    problems: tuple[RowProblem, ...] = ()


def form_of(session: Session, scope: Scope, number: str) -> dict[str, str]:
    """The texts of an opening as the form shows them, by head. Raises OpeningNotFound."""
    row = find_opening(session, scope, number)
    return {column.head: _text(getattr(row, column.field)) for column in IN_FORM}


def save_opening(
    session: Session, scope: Scope, form: dict[str, str], *, today: date, number: str | None = None
) -> Saved:
    """Save a new opening, or with `number` a changed one; nothing is saved when something is wrong.

    An empty field is emptied. Raises OpeningNotFound for a number outside of the scope.
    """
    row = find_opening(session, scope, number) if number else None
    organisations = {key: o.id for o in session.scalars(select(Organisation)) for key in (o.id, plain(o.name))}
    certificates = frozenset(session.scalars(select(Certificate.code)))
    texts = {column.head: form.get(column.head, "").strip() for column in IN_FORM}
    values, problems = check_row(FORM_ROW, texts, today, organisations, certificates)
    if not problems and not covers(scope, values["municipality_id"]):
        named = ", ".join(sorted(scope))
        problems = [RowProblem(FORM_ROW, "plaats", values["municipality_id"], "not_your_municipality", named)]
    if problems:
        return Saved(None, tuple(problems))
    emptied = {column.field: None for column in IN_FORM} | {"days": (), "transport": (), "source": ""}
    values = emptied | values
    if values["places_free"] is None:
        values["places_free"] = _free(row, values["places_total"])
    if row is None:
        row = Opening(number=next_opening_number(session), entered_on=today, **values)
        session.add(row)
    else:
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    return Saved(row.number)


def _free(row: Opening | None, total: int) -> int:
    """Places that were asked for stay taken."""
    return total if row is None else max(0, total - (row.places_total - row.places_free))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return ",".join(value) if isinstance(value, tuple) else str(value)
