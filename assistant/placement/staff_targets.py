"""The target board, the funnel, unmet demand and provider coverage for a scope of municipalities.

Targets of the whole country, and of one employer, come from published sources: everybody sees those. What we count
ourselves is only of the municipalities in the scope.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from assistant.core.scope import NATIONAL, Scope, covers
from assistant.placement.board import BoardRow, target_board
from assistant.placement.codes import FLOW_STEPS
from assistant.placement.coverage import ProviderCoverage, coverage
from assistant.placement.funnel import FunnelStep, Unmet, funnel, unmet

NOBODY = ""
"""How a counted step is kept when no municipality was named."""


def board_of(session: Session, scope: Scope, *, today: date, year: int | None = None) -> tuple[BoardRow, ...]:
    """The rows of the scope, then those of the country and of employers, oldest year first."""
    own = [row for id in sorted(scope) for row in target_board(session, today=today, municipality=id, year=year)]
    public = [row for row in target_board(session, today=today, year=year) if row.municipality is None]
    return (*own, *public)


def funnel_of(session: Session, scope: Scope, *, since: date, until: date) -> tuple[FunnelStep, ...]:
    """The five steps of all municipalities in the scope together."""
    ids = sorted(scope) + ([NOBODY] if NATIONAL in scope else [])
    counts: Counter[str] = Counter()
    for id in ids:
        for step in funnel(session, since=since, until=until, municipality=id):
            counts[step.step] += step.count
    steps, before = [], 0
    for name in FLOW_STEPS:
        steps.append(FunnelStep(name, counts[name], round(100 * counts[name] / before) if before else None))
        before = counts[name]
    return tuple(steps)


def unmet_of(session: Session, scope: Scope, *, since: date, until: date) -> tuple[Unmet, ...]:
    """Asked work without a place, the most asked first."""
    rows = unmet(session, since=since, until=until)
    return tuple(
        replace(row, municipality=row.municipality or NATIONAL) for row in rows if covers(scope, row.municipality)
    )


def coverage_of(session: Session, scope: Scope, *, today: date) -> tuple[ProviderCoverage, ...]:
    """Providers of the scope, those that fall short first."""
    return tuple(row for row in coverage(session, today=today) if covers(scope, row.municipality))
