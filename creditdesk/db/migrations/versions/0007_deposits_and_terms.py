"""A deposit keeps the contract it names; a limit's longest term may stand in words, with how they were meant."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "payment",
        sa.Column("contract", sa.String(), nullable=False, server_default=""),
    )
    for name in ("max_term", "max_term_as"):
        op.add_column(
            "credit_limit",
            sa.Column(name, sa.String(), nullable=False, server_default=""),
        )
