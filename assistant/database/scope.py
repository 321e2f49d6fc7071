"""The scope of staff as a condition: every query behind a page of the console carries it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from assistant.core.scope import NATIONAL, Scope


def within(column: ColumnElement[Any] | InstrumentedAttribute[Any], scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a column with a municipality id lies in the scope.

    `landelijk` in the scope also means the rows where the column is empty. An empty scope is true for no row.
    """
    inside: ColumnElement[bool] = column.in_(sorted(scope))
    return or_(inside, column.is_(None)) if NATIONAL in scope else inside
