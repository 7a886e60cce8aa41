"""What a left field leaves as it is keeps its values; what it changes is told as if read anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.visits import open_visit
from infusion_visits.visits.open_visit import OpenVisit

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def shown(lived: Lived) -> OpenVisit:
    """Arrived, infused and stepped; open in the workspace and looked at once."""
    lived.arrive()
    lived.look_at_line()
    lived.infuse()
    with lived.new_unit() as unit:
        made = OpenVisit(open_visit.load(unit, lived.visit))
    made.view(lived.clock.now())
    return made


def cell(shown: OpenVisit, section: str, group: str, field: str) -> Cell:
    """A field of the last row of a group."""
    listed = shown.view(shown.loaded.rows.head.scheduled).record.sections[section]
    rows: Any = getattr(listed, group)
    return Cell(section, rows[-1].mark.row, field)


def test_sections_that_were_not_touched_keep_their_values(shown: OpenVisit, lived: Lived) -> None:
    before = shown.view(lived.clock.now()).record.sections
    shown.put(cell(shown, "vitals", "vital_signs", "pulse"), {"pulse": Decimal(131)})
    after = shown.view(lived.clock.now()).record.sections
    changed = {key for key in after if after[key] is not before[key]}
    assert changed == {"vitals"}
    assert after["vitals"].vital_signs[-1].pulse == Decimal(131)


@pytest.mark.parametrize(
    ("section", "group", "columns"),
    [
        ("vitals", "vital_signs", {"pulse": Decimal(131)}),
        ("vitals", "vital_signs", {"systolic": None}),
        ("infusion", "infusion", {"prepared_ml": Decimal(400)}),
        ("infusion", "infusion", {"order_id": None}),
        ("devices", "access_device", {"side": None}),
    ],
)
def test_a_left_field_tells_what_a_fresh_reading_tells(
    shown: OpenVisit, lived: Lived, section: str, group: str, columns: dict[str, Any]
) -> None:
    now = lived.clock.now() + timedelta(minutes=7)
    before = shown.view(now)
    (name,) = columns
    shown.put(cell(shown, section, group, name), columns)
    kept, fresh = shown.view(now), OpenVisit(shown.loaded).view(now)
    assert kept.record == fresh.record != before.record
    assert (kept.facts, kept.findings) == (fresh.facts, fresh.findings)


def test_an_act_of_the_infusion_counts_at_once(shown: OpenVisit, lived: Lived) -> None:
    given = cell(shown, "infusion", "infusion", "prepared_ml").row.at
    shown.put(Cell("infusion", Row("infusion_event", (*given, 2)), "rate"), {"rate": Decimal(800)})
    now = lived.clock.now()
    kept, fresh = shown.view(now), OpenVisit(shown.loaded).view(now)
    assert "infusion.rate_above_order" in {one.code for one in kept.findings}
    assert kept.findings == fresh.findings


def test_what_was_kept_does_not_outlive_a_reading_anew(shown: OpenVisit, lived: Lived) -> None:
    lived.vitals(pulse="44")
    with lived.new_unit() as unit:
        shown.reread(open_visit.load(unit, lived.visit))
    last = shown.view(lived.clock.now()).record.sections["vitals"].vital_signs[-1]
    assert last.pulse == Decimal(44)
