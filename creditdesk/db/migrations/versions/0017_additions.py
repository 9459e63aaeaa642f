"""The firm's own items of checklists: for all claims, those of a cause or an insurer, or one claim."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "checklist_addition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False, server_default=""),
        sa.Column("insurer", sa.String(), nullable=False, server_default=""),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False, server_default=""),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
            name=op.f("fk_checklist_addition_claim_id_claim"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_addition")),
    )
    op.create_index(
        op.f("ix_checklist_addition_claim_id"), "checklist_addition", ["claim_id"]
    )
