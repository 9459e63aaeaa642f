"""Entries that turned out to be mistakes stay, and say who voided them, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("client", "policy", "credit_limit", "notice", "duty", "premium_note"):
        for column in (
            sa.Column("voided_at", sa.DateTime(), nullable=True),
            sa.Column("voided_by", sa.String(), nullable=False, server_default=""),
            sa.Column("voided_why", sa.String(), nullable=False, server_default=""),
        ):
            op.add_column(table, column)
    _withdrawn_notes()
    _free_again("client", "uq_client_name", "name")
    _free_again("policy", "uq_policy_client_id_number", "client_id, number")


def _withdrawn_notes() -> None:
    """Premium notes could be withdrawn, without a reason; the journal knows who did it."""
    op.execute(
        "UPDATE premium_note SET voided_at = withdrawn_on || ' 00:00:00.000000', voided_by = coalesce("
        "(SELECT max(who) FROM journal_entry WHERE subject = 'premium_note' AND what = 'withdrawn'"
        " AND subject_id = premium_note.id), '') WHERE withdrawn_on IS NOT NULL"
    )
    op.drop_column("premium_note", "withdrawn_on")


def _free_again(table: str, name: str, columns: str) -> None:
    """What no two may share, two may where one of them is void: the index of the constraint becomes one of its own.

    SQLite can't take a constraint from a table, and no row is voided yet, so the index holds what it is to hold.
    """
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        "UPDATE sqlite_schema SET sql = replace("  # noqa: S608 - our own words
        f"sql, ', ' || char(10, 9) || 'CONSTRAINT {name} UNIQUE ({columns})', '') "
        f"WHERE type = 'table' AND name = '{table}'"
    )
    op.execute(
        f"UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX {name} ON {table} ({columns}) "  # noqa: S608 - our own words
        f"WHERE voided_at IS NULL', name = '{name}' "
        f"WHERE type = 'index' AND name = 'sqlite_autoindex_{table}_1'"
    )
    op.execute("PRAGMA writable_schema = RESET")
