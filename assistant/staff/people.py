"""Colleagues by name: for choosing who does something, and for saying who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.staff.models import StaffAccount, StaffMunicipality, StaffRole
from assistant.staff.rights import RIGHTS, Right


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague."""

    account_id: int
    name: str


def people_with(session: Session, right: Right, *, scope: Scope) -> list[Person]:
    """Return who has a right and works for at least one of these municipalities, by name; not who left."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    has_role = exists().where(StaffRole.account_id == StaffAccount.id, StaffRole.role.in_(roles))
    works = exists().where(
        StaffMunicipality.account_id == StaffAccount.id, StaffMunicipality.municipality.in_(sorted(scope))
    )
    wanted = select(StaffAccount).where(StaffAccount.active.is_(True), has_role, works)
    rows = session.scalars(wanted.order_by(StaffAccount.name, StaffAccount.id))
    return [Person(row.id, row.name) for row in rows]


def names_of(session: Session, account_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of accounts, also of who left."""
    wanted = {one for one in account_ids if one is not None}
    rows = session.execute(select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(wanted)))
    return {row.id: row.name for row in rows}
