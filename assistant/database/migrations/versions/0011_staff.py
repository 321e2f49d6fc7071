"""Staff of the municipalities: accounts, sessions and what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _accounts()
    _sessions()
    _logging_in()
    _kept()
    _audit()


def downgrade() -> None:
    """Drop them."""
    names = ("audit", "kept_form", "visit", "recovery_code", "device", "attempt", "session", "municipality", "role")
    for name in (*names, "account"):
        op.drop_table(f"staff_{name}")


def _accounts() -> None:
    op.create_table(
        "staff_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("totp_sealed", sa.String(300)),
        sa.Column("totp_step", sa.Integer()),
        sa.Column("invite_hash", sa.String(64)),
        sa.Column("invite_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_staff_account_issuer_subject")),
        sa.UniqueConstraint("invite_hash", name=op.f("uq_staff_account_invite_hash")),
    )
    for name, length in (("role", 30), ("municipality", 40)):
        op.create_table(
            f"staff_{name}",
            sa.Column("account_id", sa.Integer(), nullable=False),
            sa.Column(name, sa.String(length), nullable=False),
            sa.PrimaryKeyConstraint("account_id", name, name=op.f(f"pk_staff_{name}")),
            _of_account(name),
        )


def _sessions() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("id_token", sa.String(8000)),
        sa.Column("flash", sa.String(500)),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_session")),
        _of_account("session"),
    )
    _index("session", "account_id")
    _index("session", "began_at")


def _logging_in() -> None:
    op.create_table(
        "staff_attempt",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_attempt")),
    )
    _index("attempt", "last_at")
    op.create_table(
        "staff_device",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_device")),
        _of_account("device"),
    )
    _index("device", "account_id")
    op.create_table(
        "staff_recovery_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_recovery_code")),
        _of_account("recovery_code"),
    )
    _index("recovery_code", "account_id")


def _kept() -> None:
    op.create_table(
        "staff_visit",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(100), nullable=False),
        sa.Column("verifier", sa.String(150), nullable=False),
        sa.Column("onward", sa.String(500), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_staff_visit")),
    )
    _index("visit", "until")
    op.create_table(
        "staff_kept_form",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("back", sa.String(500), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_kept_form")),
        _of_account("kept_form"),
    )
    _index("kept_form", "account_id")
    _index("kept_form", "until")


def _audit() -> None:
    op.create_table(
        "staff_audit",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("municipality", sa.String(40)),
        sa.Column("reason", sa.String(500)),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_staff_audit")),
    )
    for column in ("at", "staff_id", "action", "subject", "municipality"):
        _index("audit", column)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_staff_{table}_account_id_staff_account")
    return sa.ForeignKeyConstraint(["account_id"], ["staff_account.id"], ondelete="CASCADE", name=name)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_staff_{table}_{column}"), f"staff_{table}", [column])
