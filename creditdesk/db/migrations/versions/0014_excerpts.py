"""Of a claim's paper only some pages may be bound, turned; and somebody looked at its original or sealed its copy."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for name in ("pages", "turns", "checked_by", "sealed_by"):
        text = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("claim_evidence", text)
    for name in ("checked_on", "sealed_on"):
        op.add_column("claim_evidence", sa.Column(name, sa.Date(), nullable=True))
