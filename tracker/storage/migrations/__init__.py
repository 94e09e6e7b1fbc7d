"""Alembic migrations; `tracker db upgrade` runs them."""
