"""After a real signature the whole visit stands still, and the patient's life goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.exchange import note_file
from infusion_visits.patients import actions as patients
from infusion_visits.patients.queries import load_chart
from infusion_visits.records.freeze import models, owner_column, rule_of
from infusion_visits.records.rows import APPEND_ONLY, VISIT, table_of
from infusion_visits.sections.complications.rules import State, state_of
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import Devices
from infusion_visits.visits import actions, charting, signing
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.signed_note import AddendumKind

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]

CHARTED = {
    "arrival",
    "assessment",
    "complication_step",
    "departure",
    "device_check",
    "infusion",
    "infusion_event",
    "kit_check",
    "lumen_check",
    "product_lot",
    "screening_answer",
    "teaching",
    "visit",
    "vital_signs",
}
"""Tables in which the lived visit has rows; the others are attacked in tests/records."""


@pytest.fixture
def signed(completed: Lived) -> Lived:
    """The lived visit, signed and kept."""
    completed.sign()
    completed.clock.forward(days=1)
    return completed


def later_visit(unit: UnitOfWork, signed: Lived) -> UUID:
    """A visit of the day after, started."""
    visit = actions.schedule(unit, signed.patient, VisitKind.LINE_CARE, unit.now, "America/Chicago")
    actions.start(unit, visit)
    return visit


def tables(rule: Any) -> list[str]:
    return [name for name, model in models().items() if rule_of(model) == rule]


def attacks(name: str, visit: UUID, other: UUID) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Every way to change the rows that a table holds of the visit."""
    table = table_of(models()[name])
    owner = owner_column(table)
    mine = (visit.bytes,)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    moved = ", ".join(
        "?" if column.name == owner else f'"{column.name}"' for column in table.columns
    )
    where = f'FROM "{name}" WHERE "{owner}" = ?'
    out = (other.bytes, visit.bytes)
    return {
        "update": (f'UPDATE "{name}" SET created_at = created_at WHERE "{owner}" = ?', mine),
        "move out": (f'UPDATE "{name}" SET "{owner}" = ? WHERE "{owner}" = ?', out),
        "delete": (f"DELETE {where}", mine),
        "replace": (f'INSERT OR REPLACE INTO "{name}" SELECT {columns} {where}', mine),
        "take over": (f'UPDATE OR REPLACE "{name}" SET revision = 9 WHERE "{owner}" = ?', mine),
        "copy out": (f'REPLACE INTO "{name}" ({columns}) SELECT {columns} {where}', mine),
        "move in": (f'INSERT INTO "{name}" ({columns}) SELECT {moved} {where}', out[::-1]),
    }


@pytest.mark.parametrize("name", sorted(CHARTED))
def test_every_row_of_the_visit_refuses_every_change(signed: Lived, name: str) -> None:
    with signed.new_unit() as unit:
        other = later_visit(unit, signed)
        table = table_of(models()[name])
        owner = owner_column(table)
        assert owner is not None
        before = unit.run(f'SELECT * FROM "{name}" WHERE "{owner}" = ?', (signed.visit.bytes,))
        assert before, f"the lived visit charts nothing in {name}"
        # A row of the other visit, so that there is one that could be moved in.
        twice = name != "visit" and table.c[owner].primary_key
        if twice:
            columns = [column.name for column in table.columns]
            copied = ", ".join("?" if one == owner else f'"{one}"' for one in columns)
            unit.run("PRAGMA defer_foreign_keys = ON")
            unit.run(
                f'INSERT INTO "{name}" SELECT {copied} FROM "{name}" WHERE "{owner}" = ?',
                (other.bytes, signed.visit.bytes),
            )
        for how, (sql, values) in attacks(name, signed.visit, other).items():
            if (how == "move in" and not twice) or (how == "move out" and name == "visit"):
                continue
            with pytest.raises(Refused) as refused:
                unit.run(sql, values)
            assert refused.value.code == "frozen", how
        after = unit.run(f'SELECT * FROM "{name}" WHERE "{owner}" = ?', (signed.visit.bytes,))
        assert after == before


def test_the_lived_visit_is_charted_wherever_a_visit_can_be(signed: Lived) -> None:
    with signed.new_unit() as unit:
        found = {
            name
            for name in tables(VISIT)
            if unit.run(
                f'SELECT 1 FROM "{name}" WHERE "{owner_column(table_of(models()[name]))}" = ?',
                (signed.visit.bytes,),
            )
        }
    assert found == CHARTED


