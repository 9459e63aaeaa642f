"""Clients that were taken out of the office into a desk of their own, and what came back."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "trip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("clients", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("back_by", sa.Date(), nullable=True),
        sa.Column("brought_at", sa.DateTime(), nullable=True),
        sa.Column("brought_number", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("seen", sa.LargeBinary(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "place IN ('home', 'away')", name=op.f("ck_trip_place_known")
        ),
        sa.CheckConstraint(
            "brought_number >= 0", name=op.f("ck_trip_number_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
        sa.UniqueConstraint("code", name=op.f("uq_trip_code")),
    )
