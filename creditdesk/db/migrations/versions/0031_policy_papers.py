"""The paper of a policy's terms, and where on it a value stands."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0027"


def upgrade() -> None:
    for table in ("policy_version", "policy_value"):
        # A reference can't be added to a table by alembic where the database is SQLite.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN document_id INTEGER "
            f"CONSTRAINT fk_{table}_document_id REFERENCES document (id)"
        )
    op.add_column(
        "policy_value",
        sa.Column("area", sa.String(), nullable=False, server_default=""),
    )
