"""What goods of a claim brought up to the date of loss."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "claim_goods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("invoice", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("gross_fine", sa.Integer(), nullable=False),
        sa.Column("costs_fine", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "costs_fine >= 0", name=op.f("ck_claim_goods_costs_not_negative")
        ),
        sa.CheckConstraint(
            "gross_fine > costs_fine", name=op.f("ck_claim_goods_net_positive")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_goods_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_claim_goods_document_id_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_goods")),
    )
    op.create_index(op.f("ix_claim_goods_claim_id"), "claim_goods", ["claim_id"])
