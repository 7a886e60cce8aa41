"""The text form of an address, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.cells import Cell, Row, cell_of_path

if TYPE_CHECKING:
    from uuid import UUID

names = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True)
keys = st.one_of(st.integers(0, 10**9), st.uuids(version=4))


@given(names, names, st.lists(keys, max_size=4), names)
def test_a_path_leads_back_to_its_cell(
    section: str, group: str, at: list[UUID | int], field: str
) -> None:
    cell = Cell(section, Row(group, tuple(at)), field)
    assert cell_of_path(cell.path()) == cell


@pytest.mark.parametrize("path", ["", "vitals", "vitals/vital_signs", "vitals/vital_signs/x/pulse"])
def test_what_is_no_path_leads_nowhere(path: str) -> None:
    assert cell_of_path(path) is None
