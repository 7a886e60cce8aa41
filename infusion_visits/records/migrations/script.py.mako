"""${message}."""

# ruff: noqa: E501 - the trigger text is made by the revision command
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

TRIGGERS: tuple[str, ...] = ()


def upgrade() -> None:
    """Carries the record over; all triggers away first, back again last."""
    drop_triggers(op.get_bind())
    ${upgrades if upgrades else ""}
    run_each(op.get_bind(), TRIGGERS)
