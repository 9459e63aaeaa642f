"""A bill that was taken for an invoice may be passed on before it is honoured: endorsed, or discounted at a bank."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "bill_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "way IN ('ENDORSED', 'DISCOUNTED')", name="ck_bill_transfer_way_known"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name="fk_bill_transfer_invoice_id_invoice"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bill_transfer"),
    )
    op.create_index("ix_bill_transfer_invoice_id", "bill_transfer", ["invoice_id"])
