"""How a record of an earlier version becomes one of this version: one file for each step."""

HEAD = "0003"
"""The newest version. The revision command writes it here, so that a start needs no Alembic."""
