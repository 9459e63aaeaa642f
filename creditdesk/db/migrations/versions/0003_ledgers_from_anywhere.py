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
    _control()
    _indexes()


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
            "batch_id",
            "buyer_id",
            "currency",
            "place",
            name="uq_aged_balance_batch_id_buyer_id_currency_place",
        ),
    )
    op.create_index("ix_aged_balance_client_id", "aged_balance", ["client_id"])
    op.create_index(
        "ix_aged_balance_buyer_id", "aged_balance", ["buyer_id", "currency", "as_of"]
    )
    op.create_index("ix_aged_balance_batch_id", "aged_balance", ["batch_id"])


def _einvoices() -> None:
    """Which kept file is the e-invoice of a document."""
    op.create_table(
        "invoice_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name="fk_invoice_document_invoice_id_invoice",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_invoice_document_document_id_document",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_document"),
        sa.UniqueConstraint(
            "invoice_id",
            "document_id",
            name="uq_invoice_document_invoice_id_document_id",
        ),
    )
    op.create_index(
        "ix_invoice_document_document_id", "invoice_document", ["document_id"]
    )


def _bank_lines() -> None:
    """What banks say came in, and what a person made of it."""
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("payer_account", sa.String(), nullable=False),
        sa.Column("payer_bank", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_fine", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("third_party", sa.Boolean(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fine > 0", name="ck_bank_line_amount_positive"),
        sa.CheckConstraint(
            "state IN ('open', 'matched', 'set_aside')",
            name="ck_bank_line_state_known",
        ),
        sa.CheckConstraint(
            "(state = 'matched') = (buyer_id IS NOT NULL)",
            name="ck_bank_line_matched_with_buyer",
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name="fk_bank_line_client_id_client"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="fk_bank_line_batch_id_import_batch",
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name="fk_bank_line_buyer_id_buyer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bank_line"),
        sa.UniqueConstraint("client_id", "key", name="uq_bank_line_client_id_key"),
    )
    op.create_index("ix_bank_line_client_id_state", "bank_line", ["client_id", "state"])
    op.create_index("ix_bank_line_batch_id", "bank_line", ["batch_id"])
    op.create_index("ix_bank_line_buyer_id", "bank_line", ["buyer_id"])
    op.execute(
        "ALTER TABLE payment ADD COLUMN bank_line_id INTEGER "
        "CONSTRAINT fk_payment_bank_line_id_bank_line REFERENCES bank_line (id)"
    )
    op.add_column(
        "payment", sa.Column("payer", sa.String(), nullable=False, server_default="")
    )
    op.create_index("ix_payment_bank_line_id", "payment", ["bank_line_id"])


def _merges() -> None:
    """Which buyers were found to be one, and which were found to be two."""
    op.execute(
        "ALTER TABLE buyer ADD COLUMN merged_into INTEGER "
        "CONSTRAINT fk_buyer_merged_into_buyer REFERENCES buyer (id)"
    )
    op.create_index("ix_buyer_merged_into", "buyer", ["merged_into"])
    op.drop_index("uq_buyer_client_id_code", table_name="buyer")
    op.create_index(
        "uq_buyer_client_id_code",
        "buyer",
        ["client_id", "code"],
        unique=True,
        sqlite_where=sa.text("code <> '' AND merged_into IS NULL"),
    )
    op.create_table(
        "buyer_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("keep_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("keep_id <> gone_id", name="ck_buyer_merge_two_buyers"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name="fk_buyer_merge_client_id_client"
        ),
        sa.ForeignKeyConstraint(
            ["keep_id"],
            ["buyer.id"],
            name="fk_buyer_merge_keep_id_buyer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"],
            ["buyer.id"],
            name="fk_buyer_merge_gone_id_buyer",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_buyer_merge"),
    )
    op.create_index("ix_buyer_merge_client_id", "buyer_merge", ["client_id"])
    op.create_index("ix_buyer_merge_keep_id", "buyer_merge", ["keep_id"])
    op.create_index("ix_buyer_merge_gone_id", "buyer_merge", ["gone_id"])
    op.create_table(
        "buyers_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name="ck_buyers_apart_smaller_first"),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["buyer.id"],
            name="fk_buyers_apart_one_id_buyer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["buyer.id"],
            name="fk_buyers_apart_other_id_buyer",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_buyers_apart"),
        sa.UniqueConstraint(
            "one_id", "other_id", name="uq_buyers_apart_one_id_other_id"
        ),
    )
    op.create_index("ix_buyers_apart_other_id", "buyers_apart", ["other_id"])
    for table, columns in _KEPT_FOR_EVER.items():
        _let_buyers_merge(table, columns)


_KEPT_FOR_EVER = {
    "credit_limit": (
        "id, policy_id, state, currency, amount_minor, requested_minor, effective_from, effective_to, applied_on, "
        "decided_on, payment_method, max_term_days, condition, decision_no, recorded_at, who, stage, edifact, "
        "insured_pct, backdated_to, temporary_minor, temporary_to, replaces"
    ),
    "limit_request": (
        "policy_id, kind, currency, amount_minor, payment_method, max_term_days, wanted_from, reason, sent_on, way, "
        "content, receipt_id, recorded_at, who"
    ),
    "discretionary_ground": (
        "id, policy_id, basis, currency, amount_minor, insured_pct, evidence_date, figures, document_id, note, "
        "recorded_at, who"
    ),
    "declaration_line": "id, declaration_id, number, kind, currency, amount_minor",
    "buyer_event": (
        "id, client_id, kind, happened_on, known_on, note, document_id, withdraws, recorded_at, who"
    ),
}
"""What no update may touch, by table: all that was refused before, but for whom it is about."""


def _let_buyers_merge(table: str, columns: str) -> None:
    """What is kept for ever may pass from one buyer to the other while a merge says that they are one, and back.

    Nothing it says changes, and the merge names each record it moved; so every reader finds a buyer's whole history
    under one number and no rule of cover has to know of merges.
    """
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {columns} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_keeps_its_buyer BEFORE UPDATE OF buyer_id ON {table} "  # noqa: S608 - our own names
        "WHEN NOT EXISTS (SELECT 1 FROM buyer_merge WHERE undone_at IS NULL AND ("
        "keep_id = NEW.buyer_id AND gone_id = OLD.buyer_id OR "
        "keep_id = OLD.buyer_id AND gone_id = NEW.buyer_id)) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END"
    )


def _control() -> None:
    """What the books show, beside what the ledger holds."""
    op.create_table(
        "control_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("figure_fine", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name="fk_control_figure_client_id_client"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_control_figure"),
    )
    op.create_index(
        "ix_control_figure_client_id_as_of", "control_figure", ["client_id", "as_of"]
    )


def _indexes() -> None:
    """By amount nobody looks anything up: sorting does without, and each import waited for these two."""
    op.drop_index("ix_invoice_amount", table_name="invoice")
    op.drop_index("ix_invoice_open", table_name="invoice")
