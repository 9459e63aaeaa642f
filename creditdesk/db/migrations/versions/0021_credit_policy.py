"""A client's own credit rules, and how decisions depart from them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "credit_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_credit_policy_client_id_client"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_policy")),
    )
    op.create_index(op.f("ix_credit_policy_client_id"), "credit_policy", ["client_id"])
    op.add_column("credit_decision", sa.Column("term_days", sa.Integer()))
    for column in ("departures", "allowed_by"):
        op.add_column(
            "credit_decision",
            sa.Column(column, sa.String(), nullable=False, server_default=""),
        )
