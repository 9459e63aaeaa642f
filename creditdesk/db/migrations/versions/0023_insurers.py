"""Insurers have a file, and what they offer a client is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "insurer_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insurer", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "insurer <> ''", name=op.f("ck_insurer_entry_insurer_given")
        ),
        sa.CheckConstraint(
            "kind IN ('solvency', 'rating', 'contact', 'portal', 'wording')",
            name=op.f("ck_insurer_entry_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insurer_entry")),
    )
    op.create_index(
        "ix_insurer_entry_insurer_kind", "insurer_entry", ["insurer", "kind"]
    )
    op.create_table(
        "insurer_quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("insurer", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("turnover_minor", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "insurer <> ''", name=op.f("ck_insurer_quote_insurer_given")
        ),
        sa.CheckConstraint(
            "turnover_minor >= 0", name=op.f("ck_insurer_quote_turnover_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_insurer_quote_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insurer_quote")),
    )
    op.create_index(op.f("ix_insurer_quote_client_id"), "insurer_quote", ["client_id"])
