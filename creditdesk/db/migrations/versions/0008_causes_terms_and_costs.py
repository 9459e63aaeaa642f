"""An invoice of a claim may have a cause of its own; a recovery may cost more than came in, and keeps its invoices.

A buyer has the term of payment that was agreed with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "claim_invoice",
        sa.Column("cause", sa.String(), nullable=False, server_default=""),
    )
    op.add_column(
        "recovery",
        sa.Column("against", sa.String(), nullable=False, server_default=""),
    )
    _costs()
    for column in (
        sa.Column("term", sa.String(), nullable=False, server_default=""),
        sa.Column("term_dates", sa.Boolean(), nullable=False, server_default="0"),
    ):
        op.add_column("buyer", column)


def _costs() -> None:
    """The insurer bears costs, too. SQLite can't change a check, and what stands in the rows stays as it is."""
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, "
        "'CHECK (insurer_minor >= 0)', 'CHECK (net_minor < 0 OR insurer_minor >= 0)') "
        "WHERE type = 'table' AND name = 'recovery'"
    )
    op.execute("PRAGMA writable_schema = RESET")
