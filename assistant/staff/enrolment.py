"""Taking an account into use by its invitation, and changing one's own password and recovery codes.

Hashing a password may have to wait for its turn, so it is done between two transactions, never inside one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.staff import second_step, sessions
from assistant.staff.accounts import home_of
from assistant.staff.audit import note
from assistant.staff.errors import InvitationInvalid, LoginRefused
from assistant.staff.log_in import inner
from assistant.staff.models import StaffAccount, StaffRecoveryCode
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from assistant.staff.secret import digest


@dataclass(frozen=True, slots=True)
class Invited:
    """What the page of an invitation shows."""

    account_id: int
    name: str
    email: str
    secret: str
    """The secret of the second step, in base32; the same each time the page is opened."""


def invited(database: Database, seal: Seal, token: str, now: datetime) -> Invited:
    """Return whose invitation this is. Raises InvitationInvalid."""
    with database.session() as session:
        account = _account_of(session, token, now)
        secret = seal.open(account.totp_sealed)
        if secret is None:
            secret = second_step.new_secret()
            account.totp_sealed = seal.close(secret)
        return Invited(account.id, account.name, account.email, secret)


def accept(
    database: Database, seal: Seal, passwords: Passwords, token: str, password: str, code: str, now: datetime
) -> list[str]:
    """Take an account into use and return its recovery codes, to be shown once.

    Raises InvitationInvalid, PasswordWeak, LoginBusy, and LoginRefused for a code that is not of the app.
    """
    known = invited(database, seal, token, now)
    passwords.judge(password, known.name, known.email)
    hashed = passwords.hash(password)
    codes = second_step.new_recovery_codes()
    kept = _hashed(passwords, known.account_id, codes)
    with database.session() as session:
        account = _account_of(session, token, now)
        step = second_step.step_of(known.secret, code, now, None)
        if step is None or seal.open(account.totp_sealed) != known.secret:
            raise LoginRefused
        account.password_hash, account.totp_step = hashed, step
        account.invite_hash = account.invite_until = None
        _keep_codes(session, account.id, kept)
        note(session, account.id, "account in gebruik genomen", f"account {account.id}", home_of(account), now)
    return codes


def change_password(
    database: Database, passwords: Passwords, account_id: int, old: str, new: str, now: datetime, *, staying: str
) -> None:
    """Change one's own password; every session but `staying` ends. Raises LoginRefused, PasswordWeak, LoginBusy."""
    name, email = prove(database, passwords, account_id, old)
    passwords.judge(new, name, email)
    hashed = passwords.hash(new)
    with database.session() as session:
        account = session.get_one(StaffAccount, account_id)
        account.password_hash = hashed
        sessions.end_all(session, account_id, now, but=staying)
        note(session, account_id, "wachtwoord gewijzigd", f"account {account_id}", home_of(account), now)


def renew_codes(database: Database, passwords: Passwords, account_id: int, password: str, now: datetime) -> list[str]:
    """Replace one's own recovery codes, after the password once more. Raises LoginRefused, LoginBusy."""
    prove(database, passwords, account_id, password)
    codes = second_step.new_recovery_codes()
    kept = _hashed(passwords, account_id, codes)
    with database.session() as session:
        _keep_codes(session, account_id, kept)
        home = home_of(session.get_one(StaffAccount, account_id))
        note(session, account_id, "nieuwe herstelcodes", f"account {account_id}", home, now)
    return codes


def prove(database: Database, passwords: Passwords, account_id: int, password: str) -> tuple[str, str]:
    """Ask for the password again; return name and address. Raises LoginRefused, LoginBusy."""
    with database.session(write=False) as session:
        account = session.get_one(StaffAccount, account_id)
        kept, name, email = account.password_hash, account.name, account.email
    if not passwords.fits(kept, password):
        raise LoginRefused
    return name, email


def _hashed(passwords: Passwords, account_id: int, codes: list[str]) -> list[str]:
    """Return the codes as they are kept, all with the same salt."""
    kept = [passwords.hash(inner(account_id, codes[0]))]
    return kept + [passwords.hash_like(kept[0], inner(account_id, code)) for code in codes[1:]]


def _keep_codes(session: Session, account_id: int, kept: list[str]) -> None:
    """Put new recovery codes in the place of the old ones."""
    session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.account_id == account_id))
    session.add_all(StaffRecoveryCode(code_hash=one, account_id=account_id) for one in kept)


def _account_of(session: Session, token: str, now: datetime) -> StaffAccount:
    found = session.scalar(select(StaffAccount).where(StaffAccount.invite_hash == digest(token)).with_for_update())
    if found is None or not found.active or found.invite_until is None or found.invite_until < now:
        raise InvitationInvalid
    return found
