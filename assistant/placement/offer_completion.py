"""What an employer did not say in the talk, filled in afterwards by a member of staff who asked.

A form is a row of texts by the heads of `assistant.placement.sheet`, read by the same rules as an opening. What the
employer did say stays as it is. The rules of the municipality are checked anew over the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from assistant.core.scope import Scope, covers
from assistant.placement.cells import BadCell
from assistant.placement.errors import MoveNotAllowed
from assistant.placement.models import Offer, OfferBreach
from assistant.placement.offers import BELOW_RULES, NEW
from assistant.placement.places import locate
from assistant.placement.rules import check, rules_of
from assistant.placement.sheet import COLUMNS, RowProblem, hours_in_order, place_on_map
from assistant.placement.staff_offers import OPEN, find_offer_row

FORM_ROW = 1
WITHOUT_END = "zonder_einde"
"""A tick: the contract has no end."""
_COLUMNS = {column.head: column for column in COLUMNS}
NEEDED = ("soort_plek", "soort_werk", "plaats", "uren_min")
"""Without these an offer cannot become an opening."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The heads that were filled in, or why nothing was saved."""

    filled: tuple[str, ...]
    problems: tuple[RowProblem, ...] = ()


def unsaid(session: Session, scope: Scope, number: str) -> tuple[str, ...]:
    """The heads of what is not there yet, what is needed first. Raises RegistrationNotFound."""
    return _unsaid(find_offer_row(session, scope, number))


def complete_offer(session: Session, scope: Scope, number: str, form: dict[str, str], *, today: date) -> Completed:
    """Fill in what the employer said afterwards; nothing is saved when something is wrong.

    Raises RegistrationNotFound, or MoveNotAllowed once it was decided on.
    """
    row = find_offer_row(session, scope, number)
    if row.state not in OPEN:
        raise MoveNotAllowed(row.state)
    heads = _unsaid(row)
    texts = {head: form.get(head, "").strip() for head in heads}
    values, problems = _read(texts, scope, today)
    if problems:
        return Completed((), tuple(problems))
    for field, value in values.items():
        setattr(row, field, value)
    _check_again(row)
    session.flush()
    return Completed(tuple(head for head in heads if texts[head]))


def _unsaid(row: Offer) -> tuple[str, ...]:
    said = {
        "soort_plek": row.kind,
        "soort_werk": row.work_kind,
        "plaats": row.place and locate(row.place),
        "uren_min": row.hours,
        "uren_max": row.hours,
        "contract_maanden": row.contract_months or row.permanent,
        WITHOUT_END: row.contract_months or row.permanent,
        "taken": row.tasks,
    }
    return tuple(head for head, value in said.items() if not value)


def _read(texts: dict[str, str], scope: Scope, today: date) -> tuple[dict[str, Any], list[RowProblem]]:
    """The values by field of Offer, and what is wrong."""
    read: dict[str, Any] = {}
    problems: list[RowProblem] = []
    steps: list[tuple[str, Callable[[], None]]] = [
        (head, partial(_cell, read, head, text, today)) for head, text in texts.items() if head != WITHOUT_END
    ]
    steps += [
        ("plaats", partial(place_on_map, read)),
        ("uren_min", partial(hours_in_order, read)),
        ("plaats", partial(_ours, read, scope)),
    ]
    for head, step in steps:
        try:
            step()
        except BadCell as error:
            problems.append(RowProblem(FORM_ROW, head, texts[head], error.code, error.nearest))
    return _values(read, texts), problems


def _cell(read: dict[str, Any], head: str, text: str, today: date) -> None:
    column = _COLUMNS[head]
    if text:
        read[column.field] = column.read(text, today)
    elif head in NEEDED:
        raise BadCell("missing", column.example)


def _ours(read: dict[str, Any], scope: Scope) -> None:
    if (where := read.get("_in")) and not covers(scope, where):
        raise BadCell("not_your_municipality", ", ".join(sorted(scope)))


def _values(read: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: read[name] for name in ("kind", "work_kind", "place", "tasks") if name in read}
    if "hours_min" in read:
        values |= {"hours": read["hours_min"], "hours_max": read.get("hours_max") or read["hours_min"]}
    if texts.get(WITHOUT_END):
        values["permanent"] = True
    elif "contract_months" in read:
        values["contract_months"] = read["contract_months"]
    return values


def _check_again(row: Offer) -> None:
    rules = rules_of(row.municipality_id)
    breaches = check(rules, row.hours, row.contract_months, kind=row.kind, permanent=row.permanent)
    row.breaches = [OfferBreach(code=b.code, limit=b.limit, given=b.given, source=b.source) for b in breaches]
    row.state = BELOW_RULES if breaches else NEW
