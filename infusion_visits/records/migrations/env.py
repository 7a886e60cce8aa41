"""Alembic's entry: always on a connection that was handed in, inside its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import BLOB, TEXT
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def _plain_types(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Our column types as what lies in the file, so that a step imports no model."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.BLOB()" if isinstance(item.impl_instance, BLOB) else "sa.TEXT()"
    if kind == "type" and isinstance(item, TEXT):
        return "sa.TEXT()"
    return False


_given = context.config.attributes
context.configure(
    connection=_given["connection"],
    target_metadata=_given.get("metadata"),
    render_as_batch=True,
    render_item=_plain_types,
    compare_type=False,
    include_name=lambda name, kind, _: not (kind == "table" and name == "alembic_version"),
)
with context.begin_transaction():
    context.run_migrations()
