"""Documents are found by their amount."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index("ix_invoice_amount", "invoice", ["amount_fine"])
