"""What Alembic runs: the migrations, on the connection that it is given."""

from alembic import context

from tracker.storage.migrations.comparing import is_of_the_models
from tracker.storage.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_name=is_of_the_models,
    render_as_batch=True,  # SQLite alters a table by making another
)
with context.begin_transaction():
    context.run_migrations()
