"""Tables of staff: accounts with their roles and scope, sessions, attempts to log in, kept forms, the audit log.

Secrets are kept as what proves them: a password or recovery code as argon2id, a token as SHA-256. Only the secret of
the second step must be readable again; it is sealed (`assistant.staff.seal`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.database.base import Base, UtcDateTime


class StaffAccount(Base):
    """Somebody of the staff. Never deleted, because the audit log names it; `active` is false when they left."""

    __tablename__ = "staff_account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(String(200))
    """Address of the OpenID provider; empty for a local account."""
    subject: Mapped[str] = mapped_column(String(255))
    """Who this is at the provider; for a local account the mail address in small letters."""
    email: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120))
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[str | None] = mapped_column(String(300))
    totp_step: Mapped[int | None]
    """The last half minute whose code was used: a code works once."""
    invite_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invite_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list[StaffRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    municipalities: Mapped[list[StaffMunicipality]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class StaffRole(Base):
    """One role of an account."""

    __tablename__ = "staff_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), primary_key=True)


class StaffMunicipality(Base):
    """One municipality of an account's scope."""

    __tablename__ = "staff_municipality"

    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(40), primary_key=True)


class StaffSession(Base):
    """One login. The id itself is only in the cookie. An ended one stays a day, so that a form can be kept for it."""

    __tablename__ = "staff_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    method: Mapped[str] = mapped_column(String(10))
    """`local` or `oidc`."""
    browser: Mapped[str | None] = mapped_column(String(40))
    """What this browser is called in the list of sessions, such as `Firefox op Windows`."""
    id_token: Mapped[str | None] = mapped_column(String(8000))
    """What the provider wants to see again at the logout."""
    flash: Mapped[str | None] = mapped_column(String(500))
    """What the next page says on top, once."""


class StaffAttempt(Base):
    """Wrong logins of one mail address from one known device, or from all unknown devices together."""

    __tablename__ = "staff_attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class StaffDevice(Base):
    """A browser in which this account has logged in before: it has its own count of wrong logins."""

    __tablename__ = "staff_device"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffRecoveryCode(Base):
    """A code that works once instead of the second step: argon2id, with one salt for all codes of an account."""

    __tablename__ = "staff_recovery_code"

    code_hash: Mapped[str] = mapped_column(String(200), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), index=True)


class StaffKeptForm(Base):
    """A form that was sent after the session had ended; waits for the same person to log in again."""

    __tablename__ = "staff_kept_form"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(String(500))
    back: Mapped[str] = mapped_column(String(500))
    """The page on which the form stands."""
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AuditRow(Base):
    """One line of the audit log. Has no key to the account: it must outlive everything."""

    __tablename__ = "staff_audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(200), index=True)
    municipality: Mapped[str | None] = mapped_column(String(40), index=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
