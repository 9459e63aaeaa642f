"""Pages at once: an aging is summed from indexes, without the rows themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Each of the new indexes by account begins with the buyer, so the index of the buyer alone has no more use."""
    op.create_index(
        "ix_invoice_account",
        "invoice",
        ["buyer_id", "currency", "issued", "shipped", "kind", "amount_fine"],
    )
    op.create_index(
        "ix_invoice_open",
        "invoice",
        ["buyer_id", "currency", "kind", "due", "issued", "open_fine"],
        sqlite_where=sa.text("open_fine > 0"),
    )
    op.create_index(
        "ix_payment_account",
        "payment",
        ["buyer_id", "currency", "paid_on", "amount_fine"],
    )
    op.create_index(
        "ix_payment_loose",
        "payment",
        ["buyer_id"],
        sqlite_where=sa.text("against = ''"),
    )
    op.drop_index("ix_invoice_buyer_id", table_name="invoice")
    op.drop_index("ix_payment_buyer_id", table_name="payment")
