"""Accounts: invite, change, switch off. Nobody gives what they do not have, or changes their own rights."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.staff import sessions
from assistant.staff.audit import note
from assistant.staff.errors import AccountExists, AccountInvalid, AccountNotFound
from assistant.staff.models import (
    StaffAccount,
    StaffDevice,
    StaffMunicipality,
    StaffRecoveryCode,
    StaffRole,
    StaffSession,
)
from assistant.staff.rights import Role
from assistant.staff.secret import digest, new_token

INVITED = timedelta(days=3)
_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>]{2,}")


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands out rights: a beheerder, or the command line (no account, every municipality)."""

    account_id: int | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class Grant:
    """What an account may do, and where."""

    roles: frozenset[str]
    municipalities: Scope


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as the pages show it."""

    id: int
    name: str
    email: str
    active: bool
    roles: tuple[str, ...]
    municipalities: tuple[str, ...]
    created_at: datetime
    is_local: bool
    invited_until: datetime | None
    is_ready: bool
    """A local account that has set its password; one of a provider always is."""


def invite(session: Session, giver: Giver, email: str, name: str, grant: Grant, now: datetime) -> tuple[int, str]:
    """Make a local account and return its id with the token of the invitation. Raises AccountInvalid, AccountExists."""
    email, name = email.strip().casefold(), " ".join(name.split())
    if not _EMAIL.fullmatch(email) or len(email) > 255 or not 0 < len(name) <= 120:
        raise AccountInvalid("address or name")
    _check(giver, grant)
    if session.scalar(select(StaffAccount.id).where(StaffAccount.issuer == "", StaffAccount.subject == email)):
        raise AccountExists
    account = StaffAccount(issuer="", subject=email, email=email, name=name, active=True, created_at=now)
    session.add(account)
    _grant(account, grant)
    token = _invitation(account, now)
    session.flush()
    note(session, giver.account_id, "account gemaakt", f"account {account.id}", home_of(account), now, _words(grant))
    return account.id, token


def all_within(session: Session, scope: Scope) -> list[AccountView]:
    """Return the accounts whose every municipality lies in the scope, by name."""
    rows = session.scalars(select(StaffAccount).where(_inside(scope)).order_by(StaffAccount.name, StaffAccount.id))
    return [_view(row) for row in rows]


def everybody(session: Session) -> list[AccountView]:
    """Return every account, whatever its scope: for the command line."""
    return [_view(row) for row in session.scalars(select(StaffAccount).order_by(StaffAccount.id))]


def everywhere_of(session: Session, account_id: int) -> Scope:
    """Return the scope of an account: for the command line, which acts within it."""
    return grant_of(session.get_one(StaffAccount, account_id)).municipalities


def view(session: Session, scope: Scope, account_id: int) -> AccountView:
    """Return one of those accounts. Raises AccountNotFound."""
    return _view(_find(session, scope, account_id))


def change(session: Session, giver: Giver, account_id: int, grant: Grant, *, active: bool, now: datetime) -> bool:
    """Give an account other rights, or switch it off or on; every session of it ends. False when nothing changed.

    Raises AccountNotFound, and AccountInvalid for one's own account or rights that the giver does not have.
    """
    account = _find(session, giver.scope, account_id)
    if account_id == giver.account_id:
        raise AccountInvalid("own account")
    _check(giver, grant)
    if (grant_of(account), account.active) == (grant, active):
        return False
    before = _words(grant_of(account)) + ("" if account.active else ", uit")
    _grant(account, grant)
    account.active = active
    sessions.end_all(session, account_id, now)
    reason = f"{before} → {_words(grant)}{'' if active else ', uit'}"
    note(session, giver.account_id, "rechten gewijzigd", f"account {account_id}", home_of(account), now, reason)
    return True


def start_again(session: Session, giver: Giver, account_id: int, now: datetime) -> str:
    """Take away password, second step and known devices, end every session, and return a new invitation.

    Raises AccountNotFound, also for an account of an OpenID provider.
    """
    account = _find(session, giver.scope, account_id)
    if account.issuer:
        raise AccountNotFound
    account.password_hash = account.totp_sealed = account.totp_step = None
    for table in (StaffRecoveryCode, StaffDevice):
        session.execute(delete(table).where(table.account_id == account_id))
    sessions.end_all(session, account_id, now)
    token = _invitation(account, now)
    note(session, giver.account_id, "opnieuw uitgenodigd", f"account {account_id}", home_of(account), now)
    return token


def places_of(session: Session, scope: Scope, account_id: int, now: datetime) -> list[sessions.OnePlace]:
    """Return where a colleague is logged in now. Raises AccountNotFound."""
    return sessions.places_of(session, _find(session, scope, account_id).id, now)


def end_sessions(session: Session, giver: Giver, account_id: int, now: datetime, handles: Collection[str] = ()) -> int:
    """End sessions of an account by a button: these, or every one without any. Raises AccountNotFound."""
    account = _find(session, giver.scope, account_id)
    ended = (
        sessions.end_chosen(session, account_id, handles, now)
        if handles
        else sessions.end_all(session, account_id, now)
    )
    note(session, giver.account_id, "overal uitgelogd", f"account {account_id}", home_of(account), now)
    return ended


def last_seen(session: Session, account_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when accounts were last here, as far as their sessions are kept."""
    rows = session.execute(
        select(StaffSession.account_id, StaffSession.seen_at)
        .where(StaffSession.account_id.in_(list(account_ids)))
        .order_by(StaffSession.seen_at)
    )
    return {row.account_id: row.seen_at for row in rows}


