"""Alembic's entry: runs in the transaction of the connection that `db.migration` hands over."""

from alembic import context

from db.schema.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
