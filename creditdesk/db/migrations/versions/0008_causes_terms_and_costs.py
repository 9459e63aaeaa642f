"""An invoice of a claim may have a cause of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "claim_invoice",
        sa.Column("cause", sa.String(), nullable=False, server_default=""),
    )