def find_by_email(session: Session, email: str) -> int:
    """Return the id of a local account. Raises AccountNotFound."""
    found = session.scalar(
        select(StaffAccount.id).where(StaffAccount.issuer == "", StaffAccount.subject == email.strip().casefold())
    )
    if found is None:
        raise AccountNotFound
    return found


def grant_of(account: StaffAccount) -> Grant:
    """Return what an account may do now."""
    places = frozenset(one.municipality for one in account.municipalities)
    return Grant(frozenset(one.role for one in account.roles), places)


def home_of(account: StaffAccount) -> str | None:
    """Return the municipality under which the audit log keeps what happens to an account; None for several."""
    places = {one.municipality for one in account.municipalities}
    return places.pop() if len(places) == 1 else None


def set_grant(account: StaffAccount, grant: Grant) -> None:
    """Give exactly these rights, without asking who gives them: for the OpenID provider, which decides itself."""
    _grant(account, grant)


def _find(session: Session, scope: Scope, account_id: int) -> StaffAccount:
    account = session.scalar(select(StaffAccount).where(StaffAccount.id == account_id, _inside(scope)))
    if account is None:
        raise AccountNotFound
    return account


def _inside(scope: Scope) -> ColumnElement[bool]:
    """Every municipality of the account in the scope: a beheerder of one does not reach a colleague of two."""
    mine = exists().where(StaffMunicipality.account_id == StaffAccount.id)
    return mine & ~mine.where(StaffMunicipality.municipality.not_in(sorted(scope)))


def _check(giver: Giver, grant: Grant) -> None:
    if not grant.roles or not grant.roles <= set(Role):
        raise AccountInvalid("roles")
    if not grant.municipalities or not grant.municipalities <= giver.scope:
        raise AccountInvalid("municipalities")


def _grant(account: StaffAccount, grant: Grant) -> None:
    kept_roles = [one for one in account.roles if one.role in grant.roles]
    new_roles = grant.roles - {one.role for one in kept_roles}
    account.roles = kept_roles + [StaffRole(role=role) for role in sorted(new_roles)]
    kept_places = [one for one in account.municipalities if one.municipality in grant.municipalities]
    new_places = grant.municipalities - {one.municipality for one in kept_places}
    account.municipalities = kept_places + [StaffMunicipality(municipality=one) for one in sorted(new_places)]


def _invitation(account: StaffAccount, now: datetime) -> str:
    token = new_token()
    account.invite_hash, account.invite_until = digest(token), now + INVITED
    return token


def _words(grant: Grant) -> str:
    return f"{', '.join(sorted(grant.roles)) or 'geen rol'} in {', '.join(sorted(grant.municipalities)) or 'nergens'}"


def _view(row: StaffAccount) -> AccountView:
    now_granted = grant_of(row)
    return AccountView(
        id=row.id, name=row.name, email=row.email, active=row.active, roles=tuple(sorted(now_granted.roles)),
        municipalities=tuple(sorted(now_granted.municipalities)), created_at=row.created_at, is_local=not row.issuer,
        invited_until=row.invite_until, is_ready=bool(row.issuer or row.password_hash),
    )  # fmt: skip
