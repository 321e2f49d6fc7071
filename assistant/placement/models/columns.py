"""Column types that more than one table uses."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

from assistant.placement.codes import DAYS


class Codes(TypeDecorator[tuple[str, ...]]):
    """A few codes in one text column, comma between: ("ma", "do") ↔ "ma,do". Any database tool shows it."""

    impl = String(80)
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        """Days are stored in the order of the week, other codes by alphabet: equal sets, equal text."""
        return ",".join(in_order(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """ "" means no codes."""
        return tuple(value.split(",")) if value else ()

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:
        """Compared with a text (LIKE), the other side is a text and not codes."""
        return String() if isinstance(value, str) else self


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, days in the order of the week."""
    return tuple(sorted(set(codes), key=_rank))


def _rank(code: str) -> tuple[int, str]:
    return (DAYS.index(code) if code in DAYS else len(DAYS), code)


def one_of(column: str, codes: Sequence[str]) -> str:
    """SQL for a check constraint: the column holds one of the codes (or NULL)."""
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"
