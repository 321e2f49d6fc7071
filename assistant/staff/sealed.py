"""Every sealed secret of a second step, looked at together: after a new console secret, and to see what is lost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.staff.models import StaffAccount
from assistant.staff.seal import Seal


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many secrets there are, wait to be sealed anew, and can be opened by no key."""

    all: int
    former: int
    lost: int


def look_at(session: Session, seal: Seal) -> Sealed:
    """Return how the sealed secrets stand."""
    kept = list(session.scalars(select(StaffAccount.totp_sealed).where(StaffAccount.totp_sealed.is_not(None))))
    former = sum(seal.renewed(one) != one for one in kept)
    return Sealed(len(kept), former, sum(seal.open(one) is None for one in kept))


def seal_anew(session: Session, seal: Seal) -> Sealed:
    """Seal with the secret of today what only the former one opens; return how it stood before."""
    before = look_at(session, seal)
    for row in session.scalars(select(StaffAccount).where(StaffAccount.totp_sealed.is_not(None))):
        row.totp_sealed = seal.renewed(row.totp_sealed)
    return before
