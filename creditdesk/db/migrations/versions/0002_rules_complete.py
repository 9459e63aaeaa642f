"""The rules of the trade, complete: what limits, declarations, recoveries, duties and policies keep besides."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _limits()
    _declarations()
    _recoveries()
    _duties()
    _policies()


def _limits() -> None:
    for column in (
        sa.Column("stage", sa.String(), nullable=False, server_default=""),
        sa.Column("edifact", sa.String(), nullable=False, server_default=""),
        sa.Column("insured_pct", sa.String(), nullable=False, server_default=""),
        sa.Column("backdated_to", sa.Date(), nullable=True),
        sa.Column("temporary_minor", sa.Integer(), nullable=True),
        sa.Column("temporary_to", sa.Date(), nullable=True),
    ):
        op.add_column("credit_limit", column)
    # A reference can be added to a table only with its column, and Alembic would make two steps of it.
    op.execute(
        "ALTER TABLE credit_limit ADD COLUMN replaces INTEGER "
        "CONSTRAINT fk_credit_limit_replaces REFERENCES credit_limit (id)"
    )
    _limit_requests()
    _discretionary_grounds()
    _invoice_covers()


def _limit_requests() -> None:
    op.create_table(
        "limit_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("payment_method", sa.String(), nullable=False),
        sa.Column("max_term_days", sa.Integer(), nullable=True),
        sa.Column("wanted_from", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('NEW', 'INCREASE', 'RENEWAL', 'REDUCTION', 'CANCELLATION')",
            name=op.f("ck_limit_request_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('APPLIED', 'INVESTIGATING', 'ANSWERED', 'WITHDRAWN')",
            name=op.f("ck_limit_request_state_known"),
        ),
        sa.CheckConstraint(
            "amount_minor IS NULL OR amount_minor > 0",
            name=op.f("ck_limit_request_amount_above_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_limit_request_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_limit_request_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["document.id"], name=op.f("fk_limit_request_receipt_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["credit_limit.id"],
            name=op.f("fk_limit_request_decision_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_request")),
    )
    op.create_index("ix_limit_request_buyer_id", "limit_request", ["buyer_id"])
    op.create_index(
        "ix_limit_request_policy_id_buyer_id",
        "limit_request",
        ["policy_id", "buyer_id"],
    )
    op.execute(
        "CREATE TRIGGER limit_request_no_update BEFORE UPDATE OF policy_id, buyer_id, kind, currency, amount_minor, "
        "payment_method, max_term_days, wanted_from, reason, sent_on, way, content, receipt_id, recorded_at, who "
        "ON limit_request "
        "BEGIN SELECT RAISE(ABORT, 'limit_request is kept for ever'); END"
    )
    op.execute(
        "CREATE TRIGGER limit_request_no_delete BEFORE DELETE ON limit_request "
        "BEGIN SELECT RAISE(ABORT, 'limit_request is kept for ever'); END"
    )


def _discretionary_grounds() -> None:
    op.create_table(
        "discretionary_ground",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("insured_pct", sa.String(), nullable=False),
        sa.Column("evidence_date", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('EXPERIENCE', 'REPORT', 'INSURER_CHECK')",
            name=op.f("ck_discretionary_ground_basis_known"),
        ),
        sa.CheckConstraint(
            "amount_minor > 0",
            name=op.f("ck_discretionary_ground_amount_above_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_discretionary_ground_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_discretionary_ground_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_discretionary_ground_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discretionary_ground")),
    )
    op.create_index(
        "ix_discretionary_ground_buyer_id", "discretionary_ground", ["buyer_id"]
    )
    op.create_index(
        "ix_discretionary_ground_policy_id_buyer_id",
        "discretionary_ground",
        ["policy_id", "buyer_id"],
    )
    _keep_for_ever("discretionary_ground")


def _invoice_covers() -> None:
    op.create_table(
        "invoice_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("ground_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("insured_minor", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "insured_minor >= 0", name=op.f("ck_invoice_cover_insured_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name=op.f("fk_invoice_cover_invoice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_invoice_cover_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_invoice_cover_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["credit_limit.id"],
            name=op.f("fk_invoice_cover_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ground_id"],
            ["discretionary_ground.id"],
            name=op.f("fk_invoice_cover_ground_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_cover")),
    )
    op.create_index("ix_invoice_cover_invoice_id", "invoice_cover", ["invoice_id"])
    # No trigger against deleting: the cover of an invoice goes when its import is taken back.
    op.execute(
        "CREATE TRIGGER invoice_cover_no_update BEFORE UPDATE ON invoice_cover "
        "BEGIN SELECT RAISE(ABORT, 'invoice_cover is kept for ever'); END"
    )
    op.create_table(
        "buyer_cover",
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("computed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["buyer.id"],
            name=op.f("fk_buyer_cover_buyer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("buyer_id", name=op.f("pk_buyer_cover")),
    )


def _declarations() -> None:
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("withdrawal", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('turnover', 'balance', 'year')",
            name=op.f("ck_declaration_kind_known"),
        ),
        sa.CheckConstraint(
            "period_from <= period_to", name=op.f("ck_declaration_period_order")
        ),
        sa.CheckConstraint(
            "NOT withdrawal OR corrects IS NOT NULL",
            name=op.f("ck_declaration_withdrawal_names_one"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_declaration_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_declaration_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_declaration_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects"], ["declaration.id"], name=op.f("fk_declaration_corrects")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    op.create_index("ix_declaration_client_id", "declaration", ["client_id"])
    op.create_index(
        "ix_declaration_policy_id_period_from",
        "declaration",
        ["policy_id", "period_from"],
    )
    op.create_table(
        "declaration_total",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_declaration_total_declaration_id"),
        ),
        sa.PrimaryKeyConstraint(
            "declaration_id", "currency", name=op.f("pk_declaration_total")
        ),
    )
    op.create_table(
        "declaration_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_declaration_line_declaration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_declaration_line_buyer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_line")),
    )
    op.create_index(
        "ix_declaration_line_declaration_id", "declaration_line", ["declaration_id"]
    )
    op.create_index(
        "ix_declaration_line_buyer_id_number",
        "declaration_line",
        ["buyer_id", "number"],
    )
    op.create_table(
        "premium_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('deposit', 'instalment', 'adjustment', 'fee')",
            name=op.f("ck_premium_note_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_premium_note_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_premium_note_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_premium_note_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premium_note")),
    )
    op.create_index("ix_premium_note_client_id", "premium_note", ["client_id"])
    op.create_index(
        "ix_premium_note_policy_id_due_on", "premium_note", ["policy_id", "due_on"]
    )
    for table in ("declaration", "declaration_total", "declaration_line"):
        _keep_for_ever(table)


def _recoveries() -> None:
    op.add_column("claim", sa.Column("provisional_minor", sa.Integer(), nullable=True))
    op.add_column("claim", sa.Column("provisional_on", sa.Date(), nullable=True))
    op.create_table(
        "claim_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reduction_pct", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_step_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_step")),
    )
    op.create_index("ix_claim_step_claim_id", "claim_step", ["claim_id"])
    _keep_for_ever("claim_step")
    op.create_table(
        "recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_currency", sa.String(), nullable=False),
        sa.Column("gross_fine", sa.Integer(), nullable=False),
        sa.Column("costs_fine", sa.Integer(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_minor", sa.Integer(), nullable=False),
        sa.Column("insurer_minor", sa.Integer(), nullable=False),
        sa.Column("insured_minor", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("remitted_on", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "gross_fine >= 0", name=op.f("ck_recovery_gross_not_negative")
        ),
        sa.CheckConstraint(
            "costs_fine >= 0", name=op.f("ck_recovery_costs_not_negative")
        ),
        sa.CheckConstraint(
            "insurer_minor >= 0", name=op.f("ck_recovery_insurer_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_recovery_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_recovery_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    op.create_index("ix_recovery_claim_id", "recovery", ["claim_id"])


def _duties() -> None:
    op.create_table(
        "buyer_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "happened_on <= known_on",
            name=op.f("ck_buyer_event_known_after_it_happened"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_buyer_event_buyer_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_buyer_event_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_buyer_event_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdraws"], ["buyer_event.id"], name=op.f("fk_buyer_event_withdraws")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_event")),
    )
    op.create_index("ix_buyer_event_client_id", "buyer_event", ["client_id"])
    op.create_index("ix_buyer_event_buyer_id", "buyer_event", ["buyer_id"])
    _keep_for_ever("buyer_event")
    op.add_column("duty", sa.Column("closed_note", sa.String(), nullable=True))
    op.execute(
        "ALTER TABLE duty ADD COLUMN document_id INTEGER "
        "CONSTRAINT fk_duty_document_id REFERENCES document (id)"
    )


def _keep_for_ever(table: str) -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END"
        )


def _policies() -> None:
    op.create_table(
        "review_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('OPEN', 'AS_NEEDED', 'ASK', 'NOT_APPLICABLE')",
            name=op.f("ck_review_answer_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_review_answer_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["policy_version.id"],
            name=op.f("fk_review_answer_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
    )
    op.create_index(
        "ix_review_answer_policy_id_item", "review_answer", ["policy_id", "item"]
    )
    _keep_for_ever("review_answer")
