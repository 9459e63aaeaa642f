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
    pass


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
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('turnover', 'balance', 'year')",
            name=op.f("ck_declaration_kind_known"),
        ),
        sa.CheckConstraint(
            "period_from <= period_to", name=op.f("ck_declaration_period_order")
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
    pass


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


def _keep_for_ever(table: str) -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is kept for ever'); END"
        )


def _policies() -> None:
    pass
