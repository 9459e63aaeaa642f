"""Notes on countries and sectors."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "outlook_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False, server_default=""),
        sa.Column("outlook", sa.String(), nullable=False, server_default=""),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
        sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "about IN ('country', 'sector')", name=op.f("ck_outlook_note_about_known")
        ),
        sa.CheckConstraint(
            "move IN ('news', 'up', 'same', 'down')",
            name=op.f("ck_outlook_note_move_known"),
        ),
        sa.CheckConstraint(
            "subject <> '' AND title <> '' AND source <> ''",
            name=op.f("ck_outlook_note_says_what_and_where"),
        ),
        sa.CheckConstraint(
            "move = 'news' OR rating <> ''",
            name=op.f("ck_outlook_note_rating_given"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook_note")),
    )
    op.create_index(
        "ix_outlook_note_about_subject", "outlook_note", ["about", "subject"]
    )
