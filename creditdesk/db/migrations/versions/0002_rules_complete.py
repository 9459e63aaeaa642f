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
    pass


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
