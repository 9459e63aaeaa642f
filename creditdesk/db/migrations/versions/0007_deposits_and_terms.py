"""A deposit keeps the contract it names, so that a later file's invoices of that contract find it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "payment",
        sa.Column("contract", sa.String(), nullable=False, server_default=""),
    )
