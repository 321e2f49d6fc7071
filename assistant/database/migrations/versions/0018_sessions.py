"""Recovery codes under a slow hash, sessions with the name of their browser, no table for who is at the provider."""

import secrets

import sqlalchemy as sa
from alembic import op
from argon2.low_level import Type, hash_secret
from sqlalchemy.engine import Connection

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CODES = sa.table("staff_recovery_code", sa.column("code_hash", sa.String), sa.column("account_id", sa.Integer))


def upgrade() -> None:
    """Hash the codes that are there once more, slowly: the codes on paper stay good."""
    op.add_column("staff_session", sa.Column("browser", sa.String(40), nullable=True))
    op.drop_table("staff_visit")
    with op.batch_alter_table("staff_recovery_code") as table:
        table.alter_column("code_hash", type_=sa.String(200), existing_type=sa.String(64), existing_nullable=False)
    _slow(op.get_bind())


def downgrade() -> None:
    """Recovery codes cannot go back to what they were: everybody makes new ones."""
    op.execute(sa.delete(CODES))
    with op.batch_alter_table("staff_recovery_code") as table:
        table.alter_column("code_hash", type_=sa.String(64), existing_type=sa.String(200), existing_nullable=False)
    op.create_table(
        "staff_visit",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(100), nullable=False),
        sa.Column("verifier", sa.String(150), nullable=False),
        sa.Column("onward", sa.String(500), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_staff_visit")),
    )
    op.create_index(op.f("ix_staff_visit_until"), "staff_visit", ["until"])
    with op.batch_alter_table("staff_session") as table:
        table.drop_column("browser")


def _slow(connection: Connection) -> None:
    salts: dict[int, bytes] = {}
    for row in connection.execute(sa.select(CODES)).all():
        salt = salts.setdefault(row.account_id, secrets.token_bytes(16))
        slow = hash_secret(row.code_hash.encode(), salt, 2, 19 * 1024, 1, 32, Type.ID).decode()
        connection.execute(sa.update(CODES).where(CODES.c.code_hash == row.code_hash).values(code_hash=slow))
