"""Signed exceptions: an opening below a rule of its municipality, with who allowed that, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.placement.errors import SignatureMissing
from assistant.placement.models import Opening, OpeningException
from assistant.placement.rules import RuleBreach, check, rules_of


@dataclass(frozen=True, slots=True)
class Signing:
    """Who allows it, by account name, why, and when. Without a reason nobody signs: that is an error of the caller."""

    by: str
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        if not (self.by.strip() and self.reason.strip()):
            raise SignatureMissing("name and reason")


def exceptions_of(session: Session, scope: Scope, number: str) -> list[OpeningException]:
    """Every exception that was signed for an opening, the newest first; none outside of the scope."""
    query = (
        select(OpeningException)
        .join(Opening, Opening.id == OpeningException.opening_id)
        .where(Opening.number == number.strip().upper(), within(Opening.municipality_id, scope))
    )
    return list(session.scalars(query.order_by(OpeningException.id.desc())))


def breaches_of(values: dict[str, Any]) -> tuple[RuleBreach, ...]:
    """The rules that the values of an opening (by field) do not meet; no contract length means without an end."""
    months = values.get("contract_months")
    rules = rules_of(values["municipality_id"])
    return check(rules, values["hours_min"], months, kind=values["kind"], permanent=months is None)


def unsigned(session: Session, row: Opening | None, breaches: Iterable[RuleBreach]) -> tuple[RuleBreach, ...]:
    """The breaches that nobody signed for yet. A signature holds for what was given then, and for more than that."""
    signed = session.scalars(select(OpeningException).where(OpeningException.opening_id == row.id)) if row else ()
    held = list(signed)
    return tuple(breach for breach in breaches if not any(_covers(each, breach) for each in held))


def sign(session: Session, opening_id: int, breaches: Iterable[RuleBreach], signing: Signing) -> None:
    """Keep a signature for each breach."""
    session.add_all(
        OpeningException(
            opening_id=opening_id, code=breach.code, limit=breach.limit, given=breach.given,
            reason=signing.reason.strip()[:300], signed_by=signing.by[:60], signed_at=signing.at,
        )
        for breach in breaches
    )  # fmt: skip
    session.flush()


def _covers(each: OpeningException, breach: RuleBreach) -> bool:
    same = (each.code, each.limit) == (breach.code, breach.limit)
    return same and (breach.given or 0) >= (each.given or 0)
