"""A part of an invoice may be contested: held until an award, a judgment or an agreement says what of it is owed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_fine", sa.Integer(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("told_fine", sa.Integer(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("upheld_fine", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("amount_fine > 0", name="ck_dispute_amount_positive"),
        sa.CheckConstraint(
            "upheld_fine BETWEEN 0 AND amount_fine", name="ck_dispute_upheld_within_amount"
        ),
        sa.CheckConstraint(
            "(settled_on IS NULL) = (upheld_fine IS NULL)", name="ck_dispute_settled_as_a_whole"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_dispute_document_id_document"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name="fk_dispute_invoice_id_invoice"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )  # fmt: skip
    op.create_index("ix_dispute_invoice_id", "dispute", ["invoice_id"])
