"""What departments have to do, by when, and what shows that it was done."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False, server_default=""),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False, server_default=""),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("word", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("text <> ''", name=op.f("ck_task_text_given")),
        sa.CheckConstraint(
            "done_on IS NULL OR word <> '' OR document_id IS NOT NULL",
            name=op.f("ck_task_done_proven"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_task_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_task_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_task_buyer_id_buyer")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_task_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    for column in ("client_id", "claim_id", "buyer_id"):
        op.create_index(op.f(f"ix_task_{column}"), "task", [column])
