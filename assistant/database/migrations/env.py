"""Alembic's entry: runs the versions on the connection that `assistant.database.migrate` hands over.

The versions are written out and hand-checked, so no model is imported here: a migration of last year keeps
working when the models of today have moved on.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True, target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
