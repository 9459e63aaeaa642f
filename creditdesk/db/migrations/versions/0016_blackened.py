"""Places of a claim's paper may be blackened."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    areas = sa.Column("areas", sa.String(), nullable=False, server_default="")
    op.add_column("claim_evidence", areas)
