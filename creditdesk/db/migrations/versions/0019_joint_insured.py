"""An invoice of a claim may be the debt of a company insured beside the policyholder."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    insured = sa.Column("joint_insured", sa.String(), nullable=False, server_default="")
    op.add_column("claim_invoice", insured)
