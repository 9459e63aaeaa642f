"""Clients that are out and are not expected back any more."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("trip", sa.Column("given_up_at", sa.DateTime(), nullable=True))
    op.add_column(
        "trip",
        sa.Column("given_up_why", sa.String(), nullable=False, server_default=""),
    )
