"""Logging in with a local account: counted, checked, and only then a session."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.staff import attempts, second_step, sessions
from assistant.staff.accounts import home_of
from assistant.staff.audit import note
from assistant.staff.errors import LoginRefused, LoginTooSoon
from assistant.staff.models import StaffAccount, StaffDevice, StaffRecoveryCode
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from assistant.staff.secret import digest, new_token

KNOWN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody types, and the cookie of a device that may be known."""

    email: str
    password: str
    code: str
    device: str = ""
    browser: str = ""
    """What it is called in the list of sessions."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The two secrets for the cookies. `recovery_left` is None unless a recovery code was used."""

    token: str
    device: str
    recovery_left: int | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    account_id: int | None
    password_hash: str | None
    home: str | None
    key: str
    recovery: str | None = None
    """The hash of one of the recovery codes: all of an account have the same salt."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """What was hashed before the transaction."""

    recovery: str | None
    renewed: str | None


def log_in(database: Database, passwords: Passwords, seal: Seal, claim: Claim, now: datetime) -> LoggedIn:
    """Log somebody in.

    Raises LoginTooSoon, LoginBusy, or LoginRefused: whatever was wrong, it is the same error after the same work.
    """
    email = claim.email.strip().casefold()
    found = _count(database, email, claim.device, now)
    fits = passwords.fits(found.password_hash, claim.password)
    recovery = (
        passwords.hash_like(found.recovery, inner(found.account_id or 0, claim.code)) if _is_recovery(claim) else None
    )
    proof = _Proof(recovery, passwords.renewed(found.password_hash, claim.password) if fits else None)
    with database.session() as session:
        done = _finish(session, found, seal, claim, proof, now) if fits else None
        if done is None and found.account_id is not None:
            note(session, found.account_id, "inloggen mislukt", f"account {found.account_id}", found.home, now)
    if done is None:
        raise LoginRefused
    return done


def _count(database: Database, email: str, device: str, now: datetime) -> _Found:
    with database.session() as session:
        where = (StaffAccount.issuer == "", StaffAccount.subject == email, StaffAccount.active.is_(True))
        account = session.scalar(select(StaffAccount).where(*where))
        known = session.get(StaffDevice, digest(device)) if account and device else None
        is_known = known is not None and account is not None and known.account_id == account.id
        key = attempts.key_of(email, digest(device) if is_known else None)
        wait = attempts.count_one(session, key, now)
        found = _found(session, account, key)
    if wait:
        raise LoginTooSoon(wait)
    return found


def _found(session: Session, account: StaffAccount | None, key: str) -> _Found:
    if account is None:
        return _Found(None, None, None, key)
    mine = select(StaffRecoveryCode.code_hash).where(StaffRecoveryCode.account_id == account.id).limit(1)
    return _Found(account.id, account.password_hash, home_of(account), key, session.scalar(mine))


def _finish(session: Session, found: _Found, seal: Seal, claim: Claim, proof: _Proof, now: datetime) -> LoggedIn | None:
    """Check the second step and begin the session, in one transaction: a code cannot be used twice at once."""
    account = session.get_one(StaffAccount, found.account_id, with_for_update=True, populate_existing=True)
    if not account.active or not hmac.compare_digest(account.password_hash or "", found.password_hash or "-"):
        return None
    secret = seal.open(account.totp_sealed)
    step = second_step.step_of(secret, claim.code, now, account.totp_step) if secret else None
    if step is not None:
        account.totp_step = step
    elif not _use_recovery_code(session, account.id, proof.recovery):
        return None
    account.password_hash = proof.renewed or account.password_hash
    account.totp_sealed = seal.renewed(account.totp_sealed)
    left = None if step is not None else _codes_left(session, account.id)
    attempts.forgive(session, found.key)
    device = _remember(session, account.id, claim.device, now)
    token = sessions.begin(session, account, now, "local", browser=claim.browser)
    how = "met code" if step is not None else "met herstelcode"
    note(session, account.id, "ingelogd", f"account {account.id}", found.home, now, how)
    return LoggedIn(token, device, left)


def inner(account_id: int, code: str) -> str:
    """Return what of a recovery code goes into the slow hash."""
    return digest(f"recovery:{account_id}:{second_step.plain(code)}")


def _is_recovery(claim: Claim) -> bool:
    """Whether what was typed has the length of a recovery code: only then there is something slow to hash."""
    return len(second_step.plain(claim.code)) == second_step.RECOVERY_LETTERS


def _use_recovery_code(session: Session, account_id: int, hashed: str | None) -> bool:
    """Use up a recovery code; False when it is none of this account's."""
    wanted = (StaffRecoveryCode.code_hash == (hashed or ""), StaffRecoveryCode.account_id == account_id)
    return bool(session.execute(delete(StaffRecoveryCode).where(*wanted).returning(StaffRecoveryCode.code_hash)).all())


def _codes_left(session: Session, account_id: int) -> int:
    mine = select(StaffRecoveryCode).where(StaffRecoveryCode.account_id == account_id)
    return len(session.scalars(mine).all())


def _remember(session: Session, account_id: int, device: str, now: datetime) -> str:
    """Keep this browser as known, under its own secret; return that. Browsers of half a year ago are forgotten."""
    session.execute(delete(StaffDevice).where(StaffDevice.used_at < now - KNOWN))
    row = session.get(StaffDevice, digest(device)) if device else None
    if row is not None and row.account_id == account_id:
        row.used_at = now
        return device
    device = new_token()
    session.add(StaffDevice(id_hash=digest(device), account_id=account_id, used_at=now))
    return device
