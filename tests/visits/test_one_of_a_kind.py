"""Rows of which there is only one for a visit or a line: corrected, never struck out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import StrikeReason, VisitKind
from infusion_visits.patients import actions as patients
from infusion_visits.visits import actions, charting
from tests.fixtures.whole_visit import ZONE

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def test_a_struck_arrival_could_never_be_written_again(lived: Lived) -> None:
    lived.arrive()
    device = lived.look_at_line()
    for section, row in (
        ("arrival", Row("arrival")),
        ("screening", Row("screening_answer")),
        ("devices", Row("device_check", (device,))),
    ):
        with lived.new_unit() as unit, pytest.raises(Refused, match="correct"):
            charting.strike(unit, lived.visit, section, row, StrikeReason.TYPING_ERROR)


def test_nothing_is_charted_on_another_patients_line(lived: Lived) -> None:
    lived.arrive()
    device = lived.look_at_line()
    with lived.new_unit() as unit:
        other = patients.create(unit, {"family": "Achterberg", "given": "Tom"})
        assert isinstance(other, UUID)
        visit = actions.schedule(unit, other, VisitKind.LINE_CARE, unit.now, ZONE)
        actions.start(unit, visit)
        unit.commit()
    check = Row("device_check", (device,))
    for row, text in ((Row("access_device", (device,)), "hand"), (check, "normal")):
        with lived.new_unit() as unit, pytest.raises(Refused, match="another patient"):
            charting.record(unit, visit, Cell("devices", row, "site"), text)
    with lived.new_unit() as unit, pytest.raises(Refused, match="another patient"):
        charting.append(unit, visit, "devices", Row("device_check"), {"device_id": str(device)})
    with lived.new_unit() as unit, pytest.raises(Refused, match="another patient"):
        charting.append(unit, visit, "devices", Row("lumen", (device,)), {"label": "red"})
