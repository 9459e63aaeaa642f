"""A deposit keeps its contract; a limit's longest term may stand in words; a bill is honoured or refused."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "payment",
        sa.Column("contract", sa.String(), nullable=False, server_default=""),
    )
    for name in ("max_term", "max_term_as"):
        op.add_column(
            "credit_limit",
            sa.Column(name, sa.String(), nullable=False, server_default=""),
        )
    op.create_table(
        "bill_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "outcome IN ('HONOURED', 'REFUSED')", name="ck_bill_end_outcome_known"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name="fk_bill_end_invoice_id_invoice"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bill_end"),
    )
    op.create_index("ix_bill_end_invoice_id", "bill_end", ["invoice_id"])
