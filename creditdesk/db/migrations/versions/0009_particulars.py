"""What forms ask of clients, buyers, insurers and claims is entered once, where it belongs."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "particular",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("insurer", sa.String(), nullable=False, server_default=""),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(client_id IS NOT NULL) + (buyer_id IS NOT NULL) + (claim_id IS NOT NULL) + (insurer <> '') = 1",
            name=op.f("ck_particular_one_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_particular_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_particular_buyer_id_buyer")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_particular_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_particular")),
    )
    for owner in ("client_id", "buyer_id", "claim_id", "insurer"):
        there = "insurer <> ''" if owner == "insurer" else f"{owner} IS NOT NULL"
        op.create_index(
            f"uq_particular_{owner}",
            "particular",
            [owner, "key"],
            unique=True,
            sqlite_where=sa.text(there),
        )
