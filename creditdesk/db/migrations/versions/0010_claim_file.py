"""A claim keeps the insurer's questions, each payment of the indemnity and the papers of its steps."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _voidable() -> tuple["sa.Column[object]", ...]:
    return (
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
    )


def upgrade() -> None:
    for column, table in (("document_id", "document"), ("takes_back", "claim_step")):
        op.execute(
            f"ALTER TABLE claim_step ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_claim_step_{column}_{table} REFERENCES {table} (id)"
        )
    op.add_column(
        "claim_invoice",
        sa.Column("loss_payee", sa.String(), nullable=False, server_default=""),
    )
    _questions()
    _payments()


def _questions() -> None:
    op.create_table(
        "claim_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False, server_default=""),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        *_voidable(),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_question_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_claim_question_document_id_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_question")),
    )
    op.create_index(op.f("ix_claim_question_claim_id"), "claim_question", ["claim_id"])


def _payments() -> None:
    op.create_table(
        "claim_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        *_voidable(),
        sa.CheckConstraint(
            "amount_minor > 0", name=op.f("ck_claim_payment_amount_positive")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_payment_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_payment")),
    )
    op.create_index(op.f("ix_claim_payment_claim_id"), "claim_payment", ["claim_id"])
    # What was paid before is one payment.
    op.execute(
        "INSERT INTO claim_payment (claim_id, paid_on, currency, amount_minor, note, recorded_at, who, "
        "voided_by, voided_why) "
        "SELECT claim.id, paid_on, policy.currency, paid_minor, '', paid_on || ' 00:00:00.000000', '', '', '' "
        "FROM claim JOIN policy ON policy.id = claim.policy_id WHERE paid_minor > 0 AND paid_on IS NOT NULL"
    )
