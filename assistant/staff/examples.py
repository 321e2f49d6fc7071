"""Example accounts for developing: one for each role, when there is no account at all. Never outside MEEDOEN_DEV."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database import Database
from assistant.staff import second_step
from assistant.staff.accounts import Grant, set_grant
from assistant.staff.audit import note
from assistant.staff.models import StaffAccount
from assistant.staff.passwords import Passwords
from assistant.staff.rights import Role
from assistant.staff.seal import Seal

NAMES = {
    Role.BEHEERDER: "Bas Beheerder",
    Role.REVIEWER: "Rosa Reviewer",
    Role.REDACTEUR: "Rik Redacteur",
    Role.ACCOUNTMANAGER: "Amira Accountmanager",
    Role.ANALIST: "Anne Analist",
    Role.PRIVACYFUNCTIONARIS: "Peter Privacy",
}
SECOND = {Role.REVIEWER: "Ruben Reviewer", Role.REDACTEUR: "Roos Redacteur"}
"""A second person, where four eyes are asked for."""


def make_examples(
    database: Database, passwords: Passwords, seal: Seal, scope: Scope, file: Path, now: datetime
) -> bool:
    """Make the accounts, their passwords and secrets in a file for this user alone; False when there are accounts."""
    with database.session() as session:
        if session.scalar(select(func.count()).select_from(StaffAccount)):
            return False
        people = [(role, name, "") for role, name in NAMES.items()] + [
            (role, name, "2") for role, name in SECOND.items()
        ]
        lines = [
            _make(session, passwords, seal, scope, f"{role}{tail}", role, name, now) for role, name, tail in people
        ]
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as kept:
        kept.write(
            "Example accounts of this development database. One password each; put the key in an app for codes,\n"
        )
        kept.write("or print a code: .venv/bin/python -c \"import pyotp; print(pyotp.TOTP('KEY').now())\"\n\n")
        kept.writelines(lines)
    return True


def _make(
    session: Session, passwords: Passwords, seal: Seal, scope: Scope, local: str, role: Role, name: str, now: datetime
) -> str:
    email, password, secret = f"{local}@example.nl", secrets.token_urlsafe(12), second_step.new_secret()
    account = StaffAccount(issuer="", subject=email, email=email, name=name, active=True, created_at=now)
    account.password_hash, account.totp_sealed = passwords.hash(password), seal.close(secret)
    set_grant(account, Grant(frozenset({role.value}), scope))
    session.add(account)
    session.flush()
    note(session, None, "voorbeeldaccount gemaakt", f"account {account.id}", None, now)
    return f"{email:32} {password:18} {secret}\n"
