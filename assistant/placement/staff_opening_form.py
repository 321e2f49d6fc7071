"""Making and editing one opening by hand, by the same rules as a row of an import: what one refuses, the other refuses.

A form is a row of texts by the heads of `assistant.placement.sheet`. Below a rule of the municipality it is saved only
under a name with a reason, as an offer is taken (see `opening_exceptions`); a row of an import never is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope, covers
from assistant.placement.gazetteer import plain
from assistant.placement.models import Certificate, Opening, Organisation
from assistant.placement.opening_exceptions import Signing, breaches_of, sign, unsigned
from assistant.placement.rules import RuleBreach
from assistant.placement.sequence import next_opening_number
from assistant.placement.sheet import COLUMNS, RowProblem, check_row
from assistant.placement.staff_openings import find_opening

BELOW_RULE = "below_rule"
FORM_ROW = 1
"""A form has one row."""
IN_FORM = tuple(column for column in COLUMNS if column.field not in ("number", "municipality_id", "is_example"))


@dataclass(frozen=True, slots=True)
class Saved:
    """The number of the opening, or why nothing was saved. signed: an exception was signed for it."""

    number: str | None
    problems: tuple[RowProblem, ...] = ()
    signed: bool = False

    @property
    def only_rules(self) -> bool:
        """True when nothing is wrong but a rule of the municipality: then somebody may sign for it."""
        return bool(self.problems) and all(problem.code == BELOW_RULE for problem in self.problems)


def form_of(session: Session, scope: Scope, number: str) -> dict[str, str]:
    """The texts of an opening as the form shows them, by head. Raises OpeningNotFound."""
    row = find_opening(session, scope, number)
    return {column.head: _text(getattr(row, column.field)) for column in IN_FORM}


def save_opening(
    session: Session,
    scope: Scope,
    form: dict[str, str],
    *,
    today: date,
    number: str | None = None,
    signing: Signing | None = None,
) -> Saved:
    """Save a new opening, or with `number` a changed one; nothing is saved when something is wrong.

    An empty field is emptied. Below a rule it is saved when `signing` has a reason, or when somebody signed for as
    little before. Raises OpeningNotFound for a number outside of the scope.
    """
    row = find_opening(session, scope, number) if number else None
    values, problems = _read(session, scope, form, today)
    breaches: tuple[RuleBreach, ...] = ()
    if problems and all(problem.code == BELOW_RULE for problem in problems):
        breaches = unsigned(session, row, breaches_of(values))
        if signing is not None or not breaches:
            problems = []
    if problems:
        return Saved(None, tuple(problems))
    row = _store(session, row, values, today)
    if breaches and signing:
        sign(session, row.id, breaches, signing)
    return Saved(row.number, signed=bool(breaches))


def _read(
    session: Session, scope: Scope, form: dict[str, str], today: date
) -> tuple[dict[str, Any], list[RowProblem]]:  # fmt: skip
    organisations = {key: o.id for o in session.scalars(select(Organisation)) for key in (o.id, plain(o.name))}
    certificates = frozenset(session.scalars(select(Certificate.code)))
    texts = {column.head: form.get(column.head, "").strip() for column in IN_FORM}
    values, problems = check_row(FORM_ROW, texts, today, organisations, certificates)
    readable = all(problem.code == BELOW_RULE for problem in problems)
    if readable and not covers(scope, values["municipality_id"]):
        named = ", ".join(sorted(scope))
        problems = [RowProblem(FORM_ROW, "plaats", values["municipality_id"], "not_your_municipality", named)]
    return values, problems


def _store(session: Session, row: Opening | None, values: dict[str, Any], today: date) -> Opening:
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
    return row


def _free(row: Opening | None, total: int) -> int:
    """Places that were asked for stay taken."""
    return total if row is None else max(0, total - (row.places_total - row.places_free))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return ",".join(value) if isinstance(value, tuple) else str(value)
