"""Contacts with insurers and brokers, and the answers that are expected."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "party_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False, server_default=""),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("follow_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("party <> ''", name=op.f("ck_party_contact_party_given")),
        sa.CheckConstraint("said <> ''", name=op.f("ck_party_contact_said_given")),
        sa.CheckConstraint(
            "kind IN ('insurer', 'broker')", name=op.f("ck_party_contact_kind_known")
        ),
        sa.CheckConstraint(
            "course IN ('out', 'in')", name=op.f("ck_party_contact_course_known")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR follow_on IS NOT NULL",
            name=op.f("ck_party_contact_answer_was_expected"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_party_contact_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_party_contact_policy_id_policy")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["buyer.id"], name=op.f("fk_party_contact_buyer_id_buyer")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_party_contact_document_id_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_contact")),
    )
    op.create_index("ix_party_contact_party", "party_contact", ["party"])
    op.create_index(op.f("ix_party_contact_client_id"), "party_contact", ["client_id"])
    op.create_index(op.f("ix_party_contact_buyer_id"), "party_contact", ["buyer_id"])
