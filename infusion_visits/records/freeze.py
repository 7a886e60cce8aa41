"""What may no longer change, said to the database itself: triggers made from `frozen_with`.

Whoever asks, with this program or another: a signed visit and all that belongs to it refuses
UPDATE, DELETE, INSERT and every kind of REPLACE. Dropping a trigger cannot be refused by
triggers; the check of the record compares them with what they should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index, MetaData, Table, UniqueConstraint
from sqlmodel import SQLModel

from infusion_visits.records.database import FROZEN, LASTING
from infusion_visits.records.rows import FrozenWith, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def _signed(visit: str) -> str:
    return f"EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = {visit})"


def models(metadata: MetaData = SQLModel.metadata) -> dict[str, type[SQLModel]]:
    """The model of every table of `metadata` that is imported by now, by table name."""
    found = {
        table_of(model).name: model
        for model in _below(SQLModel)
        if getattr(model, "__table__", None) is not None and table_of(model).metadata is metadata
    }
    return dict(sorted(found.items()))


def rule_of(model: type[SQLModel]) -> FrozenWith:
    """When rows of this model may no longer change.

    Raises TypeError for a table that does not say it, or says it without a reason: a new table
    has to choose, so that nothing charted stays open by oversight.
    """
    rule = getattr(model, "frozen_with", None)
    name = table_of(model).name
    if not isinstance(rule, FrozenWith):
        raise TypeError(f"{name} does not say what it is frozen with")
    if rule.what == "nothing" and not rule.reason:
        raise TypeError(f"{name} is never frozen and gives no reason")
    if rule.what not in {"visit", "append_only", "nothing"}:
        raise TypeError(f"{name} is frozen with {rule.what}, which is not known")
    if rule.what == "visit" and owner_column(table_of(model)) is None:
        raise TypeError(f"{name} is frozen with a visit but has no visit_id")
    return rule


def owner_column(table: Table) -> str | None:
    """The column that names the visit: `visit_id`, in `visit` itself its `id`."""
    if table.name == "visit":
        return "id"
    return "visit_id" if "visit_id" in table.columns else None


def trigger_statements(metadata: MetaData = SQLModel.metadata) -> tuple[str, ...]:
    """The CREATE TRIGGER statements of all tables, in order of their names."""
    return tuple(
        statement for model in models(metadata).values() for statement in _triggers_of(model)
    )


def _triggers_of(model: type[SQLModel]) -> Iterator[str]:
    rule, table = rule_of(model), table_of(model)
    if rule.what == "visit":
        yield from _with_visit(table)
    elif rule.what == "append_only":
        yield from _lasting(table)


def _with_visit(table: Table) -> Iterator[str]:
    owner = owner_column(table)
    old, new = _signed(f'OLD."{owner}"'), _signed(f'NEW."{owner}"')
    # Threat: REPLACE removes the row whose key it takes over without asking the delete trigger,
    # unless the connection has recursive_triggers on; a foreign tool will not.
    taken = _taken(table, " AND " + _signed(f'other."{owner}"'), but=owner)
    yield _trigger(table, "UPDATE", (old, new, *taken), FROZEN)
    yield _trigger(table, "DELETE", (old,), FROZEN)
    yield _trigger(table, "INSERT", (new, *taken), FROZEN)


def _lasting(table: Table) -> Iterator[str]:
    yield _trigger(table, "UPDATE", (), LASTING)
    yield _trigger(table, "DELETE", (), LASTING)
    yield _trigger(table, "INSERT", _taken(table, ""), LASTING)


def _taken(table: Table, only: str, but: str | None = None) -> tuple[str, ...]:
    """Conditions that are true when the new row would take over the key of a row that lasts.

    Keys with the column `but` in them are left out: the owner was asked for already. In a BEFORE
    INSERT trigger NEW.rowid is -1 unless the statement names it, so asking for it does no harm.
    """
    conditions = [
        " AND ".join(f'other."{column}" = NEW."{column}"' for column in key)
        for key in _unique_keys(table)
        if but not in key
    ]
    conditions.append("other.rowid = NEW.rowid")
    return tuple(
        f'EXISTS (SELECT 1 FROM "{table.name}" AS other WHERE {condition}{only})'
        for condition in conditions
    )


def _unique_keys(table: Table) -> list[tuple[str, ...]]:
    keys = [tuple(column.name for column in table.primary_key.columns)]
    keys += sorted(
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    keys += sorted(_index_key(index) for index in table.indexes if index.unique)
    return keys


def _index_key(index: Index) -> tuple[str, ...]:
    return tuple(column.name for column in index.columns)


def _trigger(table: Table, act: str, conditions: Iterable[str], refusal: str) -> str:
    when = "\n  OR ".join(conditions)
    condition = f"\nWHEN {when}" if when else ""
    return (
        f'CREATE TRIGGER "freeze_{table.name}_{act.lower()}" BEFORE {act} ON "{table.name}"'
        f"{condition}\nBEGIN\n  SELECT RAISE(ABORT, '{refusal} {table.name}');\nEND"
    )


def _below(model: type[SQLModel]) -> Iterator[type[SQLModel]]:
    for sub in model.__subclasses__():
        yield sub
        yield from _below(sub)
