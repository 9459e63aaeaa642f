"""The credit file: statements, grades of others, facts, contacts, scores, decisions, and answers to warnings."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "credit_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "approver <> ''", name=op.f("ck_credit_authority_approver_given")
        ),
        sa.CheckConstraint(
            "amount_minor >= 0", name=op.f("ck_credit_authority_amount_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_credit_authority_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_authority")),
    )
    op.create_index(
        op.f("ix_credit_authority_client_id"),
        "credit_authority",
        ["client_id"],
        unique=False,
    )
    op.create_table(
        "buyer_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= happened_on",
            name=op.f("ck_buyer_fact_ends_after_it_began"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_buyer_fact_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_buyer_fact_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_buyer_fact_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_fact")),
    )
    op.create_index(
        op.f("ix_buyer_fact_buyer_id"), "buyer_fact", ["buyer_id"], unique=False
    )
    op.create_index(
        op.f("ix_buyer_fact_client_id"), "buyer_fact", ["client_id"], unique=False
    )
    op.create_table(
        "buyer_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "direction IN ('HIGH_GOOD', 'LOW_GOOD')",
            name=op.f("ck_buyer_grade_direction_known"),
        ),
        sa.CheckConstraint(
            "giver <> '' AND value <> ''",
            name=op.f("ck_buyer_grade_giver_and_value_given"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_buyer_grade_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_buyer_grade_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_buyer_grade_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_grade")),
    )
    op.create_index(
        op.f("ix_buyer_grade_buyer_id"), "buyer_grade", ["buyer_id"], unique=False
    )
    op.create_index(
        op.f("ix_buyer_grade_client_id"), "buyer_grade", ["client_id"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), server_default="", nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), server_default="", nullable=False),
        sa.Column("promised_minor", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), server_default="", nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(promised_on IS NULL) = (outcome = '')",
            name=op.f("ck_contact_promise_has_a_day"),
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'open', 'kept', 'broken')",
            name=op.f("ck_contact_outcome_known"),
        ),
        sa.CheckConstraint("said <> ''", name=op.f("ck_contact_said_given")),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_contact_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_contact_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_contact_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_buyer_id"), "contact", ["buyer_id"], unique=False)
    op.create_index(
        op.f("ix_contact_client_id"), "contact", ["client_id"], unique=False
    )
    op.create_table(
        "credit_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("terms", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("approver", sa.String(), server_default="", nullable=False),
        sa.Column("approved_by", sa.String(), server_default="", nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approved_by = '')",
            name=op.f("ck_credit_decision_approved_by_someone"),
        ),
        sa.CheckConstraint(
            "reason <> ''", name=op.f("ck_credit_decision_reason_given")
        ),
        sa.CheckConstraint(
            "amount_minor IS NULL OR amount_minor >= 0",
            name=op.f("ck_credit_decision_amount_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_credit_decision_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_credit_decision_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_credit_decision_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_decision")),
    )
    op.create_index(
        op.f("ix_credit_decision_buyer_id"),
        "credit_decision",
        ["buyer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_credit_decision_client_id"),
        "credit_decision",
        ["client_id"],
        unique=False,
    )
    op.create_table(
        "financial_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), server_default="", nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "months BETWEEN 1 AND 24",
            name=op.f("ck_financial_statement_months_of_a_period"),
        ),
        sa.CheckConstraint(
            "unit IN (1, 1000, 10000, 1000000)",
            name=op.f("ck_financial_statement_unit_known"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_financial_statement_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_financial_statement_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_financial_statement_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_financial_statement")),
    )
    op.create_index(
        op.f("ix_financial_statement_buyer_id"),
        "financial_statement",
        ["buyer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_financial_statement_client_id"),
        "financial_statement",
        ["client_id"],
        unique=False,
    )
    op.create_table(
        "score_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("card_version", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("completeness", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("caps", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_score_record_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_score_record_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_record")),
    )
    op.create_index(
        op.f("ix_score_record_buyer_id"), "score_record", ["buyer_id"], unique=False
    )
    op.create_index(
        op.f("ix_score_record_client_id"), "score_record", ["client_id"], unique=False
    )
    op.create_table(
        "warning_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), server_default="", nullable=False),
        sa.Column("way", sa.String(), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), server_default="", nullable=False),
        sa.Column("voided_why", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "answer <> 'WATCH' OR until IS NOT NULL",
            name=op.f("ck_warning_answer_watched_until_a_day"),
        ),
        sa.CheckConstraint(
            "answer IN ('IGNORE', 'WATCH', 'TELL', 'STOP')",
            name=op.f("ck_warning_answer_answer_known"),
        ),
        sa.CheckConstraint(
            "effect IN ('N', 'T', 'S')", name=op.f("ck_warning_answer_effect_known")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_warning_answer_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_warning_answer_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_warning_answer_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_answer")),
    )
    op.create_index(
        op.f("ix_warning_answer_buyer_id"), "warning_answer", ["buyer_id"], unique=False
    )
    op.create_index(
        op.f("ix_warning_answer_client_id"),
        "warning_answer",
        ["client_id"],
        unique=False,
    )
