"""Alembic's entry: the connection comes from `creditdesk.db.migrate`."""

from alembic import context

from creditdesk.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
