"""Documents as they fall due: parts, opening balances, adjustments, numbers used twice, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for column in (
        sa.Column("doc_no", sa.String(), nullable=False, server_default=""),
        sa.Column("part", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("part_kind", sa.String(), nullable=False, server_default=""),
        sa.Column("due_by", sa.String(), nullable=False, server_default=""),
        sa.Column("accepted", sa.Date(), nullable=True),
    ):
        op.add_column("invoice", column)
    op.add_column(
        "payment",
        sa.Column("kind", sa.String(), nullable=False, server_default="receipt"),
    )
    _kinds()
    op.create_index(
        "ix_invoice_doc_no",
        "invoice",
        ["buyer_id", "doc_no"],
        sqlite_where=sa.text("doc_no <> ''"),
    )
    op.create_index(
        "ix_payment_several",
        "payment",
        ["buyer_id"],
        sqlite_where=sa.text("instr(against, char(10)) > 0"),
    )
    op.create_index(
        "ix_invoice_due_open",
        "invoice",
        ["client_id", "buyer_id", "currency", "term", "open_fine"],
        sqlite_where=sa.text("due IS NULL AND open_fine > 0"),
    )
    op.create_table(
        "import_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name="fk_import_answer_client_id_client"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_answer"),
        sa.UniqueConstraint(
            "client_id", "question", name="uq_import_answer_client_id_question"
        ),
    )


def _kinds() -> None:
    """Two more kinds of documents. SQLite can't change a check, and what stands in the rows stays as it is."""
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, "
        "'kind IN (''invoice'', ''credit_note'')', "
        "'kind IN (''invoice'', ''credit_note'', ''opening'', ''refund'')') "
        "WHERE type = 'table' AND name = 'invoice'"
    )
    op.execute("PRAGMA writable_schema = RESET")