@pytest.mark.parametrize("name", ["visit_snapshot", "signature", "note_file", "audit_event"])
def test_what_was_written_to_last_refuses_every_change(signed: Lived, name: str) -> None:
    assert name in tables(APPEND_ONLY)
    column = "sha256" if name in {"visit_snapshot", "audit_event"} else "created_at"
    with signed.new_unit() as unit:
        for sql in (
            f'UPDATE "{name}" SET "{column}" = "{column}"',
            f'DELETE FROM "{name}"',
            f'INSERT OR REPLACE INTO "{name}" SELECT * FROM "{name}"',
        ):
            with pytest.raises(Refused) as refused:
                unit.run(sql)
            assert refused.value.code == "lasting", sql


def test_the_program_itself_refuses_before_the_database_does(signed: Lived) -> None:
    note = Cell("arrival", Row("arrival"), "note")
    signs = Row("vital_signs", (1,))
    with signed.new_unit() as unit:
        for attempt in (
            lambda: charting.record(unit, signed.visit, note, "x"),
            lambda: charting.append(unit, signed.visit, "vitals", Row("vital_signs"), {}),
            lambda: charting.strike(unit, signed.visit, "vitals", signs, StrikeReason.DUPLICATE),
            lambda: charting.not_done(unit, signed.visit, note, NotDoneReason.OTHER),
            lambda: charting.override(unit, signed.visit, "x", "x", "x"),
            lambda: actions.set_order(unit, signed.visit, None),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert refused.value.code == "frozen"


def test_the_telephone_number_may_still_change_and_the_note_keeps_the_old_one(
    signed: Lived,
) -> None:
    telephone = Cell("patients", Row("patient"), "telephone")
    with signed.new_unit() as unit:
        before = signing.load_note(unit, signed.visit).record
        patients.record(unit, signed.patient, telephone, "555-0199")
        unit.commit()
    with signed.new_unit() as unit:
        chart = load_chart(unit, signed.patient)
        assert chart.patient is not None
        assert chart.patient.telephone == "555-0199"
        assert signing.load_note(unit, signed.visit).record == before


def test_a_line_may_be_removed_at_a_later_visit(signed: Lived) -> None:
    with signed.new_unit() as unit:
        later = later_visit(unit, signed)
        made = charting.append(
            unit,
            later,
            "devices",
            Row("access_device"),
            {"kind": "picc", "side": "right", "site": "upper_arm"},
        )
        assert isinstance(made, tuple)
        reason = Cell("devices", Row("access_device", (signed.device or 0,)), "removal_reason")
        charting.record(unit, later, reason, "complication")
        charting.record(
            unit, later, Cell("devices", Row("access_device", made[0].at), "removed_at"), "now"
        )
        unit.commit()
    with signed.new_unit() as unit:
        kept = signing.load_note(unit, signed.visit).record.of(Devices).access_device
        assert [line.removal_reason for line in kept] == ["therapy_complete"]


def test_a_complications_next_step_is_written_at_the_next_visit(signed: Lived) -> None:
    key = signed.complication
    assert key is not None
    with signed.new_unit() as unit:
        later = later_visit(unit, signed)
        (open_one,) = load_record(unit, later).of(Complications).complication
        assert state_of(open_one) is State.OPEN
        closed = {"happened_at": "now", "kind": "closed", "outcome": "resolved"}
        made = charting.append(
            unit, later, "complications", Row("complication_step", (key,)), closed
        )
        assert isinstance(made, tuple), made
        (over,) = load_record(unit, later).of(Complications).complication
        assert state_of(over) is not State.OPEN
        unit.commit()
    with signed.new_unit() as unit:
        (kept,) = signing.load_note(unit, signed.visit).record.of(Complications).complication
        assert state_of(kept) is State.OPEN
        # The step that was written at the signed visit stands; a further one there is refused.
        first = Cell("complications", Row("complication_step", (key, 1)), "answer")
        with pytest.raises(Refused):
            charting.record(unit, later, first, "something else")
        with pytest.raises(Refused):
            charting.append(
                unit, signed.visit, "complications", Row("complication_step", (key,)), closed
            )


def test_addenda_may_still_be_added(signed: Lived) -> None:
    for number, kind in enumerate((AddendumKind.CORRECTION, AddendumKind.RETRACTION), start=1):
        note_file.add(
            signed.new_unit,
            signed.visit,
            kind,
            "The lot was misread.",
            (),
            signed.signatory(),
            signed.unlocked.member,
            signed.clock,
        )
        with signed.new_unit() as unit:
            assert len(signing.load_note(unit, signed.visit).addenda) == number
            assert signing.faults_of_signed(unit) == []
